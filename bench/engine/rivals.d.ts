/** What is used of Playwright, so that the types of the whole project can be checked without installing it. */
declare module '@playwright/test' {
  interface Page {
    setViewportSize(size: { width: number; height: number }): Promise<void>;
    goto(url: string, options: { waitUntil: 'load' | 'networkidle' }): Promise<unknown>;
  }
  export function test(name: string, body: (fixtures: { page: Page }) => Promise<void>): void;
  export function expect(page: Page): { toHaveScreenshot(name: string, options: { fullPage: boolean }): Promise<void> };
  export function defineConfig(config: Record<string, unknown>): unknown;
}
