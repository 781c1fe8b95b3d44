import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { chromeArchive, startBrowserMirror } from '../helpers/browser-mirror.ts';
import { createWorkspace, runStep } from '../helpers/bundle.ts';
import { serve } from '../helpers/serve.ts';

it('downloads a pinned browser and captures with it, through the built action', async () => {
  const version = '154.0.8100.2';
  await using mirror = await startBrowserMirror({ [version]: chromeArchive(version) });
  await using site = await serve((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>x</h1>'));
  await using workspace = await createWorkspace();
  const run = (browser: string) =>
    runStep({
      workspace,
      inputs: { engine: 'local', browser, urls: `home = ${site.url}/`, 'update-baselines': 'true', 'upload-artifact': 'false' },
      env: { RUNNER_TOOL_CACHE: join(workspace.path, '.tools'), PUPPETEER_CHROME_DOWNLOAD_BASE_URL: mirror.url },
    });
  const first = await run('stable');
  expect(first.exitCode, first.stdout).toBe(0);
  expect(first.stdout).toContain(`Capturing with Chrome ${version} (`);
  expect(await readFile(join(workspace.path, 'visual-baselines/manifest.json'), 'utf8')).toContain(`"chrome@${version} `);
  const again = await run(`chrome@${version}`);
  expect([again.exitCode, again.report?.captures[0]?.status]).toEqual([0, 'unchanged']);
  expect(mirror.asked).toHaveLength(2);
});
