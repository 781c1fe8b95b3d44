import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defined } from '../../src/basics/record.ts';
import { InputError } from '../../src/errors/problem.ts';
import type { Inputs } from '../../src/inputs/inputs.ts';
import { loadInputs, loadSettings } from '../../src/inputs/load.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import { openWorkspace } from '../../src/system/workspace.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'inputs-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(directory, path)), { recursive: true });
  await writeFile(join(directory, path), text);
}

interface Given {
  readonly inputs?: Partial<Record<InputName, string>>;
  readonly workflow?: { file: string; job?: string };
  readonly fork?: boolean;
}

function load({ inputs = {}, workflow, fork = false }: Given): Promise<Inputs> {
  const values = new Map(Object.entries({ 'api-key': 'sk_live_test', ...inputs })) as Map<InputName, string>;
  const invocation = { values, env: {}, fork, purpose: 'check', ...defined({ workflow }) } as const;
  return loadInputs(invocation, openWorkspace(directory));
}

async function problemsOf(given: Given): Promise<string[]> {
  const error = await load(given).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message.split('\n').slice(1);
}

describe('loadInputs', () => {
  it('fills in the defaults', async () => {
    const inputs = await load({ inputs: { urls: 'https://x.dev/' } });
    expect(inputs).toMatchObject({
      engine: { kind: 'api', apiKey: 'sk_live_test' },
      pace: { concurrency: 8, maxAttempts: 6, attemptTimeoutMs: 60_000, retryBudgetMs: 300_000, timeLimitMs: 0, maxCaptures: 0 },
      baseline: { kind: 'directory', directory: 'visual-baselines' },
      updateBaselines: 'none',
      failOn: ['changed', 'failed'],
      output: 'visual-capture',
      artifact: { kind: 'upload', name: 'visual-capture' },
    });
    expect(inputs.captures).toEqual([
      {
        id: 'index/1280x800',
        name: 'index',
        viewport: { name: '1280x800', width: 1280, height: 800, scale: 1 },
        page: { kind: 'url', url: 'https://x.dev/' },
        settings: { format: 'png' },
        compare: { threshold: 0.1, includeAntiAliasing: false, shades: 'warn', mask: [] },
        pageCheck: { mode: 'warn' },
      },
    ]);
  });

  it('reads for each target what its page is to be', async () => {
    await put(
      'visual-capture.yml',
      'page-check: fail\ntargets:\n  - https://x.dev/a\n  - {url: https://x.dev/lost, expect-status: 404}\n  - {url: https://x.dev/b, page-check: "off"}\n',
    );
    const { captures } = await load({});
    expect(captures.map(({ pageCheck }) => pageCheck)).toEqual([
      { mode: 'fail' },
      { mode: 'fail', expectStatus: 404 },
      undefined,
    ]);
  });

  it.each([
    ['page-check: "off"\ntargets:\n  - {url: https://x.dev/, expect-status: 404}\n', 'page-check, which is off'],
    ['targets:\n  - {html: hello, name: a, expect-status: 404}\n', 'goes only with a url'],
    ['expect-status: 404\ntargets:\n  - https://x.dev/\n', 'expect-status'],
    ['targets:\n  - {url: https://x.dev/, expect-status: 42}\n', 'from 200 to 599'],
    ['mask: [" "]\ntargets:\n  - https://x.dev/\n', 'mask must be a CSS selector'],
    [
      'targets:\n  - https://y.dev/\n  - {url: https://x.dev/, mask: .ad}\n',
      'visual-capture.yml:3: mask has a selector, which goes only with engine: local',
    ],
    ['accept-certificates: true\ntargets:\n  - https://x.dev/\n', 'goes only with engine: local'],
  ])('refuses %j', async (config, words) => {
    await put('visual-capture.yml', config);
    await expect(load({})).rejects.toThrow(words);
  });

  it('takes selectors to mask for the page, rectangles for the comparison, and the line for both', async () => {
    const rect = { x: 0, y: 0, width: 200, height: 40 };
    await put(
      'visual-capture.yml',
      'targets:\n  - url: https://x.dev/\n    mask: [.ad, {x: 0, y: 0, width: 200, height: 40}, .ad]\n',
    );
    const [capture] = (await load({ inputs: { engine: 'local' } })).captures;
    expect([capture?.settings.page, capture?.compare.mask, capture?.maskSource]).toEqual([
      { maskSelectors: ['.ad'] },
      [rect],
      { file: 'visual-capture.yml', line: 3 },
    ]);
  });

  it('takes untrusted certificates only where that is asked for', async () => {
    const local = { engine: 'local', 'base-url': 'https://pr.x.dev:8443', urls: '/' };
    expect((await load({ inputs: local })).engine).toEqual({ kind: 'local', browser: { kind: 'system' } });
    expect((await load({ inputs: { ...local, 'accept-certificates': 'true' } })).engine).toEqual({
      kind: 'local',
      browser: { kind: 'system' },
      acceptCertificates: { baseHost: 'pr.x.dev' },
    });
  });

  it('lets a target outrank the input, the input the file, and the file the default', async () => {
    await put(
      'visual-capture.yml',
      'threshold: 0.2\nfull-page: true\nconcurrency: 3\ntargets:\n  - https://x.dev/a\n  - {url: https://x.dev/b, threshold: 0.4}\n',
    );
    const inputs = await load({ inputs: { threshold: '0.3' } });
    expect(inputs.captures.map(({ compare }) => compare.threshold)).toEqual([0.3, 0.4]);
    expect(inputs.captures[0]?.settings.fullPage).toBe(true);
    expect(inputs.pace.concurrency).toBe(3);
  });

  it('looks for the config file in .github as well, and joins targets of both sources', async () => {
    await put('.github/visual-capture.yml', 'base-url: https://x.dev/app/?token=1\ntargets: [/a]\n');
    const inputs = await load({ inputs: { urls: 'second = /b?q=1\n# comment\n\nhttps://y.dev/c' } });
    expect(inputs.captures.map(({ name, page, source }) => [name, page.kind === 'url' && page.url, source])).toEqual([
      ['a', 'https://x.dev/app/a?token=1', { file: '.github/visual-capture.yml', line: 2 }],
      ['second', 'https://x.dev/app/b?q=1&token=1', undefined],
      ['c', 'https://y.dev/c', undefined],
    ]);
  });

  it('reads html files', async () => {
    await put('pages/card.html', '<h1>Card</h1>');
    await put('visual-capture.yml', 'targets: [{name: card, html-file: pages/card.html}]');
    expect((await load({})).captures[0]?.page).toEqual({ kind: 'html', html: '<h1>Card</h1>' });
  });

  it('finds the line of a target of urls in the workflow file', async () => {
    await put(
      '.github/workflows/ci.yml',
      [
        'on: pull_request',
        'jobs:',
        '  other: {runs-on: x, steps: [{uses: a/b@v1, with: {urls: /pricing}}]}',
        '  visual:',
        '    runs-on: ubuntu-latest',
        '    steps:',
        '      - uses: actions/checkout@v5',
        '        with: {fetch-depth: 1}',
        '      - uses: visual-capture/action@v1',
        '        with:',
        '          concurrency: eight',
        '          urls: |',
        '            # the start page',
        '            ${{ steps.deploy.outputs.url }}/',
        '            pricing = ${{ steps.deploy.outputs.url }}/pricing',
      ].join('\n'),
    );
    const workflow = { file: '.github/workflows/ci.yml', job: 'visual' };
    const urls = 'https://x.dev/\npricing = https://x.dev/pricing\n';
    const inputs = await load({ inputs: { urls }, workflow });
    expect(inputs.captures.map(({ source }) => source)).toEqual([
      { file: workflow.file, line: 14 },
      { file: workflow.file, line: 15 },
    ]);
    expect(await problemsOf({ inputs: { urls, concurrency: 'eight' }, workflow })).toEqual([
      '  - .github/workflows/ci.yml:11: concurrency must be a whole number from 1 to 200, not "eight"',
    ]);
  });

  it.each([
    ['${{ secrets.SHOTS_KEY }}', 'SHOTS_KEY'],
    ['${{ secrets.SHOTS_KEY || vars.KEY }}', undefined],
    ['sk_live_plain', undefined],
  ])('knows the name of the secret behind api-key: %s', async (value, name) => {
    const file = '.github/workflows/ci.yml';
    await put(file, `jobs: {a: {steps: [{with: {urls: 'https://x.dev/', api-key: "${value}"}}]}}`);
    expect((await load({ inputs: { urls: 'https://x.dev/' }, workflow: { file } })).apiKeySecret).toBe(name);
  });

  it('tells all problems of all sources at once', async () => {
    await put(
      'visual-capture.yml',
      'threshold: 2\ntargets:\n  - /a\n  - {name: A, url: /b}\n  - {name: "x:y", url: /c}\n  - {name: d, html-file: none.html}\n  - ftp://x.dev/\n',
    );
    expect(
      await problemsOf({
        inputs: {
          'base-url': 'x.dev',
          'api-url': 'http://api.example.com',
          concurrency: '0',
          viewports: '1280',
          'fail-on': 'change',
          quality: '50',
          'artifact-name': 'a/b',
        },
      }),
    ).toEqual([
      '  - concurrency must be a whole number from 1 to 200, not "0"',
      '  - viewports must be viewports such as 1280x800, 390x844@3, mobile=390x844@3 or iPhone 15, not "1280"',
      '  - fail-on must list some of changed, added, removed, failed, skipped, or none, not "change" (did you mean "changed"?)',
      '  - visual-capture.yml:1: threshold must be a number from 0 to 1, not 2',
      '  - base-url must start with http:// or https://, not "x.dev"',
      '  - quality goes only with format: jpeg. Set format to jpeg, or take quality out',
      '  - visual-capture.yml:4: the names "A" and "a" (visual-capture.yml:3) differ in case alone, which is one file on macOS and Windows. Give one of them another name',
      '  - visual-capture.yml:5: the name "x:y" is no safe path on every system: it holds the character ":". Use e.g. "x-y"',
      `  - visual-capture.yml:6: html-file "none.html" is not there (looked at ${join(directory, 'none.html')})`,
      '  - visual-capture.yml:7: a target must start with http:// or https://, not "ftp://x.dev/"',
      '  - api-url must be https, because the key is sent to it, not "http://api.example.com…". Plain http is taken for loopback only',
      '  - artifact-name "a/b" cannot be an artifact\'s name: it holds a /',
    ]);
  });

  it.each([
    ['beside a target that is refused', 'threshold: 9\ntargets: [ftp://x.dev/]\n', 1],
    ['beside an address that is not known', 'base-url: ${NOPE}\nthreshold: 2\ntargets: [/a]\n', 1],
    ['without any target', 'allow-empty: true\nthreshold: 9\nfull-page: ja\n', 2],
    ['in a target that is refused', 'targets:\n  - {url: /b, html: x, threshold: 3}\n  - {html-file: none, threshold: 4}\n', 2],
    ['under one that outranks it', 'threshold: 9\ntargets: [{url: https://x.dev/, threshold: 0.2}]\n', 1],
  ])('checks settings %s', async (_, config, count) => {
    await put('visual-capture.yml', config);
    const settings = (await problemsOf({})).filter((line) => /(threshold|full-page) must be/.test(line));
    expect(settings).toHaveLength(count);
  });

  it('tells every fault of a list', async () => {
    const rects = '{x: -1}, {left: 0}, 7, {x: 0, y: 0, width: 1, height: 1}';
    await put('visual-capture.yml', `mask: [${rects}]\ntargets: [https://x.dev]\n`);
    const viewports = '0x100, 12, axb, m=1x1,m=2x2, a/b=10x10';
    expect(await problemsOf({ inputs: { viewports, 'fail-on': 'change, all', 'page-headers': 'a\nb: c\nd' } })).toEqual([
      '  - viewports has a viewport "0x100" with a side that is not from 1 to 10000 pixels; must be viewports such as 1280x800, 390x844@3, mobile=390x844@3 or iPhone 15, not "12"; must be viewports such as 1280x800, 390x844@3, mobile=390x844@3 or iPhone 15, not "axb"; has a viewport name "a/b" that is no safe file name: it holds a /; names the viewport "m" twice',
      '  - fail-on must list some of changed, added, removed, failed, skipped, or none, not "change" (did you mean "changed"?), "all"',
      '  - page-headers must be lines of "Name: value"; lines 1, 3 are not, or name a header that may not be sent',
      '  - visual-capture.yml:1: mask has a rectangle {"x":-1}: x and y must be at least 0, width and height more than 0; has a rectangle with the unknown key "left"; it takes x, y, width, height; has 7 where a selector such as ".ad" or a rectangle such as {x: 0, y: 0, width: 200, height: 40} must stand',
    ]);
  });

  it('says of a value that the environment does not have only that', async () => {
    const missing = (name: string) => expect.stringContaining(`\${${name}} is not set in the environment`);
    await put(
      'visual-capture.yml',
      'base-url: ${BASE}\napi-key: ${KEY}\ntargets:\n  - /a\n  - {url: /b, name: "${X}"}\n  - {name: c, html: "${Y}"}\n  - "${Z}"\n',
    );
    expect(await problemsOf({ inputs: { 'api-key': '' } })).toEqual(['BASE', 'KEY', 'X', 'Y', 'Z'].map(missing));
    await put('visual-capture.yml', 'baseline: url\nbaseline-url: ${BASE}\ntargets: [https://x.dev/a]\n');
    expect(await problemsOf({})).toEqual([missing('BASE')]);
  });

  it('checks the names of targets whose URL is not known', async () => {
    const target = (name: string, url: string): string => `  - {name: ${name}, url: ${url}}\n`;
    const targets = [
      ['../x', '/x'],
      ['Foo', '/foo'],
      ['foo', '/foo2'],
      ['con', '/c'],
    ] as const;
    await put('visual-capture.yml', `targets:\n${targets.map(([name, url]) => target(name, url)).join('')}`);
    const relative = expect.stringContaining('is relative, and base-url is not set');
    expect(await problemsOf({})).toEqual([
      relative,
      expect.stringContaining('visual-capture.yml:2: the name "../x" is no safe path'),
      relative,
      relative,
      expect.stringContaining('visual-capture.yml:4: the names "foo" and "Foo" (visual-capture.yml:3) differ in case alone'),
      relative,
      expect.stringContaining('visual-capture.yml:5: the name "con" is no safe path on every system: "con" is reserved'),
    ]);
  });

  it('says that there is nothing to capture beside what else is wrong', async () => {
    expect(await problemsOf({ inputs: { 'api-key': '' } })).toEqual([
      expect.stringContaining('api-key is not set'),
      expect.stringContaining('there is nothing to capture'),
    ]);
  });

  it('does not say so of a file that it could not read', async () => {
    await put('visual-capture.yml', 'targets: [');
    expect(await problemsOf({})).not.toContainEqual(expect.stringContaining('there is nothing to capture'));
  });

  it.each([
    ['nothing to capture', {}, 'there is nothing to capture'],
    ['a relative target without base-url', { urls: '/a' }, 'the target "/a" is relative, and base-url is not set'],
    ['a missing config file', { config: 'x.yml' }, 'config "x.yml" is not there'],
    ['a name given twice', { urls: 'a = https://x.dev/1\na = https://x.dev/2' }, 'two targets are named "a"'],
    [
      'two names that look the same',
      { urls: 'caf\u00e9 = https://x.dev/1\ncafe\u0301 = https://x.dev/2' },
      'look the same and are spelled with different Unicode characters, which is one file on macOS',
    ],
    [
      'two names that differ in case and Unicode form',
      { urls: 'CAF\u00c9 = https://x.dev/1\ncafe\u0301 = https://x.dev/2' },
      'is one file on macOS',
    ],
    ['a long name of a viewport', { viewports: `${'日'.repeat(70)}=1x1` }, 'it takes more than 200 bytes'],
    [
      'a name without letters',
      { urls: '🎉| = https://x.dev' },
      'the name "🎉|" is no safe path on every system: it holds the character "|". Use letters and digits',
    ],
    [
      'an output that is the folder of the baselines',
      { output: 'shots/', 'baseline-directory': './shots' },
      'output "shots/" must not be inside of baseline-directory "./shots"',
    ],
    ['an output inside of the baselines', { output: 'shots/out', 'baseline-directory': 'shots' }, 'must not be inside of'],
    [
      'baselines where a run writes pictures',
      { output: '.', 'baseline-directory': 'baseline' },
      'nor the baselines among what a run writes to output (actual, baseline, diff, aligned, takes)',
    ],
    ['a line that is no target', { urls: 'name = ' }, '"name =" must be a URL or a path'],
    ['a baseline that is not there yet', { urls: 'https://x.dev', baseline: 'branch' }, 'baseline must be one of directory, ref'],
    ['none beside another status', { 'fail-on': 'none, changed' }, 'fail-on has none beside changed. Take out one or the other'],
    ['an empty list of statuses', { 'fail-on': ', ' }, 'or none, not ""'],
    ['a key with a line break', { urls: 'https://x.dev', 'api-key': 'a\nb' }, 'api-key holds a space'],
    ['a missing key', { urls: 'https://x.dev', 'api-key': '' }, 'api-key is not set. Set api-key: ${{ secrets.'],
  ])('refuses %s', async (_, inputs, expected) => {
    expect((await problemsOf({ inputs }))[0]).toContain(expected);
  });

  it('says of a missing key on a fork that forks get no secrets', async () => {
    expect((await problemsOf({ inputs: { urls: 'https://x.dev', 'api-key': '' }, fork: true }))[0]).toContain(
      'comes from a fork',
    );
  });

  it('never shows the key', async () => {
    expect(
      (await problemsOf({ inputs: { urls: 'https://x.dev', 'api-key': 'sk live', concurrency: 'x' } })).join(),
    ).not.toContain('sk live');
  });

  it('lets a target go back to png below a run-wide quality', async () => {
    const urls = 'https://x.dev/a';
    await put('visual-capture.yml', 'format: jpeg\nquality: 60\ntargets:\n  - {url: https://x.dev/b, format: png}\n');
    const { captures } = await load({ inputs: { urls } });
    expect(captures.map(({ settings }) => settings)).toEqual([{ format: 'png' }, { format: 'jpeg', quality: 60 }]);
  });

  it('takes an output beside the baselines, and any without them', async () => {
    const urls = 'https://x.dev';
    expect((await load({ inputs: { urls, output: 'shots-out', 'baseline-directory': 'shots' } })).output).toBe('shots-out');
    expect((await load({ inputs: { urls, output: '.' } })).output).toBe('.');
    expect((await load({ inputs: { urls, output: 'visual-baselines', baseline: 'none' } })).output).toBe('visual-baselines');
  });

  it('takes words with blanks around them', async () => {
    const given = { urls: 'https://x.dev', format: ' jpeg ', 'full-page': ' True\n', 'fail-on': ' none\n' };
    const { captures, failOn } = await load({ inputs: given });
    expect(captures[0]?.settings).toEqual({ format: 'jpeg', fullPage: true });
    expect(failOn).toEqual([]);
  });

  it('takes plain http for a service on loopback', async () => {
    const { engine } = await load({ inputs: { urls: 'https://x.dev', 'api-url': 'http://127.0.0.1:8080/v1/screenshot' } });
    expect(engine.kind === 'api' && engine.apiUrl.href).toBe('http://127.0.0.1:8080/v1/screenshot');
  });
});

describe('loadSettings', () => {
  const read = (inputs: Partial<Record<InputName, string>> = {}): Promise<string> =>
    loadSettings(
      { values: new Map(Object.entries(inputs)) as Map<InputName, string>, env: {} },
      openWorkspace(directory),
      (values) => values.require('output'),
    ).catch((error: unknown) => (error as InputError).message);

  it('looks only at what is asked for, where the environment lacks something', async () => {
    await put('visual-capture.yml', 'base-url: ${PREVIEW}\noutput: out\ntargets: ["${PAGE}"]\n');
    expect(await read()).toBe('out');
    await put('visual-capture.yml', 'output: ${OUT}\n');
    expect(await read()).toContain('visual-capture.yml:1: ${OUT} is not set in the environment');
  });

  it('tells what is wrong with the file itself', async () => {
    expect(await read({ config: 'none.yml' })).toContain('config "none.yml" is not there');
    await put('visual-capture.yml', 'output: out\noutptu: x\n');
    expect(await read()).toContain('visual-capture.yml:2: unknown key "outptu"');
    await put('visual-capture.yml', 'output: [a\n');
    expect(await read()).toContain('is not valid YAML');
  });
});
