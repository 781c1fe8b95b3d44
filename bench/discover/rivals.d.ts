/** What is used of Playwright beside what bench/engine/rivals.d.ts tells. */
declare module '@playwright/test' {
  interface Locator {
    first(): Locator;
    waitFor(): Promise<void>;
  }
  interface Page {
    goto(url: string): Promise<unknown>;
    locator(selector: string): Locator;
  }
  export function expect(locator: Locator): { toHaveScreenshot(name: string): Promise<void> };
}
