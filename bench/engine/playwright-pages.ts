import { expect, test } from '@playwright/test';
import { pageCount, viewports } from './pages.ts';

const { BENCH_SITE = '', BENCH_WAIT = 'load' } = process.env;
const waitUntil = BENCH_WAIT === 'networkidle' ? 'networkidle' : 'load';

for (let index = 0; index < pageCount; index += 1) {
  for (const viewport of viewports) {
    const name = `${index}-${viewport.width}`;
    test(name, async ({ page }) => {
      await page.setViewportSize(viewport);
      await page.goto(`${BENCH_SITE}/${index}`, { waitUntil });
      await expect(page).toHaveScreenshot(`${name}.png`, { fullPage: true });
    });
  }
}
