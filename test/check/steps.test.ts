import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { locateBundles } from '../../src/check/bundles.ts';
import { check } from '../../src/check/check.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import { lineProgress } from '../../src/progress/lines.ts';
import type { Report } from '../../src/results/model.ts';
import { systemClock } from '../../src/system/clock.ts';
import type { Log } from '../../src/system/ports.ts';
import { type Site, startSite } from '../engine/support/site.ts';
import { createWorkspace } from '../helpers/bundle.ts';
import { browserPath } from '../helpers/test-browser.ts';

const bundles = locateBundles(new URL('../../src/', import.meta.url));

let site: Site;
let signIns = 0;

beforeAll(async () => {
  site = await startSite({
    '/login': `<!doctype html><title>Sign in</title><form action="/session"><input id="password" name="password"></form>`,
    '/session': (request, response) => {
      signIns += 1;
      const isRight = request.url?.endsWith('=hunter2hunter2') === true;
      response.writeHead(200, {
        'content-type': 'text/html',
        ...(isRight ? { 'set-cookie': 'sid=s3ss; Path=/' } : {}),
      });
      // A page that repeats what it was given.
      response.end(`<!doctype html><title>${isRight ? 'Welcome' : `Wrong: ${request.url?.split('=')[1]}`}</title>
        ${isRight ? '<p id="in">in</p>' : ''}<script>console.error('typed hunter2hunter2')</script>`);
    },
    '/account': (request, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(
          `<!doctype html><title>Account</title>${request.headers.cookie?.includes('sid=s3ss') === true ? '<button id="menu">Menu</button>' : ''}`,
        ),
    '/echo': `<!doctype html><input id="search" oninput="document.title = value; console.error('typed ' + value)">`,
  });
});

afterAll(() => site?.[Symbol.asyncDispose]());

interface Checked {
  readonly report: Report;
  /** All that the run let out in words: its log, and the text of every file. */
  readonly letOut: string;
  readonly told: readonly string[];
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}

async function checkWith(yaml: string, password: string): Promise<Checked> {
  await using workspace = await createWorkspace();
  await writeFile(join(workspace.path, 'visual-capture.yml'), yaml);
  const said: string[] = [];
  const told: string[] = [];
  const say = (text: string): void => void said.push(text);
  const log: Log = { debug: say, info: say, warn: say, error: say, startGroup: say, endGroup: () => {} };
  const inputs: Partial<Record<InputName, string>> = {
    engine: 'local',
    'browser-path': browserPath,
    'base-url': site.origin,
    baseline: 'none',
    viewports: '400x300',
  };
  const { report } = await check(
    {
      values: new Map(Object.entries(inputs) as [InputName, string][]),
      env: { PASSWORD: password },
      fork: false,
      purpose: 'check',
    },
    {
      directory: workspace.path,
      bundles,
      log,
      progress: () => lineProgress(log, systemClock),
      onSecrets: (secrets) => told.push(...secrets),
    },
    new AbortController().signal,
  );
  const output = join(workspace.path, 'visual-capture');
  const paths = await readdir(output, { recursive: true });
  const texts = paths.filter((path) => /\.(json|html|xml)$/.test(path)).map((path) => readFile(join(output, path), 'utf8'));
  const pictures = paths.filter((path) => path.endsWith('.png'));
  return {
    report,
    letOut: [...said, ...paths, ...(await Promise.all(texts))].join('\n'),
    told,
    pictures: new Map(await Promise.all(pictures.map(async (path) => [path, await readFile(join(output, path))] as const))),
  };
}

const login = `login:
  url: /login
  steps:
    - fill: {"#password": "\${PASSWORD}"}
    - press: Enter
    - wait-for: "#in"
`;

test('two captures share one login, and a step that fails is told with its line and shown', async () => {
  signIns = 0;
  const { report, letOut, told, pictures } = await checkWith(
    `${login}targets:
  - {url: /account, name: one, steps: [{click: "#menu"}]}
  - url: /account
    name: two
    steps:
      - click: "#menu"
      - click: "p["
`,
    'hunter2hunter2',
  );
  expect(signIns).toBe(1);
  const [one, two] = report.captures;
  expect([one?.status, two?.status, two?.error?.code]).toEqual(['captured', 'failed', 'step_failed']);
  expect(two?.error?.message).toBe(
    `Step 2 of 2, click p[ (visual-capture.yml:13): selector is not a CSS selector: "p[". The page that was shown: “Account”, ${site.origin}/account.`,
  );
  expect(two).toMatchObject({ files: { actual: 'actual/two/400x300.png' }, size: { width: 400, height: 300 } });
  expect(PNG.sync.read(Buffer.from(pictures.get('actual/two/400x300.png') ?? [])).width).toBe(400);
  expect(told).toContain('hunter2hunter2');
  expect(letOut).not.toContain('hunter2hunter2');
});

test('a login that fails stops the run before anything is captured, and the first capture shows why', async () => {
  const { report, letOut, pictures } = await checkWith(
    `${login.replace('#in', '#in[')}targets: [/account, /echo]\n`,
    'wrong-passw0rd',
  );
  expect(report.service.requests).toBe(0);
  expect(report.captures.map(({ status, error, files }) => [status, error?.code, files.actual])).toEqual([
    ['skipped', 'step_failed', 'actual/account/400x300.png'],
    ['skipped', 'step_failed', undefined],
  ]);
  expect(report.stopped?.message).toBe(
    `The login at ${site.origin}/login failed. Step 3 of 3, wait-for #in[ (visual-capture.yml:6): selector is not a CSS selector: "#in[". The page that was shown: “Wrong: ***”, ${site.origin}/session.`,
  );
  expect([...pictures.keys()]).toEqual(['actual/account/400x300.png']);
  expect(letOut, 'report.html shows it whole').toContain(
    Buffer.from(pictures.get('actual/account/400x300.png') ?? []).toString('base64'),
  );
  expect(letOut).not.toContain('wrong-passw0rd');
});

test('what a page says of what was typed into it is hidden', async () => {
  const { report, letOut } = await checkWith(
    'targets: [{url: /echo, steps: [{fill: {"#search": "${PASSWORD}"}}, {click: "p["}]}, {url: /echo, name: ok, steps: [{fill: {"#search": "${PASSWORD}"}}]}]\n',
    'hunter2hunter2',
  );
  expect(report.captures.map(({ status }) => status)).toEqual(['failed', 'captured']);
  expect(report.captures[0]?.error?.message).toContain('“***”');
  expect(letOut).toContain('typed ***');
  expect(letOut).not.toContain('hunter2hunter2');
});
