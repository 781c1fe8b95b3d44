// Shows the whole job on a small site, with nothing but this repository: the site as it was becomes the baselines, the
// site as a pull request changes it is checked, by the built action and the built-in engine, which is busy at first.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { renderConfig } from './config.ts';
import { startSite } from './server.ts';
import type { Version } from './site.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const workspace = `${root}.demo`;
const outputs = `${workspace}/outputs.txt`;
const site = await startSite('before');

/** Runs dist/index.js as GitHub's runner would, and returns its exit code. */
async function runAction(version: Version, env: Readonly<Record<string, string>>): Promise<number> {
  site.show(version);
  await writeFile(`${workspace}/visual-capture.yml`, renderConfig(version));
  const step = spawn(process.execPath, [`${root}dist/index.js`], {
    cwd: workspace,
    env: {
      ...process.env,
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: outputs,
      PREVIEW_URL: site.url,
      'INPUT_UPLOAD-ARTIFACT': 'false',
      ...env,
    },
    stdio: 'inherit',
  });
  const [code] = await once(step, 'exit');
  return Number(code);
}

await rm(workspace, { recursive: true, force: true });
await mkdir(workspace, { recursive: true });
await writeFile(outputs, '');

console.log(`\nThe site as it was, at ${site.url}: its captures become the baselines.\n`);
// With the settings of its config nothing on this site moves by itself, so one take of each page says all.
const first = await runAction('before', { 'INPUT_UPDATE-BASELINES': 'true', 'INPUT_BASELINE-TAKES': '1' });

console.log('\nThe site as the pull request changes it, checked against them. The engine is busy at first.\n');
const second = await runAction('after', { VISUAL_CAPTURE_FAULT: 'engine_busy:first=3,retry-after=2' });

site.close();
console.log(`
The check ${second === 0 ? 'passed, which it should not have' : 'failed, as it should: a price and a form changed, and one selector matches nothing'}.

What to do next:
  Open the report     ${workspace}/visual-capture/report.html
  Change the site     edit examples/demo/site.ts, then: npm run demo
  Accept the price    cd .demo && npx visual-capture accept pricing`);
process.exitCode = first === 0 && second === 1 ? 0 : 1;
