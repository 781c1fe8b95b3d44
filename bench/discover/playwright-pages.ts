import { expect, test } from '@playwright/test';

const { BENCH_SITE = '' } = process.env;
const response = await fetch(`${BENCH_SITE}/sitemap.xml`);
const sitemap = await response.text();

for (const [, url = ''] of sitemap.matchAll(/<loc>(.*?)<\/loc>/g)) {
  const { pathname } = new URL(url);
  test(pathname, async ({ page }) => {
    await page.goto(`${BENCH_SITE}${pathname}`);
    await expect(page).toHaveScreenshot(`${pathname.replaceAll('/', '-')}.png`, { fullPage: true });
  });
}
