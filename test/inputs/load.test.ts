import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Inputs } from '../../src/inputs/inputs.ts';
import { loadInputs } from '../../src/inputs/load.ts';
import { InputError } from '../../src/inputs/problem.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import { openFolder } from '../../src/system/folder.ts';

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
  const invocation = { values, env: {}, fork, purpose: 'check', ...(workflow === undefined ? {} : { workflow }) } as const;
  return loadInputs(invocation, openFolder(directory, ''));
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
        compare: { threshold: 0.1, includeAntiAliasing: false, mask: [] },
      },
    ]);
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
      `  - visual-capture.yml:6: html-file "none.html" is not there (looked at ${join(directory, 'none.html')})`,
      '  - base-url must start with http:// or https://, not "x.dev"',
      '  - quality goes only with format: jpeg. Set format to jpeg, or take quality out',
      '  - visual-capture.yml:1: threshold must be a number from 0 to 1, not 2',
      '  - viewports must be viewports such as 1280x800, 390x844@3 or mobile=390x844@3, not "1280"',
      '  - visual-capture.yml:4: the names "A" and "a" (visual-capture.yml:3) differ in case alone, which is one file on macOS and Windows. Give one of them another name',
      '  - visual-capture.yml:5: the name "x:y" is no safe path on every system: it holds the character ":". Use e.g. "x-y"',
      '  - visual-capture.yml:7: a target must start with http:// or https://, not "ftp://x.dev/"',
      '  - api-url must be https, because the key is sent to it, not "http://api.example.com…". Plain http is taken for loopback only',
      '  - concurrency must be a whole number from 1 to 200, not "0"',
      '  - fail-on must list some of changed, added, removed, failed, skipped, or none, not "change". Did you mean "changed"?',
      '  - artifact-name "a/b" cannot be an artifact\'s name: it holds a /',
    ]);
  });

  it.each([
    ['nothing to capture', {}, 'there is nothing to capture'],
    ['a relative target without base-url', { urls: '/a' }, 'the target "/a" is relative, and base-url is not set'],
    ['a missing config file', { config: 'x.yml' }, 'config "x.yml" is not there'],
    ['a name given twice', { urls: 'a = https://x.dev/1\na = https://x.dev/2' }, 'two targets are named "a"'],
    ['a line that is no target', { urls: 'name = ' }, '"name =" must be a URL or a path'],
    ['a baseline that is not there yet', { urls: 'https://x.dev', baseline: 'branch' }, 'baseline must be one of directory, ref'],
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

  it('takes plain http for a service on loopback', async () => {
    const { engine } = await load({ inputs: { urls: 'https://x.dev', 'api-url': 'http://127.0.0.1:8080/v1/screenshot' } });
    expect(engine.kind === 'api' && engine.apiUrl.href).toBe('http://127.0.0.1:8080/v1/screenshot');
  });
});
