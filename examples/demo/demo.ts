// Shows the whole job on a small site, with nothing but this repository: the site as it was becomes the baselines, the
// site as a pull request changes it is checked, by the built action and the built-in engine, which is busy at first.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { renderConfig } from './config.ts';
import { renderSite, type Version } from './site.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const workspace = `${root}.demo`;
const outputs = `${workspace}/outputs.txt`;
const style = await readFile(new URL('style.css', import.meta.url));

let site = renderSite('before');
const server = createServer((request, response) => {
  const path = request.url ?? '/';
  const html = site.get(path);
  if (path === '/style.css') {
    response.writeHead(200, { 'content-type': 'text/css' }).end(style);
  } else {
    response.writeHead(html === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(html ?? 'Not found');
  }
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
const previewUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;

/** Runs dist/index.js as GitHub's runner would, and returns its exit code. */
async function runAction(version: Version, env: Readonly<Record<string, string>>): Promise<number> {
  site = renderSite(version);
  await writeFile(`${workspace}/visual-capture.yml`, renderConfig(version));
  const step = spawn(process.execPath, [`${root}dist/index.js`], {
    cwd: workspace,
    env: {
      ...process.env,
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: outputs,
      PREVIEW_URL: previewUrl,
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

console.log(`\nThe site as it was, at ${previewUrl}: its captures become the baselines.\n`);
// With the settings of its config nothing on this site moves by itself, so one take of each page says all.
const first = await runAction('before', { 'INPUT_UPDATE-BASELINES': 'true', 'INPUT_BASELINE-TAKES': '1' });

console.log('\nThe site as the pull request changes it, checked against them. The engine is busy at first.\n');
const second = await runAction('after', { VISUAL_CAPTURE_FAULT: 'engine_busy:first=3,retry-after=2' });

server.close();
server.closeAllConnections();
console.log(`
The check ${second === 0 ? 'passed, which it should not have' : 'failed, as it should: a price and a form changed, and one selector matches nothing'}.

What to do next:
  Open the report     ${workspace}/visual-capture/report.html
  Change the site     edit examples/demo/site.ts, then: npm run demo
  Accept the price    cd .demo && npx visual-capture accept pricing`);
process.exitCode = first === 0 && second === 1 ? 0 : 1;
