import { join } from 'node:path';
import { expect, test } from 'vitest';
import { serveFolder } from '../helpers/serve-folder.ts';
import { find } from './support.ts';

const pages = ['/', '/api/', '/errors.html', '/guide/', '/guide/install.html'];

test('a site of VitePress is found by its sitemap and by its links alike', async () => {
  await using site = await serveFolder(join(import.meta.dirname, 'sites/vitepress'));
  const bySitemap = await find({ sitemap: true }, site.url);
  expect(bySitemap.urls).toEqual(pages);
  expect(bySitemap.notes).toEqual([
    `The sitemap names https://docs.shop.example (5 pages); these pages are captured at ${site.url}, the origin of base-url.`,
  ]);
  expect((await find({ crawl: { depth: 2 } }, site.url)).urls).toEqual(pages);
});
