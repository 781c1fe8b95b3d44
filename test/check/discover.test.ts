import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../src/results/model.ts';
import { startDiscoverySite, urlset } from '../discover/support.ts';
import { cliSource, createWorkspace, put, runBundle } from '../helpers/bundle.ts';
import { browserPath } from '../helpers/test-browser.ts';

const box = '<!doctype html><style>body { margin: 0 }</style><div style="width: 90px; height: 90px; background: #1a7f37"></div>';

test('a page that vanishes from the sitemap is removed, and not forgotten', async () => {
  let pages = ['/', '/docs'];
  await using site = await startDiscoverySite({
    '/sitemap.xml': (_, response) => response.writeHead(200, { 'content-type': 'application/xml' }).end(urlset(...pages)),
    '/': box,
    '/docs': box,
  });
  await using workspace = await createWorkspace();
  await put(workspace, 'visual-capture.yml', 'engine: local\ndiscover: sitemap\nviewports: 100x100\n');
  const check = async (...args: readonly string[]) => {
    const given = ['check', '--base-url', site.url, '--browser-path', browserPath, ...args];
    await runBundle(cliSource, { cwd: workspace.path, args: given });
    const report: Report = JSON.parse(await readFile(join(workspace.path, 'visual-capture/results.json'), 'utf8'));
    return report.captures.map(({ id, status }) => [id, status]);
  };
  expect(await check('--update-baselines', 'true')).toEqual([
    ['index/100x100', 'added'],
    ['docs/100x100', 'added'],
  ]);
  pages = ['/'];
  expect(await check()).toEqual([
    ['index/100x100', 'unchanged'],
    ['docs/100x100', 'removed'],
  ]);
});
