import { expect, test } from '@playwright/test';

const { BENCH_SITE = '' } = process.env;
const response = await fetch(`${BENCH_SITE}/index.json`);
const { entries } = (await response.json()) as { entries: Record<string, { type: string }> };

for (const [id] of Object.entries(entries).filter(([, { type }]) => type === 'story')) {
  test(id, async ({ page }) => {
    await page.goto(`${BENCH_SITE}/iframe.html?viewMode=story&id=${id}`);
    await page.locator('#storybook-root > *').first().waitFor();
    await expect(page.locator('#storybook-root')).toHaveScreenshot(`${id}.png`);
  });
}
