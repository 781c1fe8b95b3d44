import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { explainOldNode, oldestNode } from '../../src/system/require-node.js';
import { type Finished, put, runBundle } from '../helpers/bundle.ts';
import { serve } from '../helpers/serve.ts';
import { solidPng } from '../helpers/solid-png.ts';
import { browserPath } from '../helpers/test-browser.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const onWindows = process.platform === 'win32';

/** An empty project that the package is installed into, by npm, from the file that npm would publish, without a network. */
let project = '';
let home = '';
const installed = () => join(project, 'node_modules/visual-capture');
const cli = () => join(installed(), 'dist/cli/index.js');
const run = (...args: readonly string[]): Promise<Finished> => runBundle(cli(), { args, cwd: project, env: { HOME: home } });

function npm(cwd: string, ...args: readonly string[]): string {
  // npm is a script there, which only the shell can start; no argument has anything to quote.
  const { status, stdout, stderr, error } = spawnSync('npm', args, {
    cwd,
    encoding: 'utf8',
    shell: onWindows,
    env: { ...systemVariables(), HOME: home, npm_config_cache: join(home, 'cache'), npm_config_update_notifier: 'false' },
  });
  if (status !== 0) {
    throw new Error(`npm ${args.join(' ')}: ${error?.message ?? ''}${stdout}${stderr}`);
  }
  return stdout;
}

/** What a program needs to start. Of npm's own variables, which this test may be run under, it gets none. */
function systemVariables(): Record<string, string> {
  const names = ['PATH', 'Path', 'TMPDIR', 'TEMP', 'SystemRoot', 'ComSpec', 'APPDATA'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'package-'));
  home = join(folder, 'home');
  project = join(folder, 'project');
  await mkdir(home);
  await mkdir(project);
  await writeFile(join(project, 'package.json'), '{"name": "project", "private": true, "type": "module"}');
  npm(root, 'pack', '--ignore-scripts', '--pack-destination', folder);
  // By its name alone: the folder's may have to be quoted.
  npm(project, 'install', '--offline', '--no-audit', '--no-fund', `../visual-capture-${manifest.version}.tgz`);
});
afterAll(() => rm(dirname(project), { recursive: true, force: true }));

/** No signal reaches a process on Windows: it is ended at once. */
const ended = onWindows ? { code: null, signal: 'SIGINT' } : { code: 0, signal: null };

describe('the package from npm', () => {
  it('brings no other package along', async () => {
    const folders = await readdir(join(project, 'node_modules'));
    expect(folders.filter((name) => !name.startsWith('.'))).toEqual(['visual-capture']);
  });

  it('holds what it needs and nothing of the workflow step', async () => {
    expect((await readdir(installed())).toSorted()).toEqual(['LICENSE', 'README.md', 'dist', 'docs', 'package.json']);
    expect((await readdir(join(installed(), 'dist'))).toSorted()).toEqual(
      ['browsers', 'cli', 'engine', 'library', 'package.json', 'system', 'worker'].toSorted(),
    );
    expect((await readdir(join(installed(), 'docs'))).toSorted()).toEqual(['results.schema.json', 'visual-capture.schema.json']);
  });

  it('starts by its name', () => {
    expect(npm(project, 'exec', '--offline', '--', 'visual-capture', '--version')).toBe(`${manifest.version}\n`);
  });

  it('checks with the built-in engine, and shows the report of it', async () => {
    let colour = 'white';
    await using site = await serve((_, response) =>
      response.setHeader('content-type', 'text/html').end(`<!doctype html><title>x</title><body style="background: ${colour}">`),
    );
    const check = ['check', '--engine', 'local', '--browser-path', browserPath, '--viewports', '300x200', '--page-check', 'off'];
    const urls = ['--urls', `home = ${site.url}`];
    const first = await run(...check, ...urls, '--update-baselines');
    expect(first.exitCode, first.stderr).toBe(0);
    colour = 'teal';
    const second = await run(...check, ...urls);
    expect([second.exitCode, second.stdout], second.stderr).toEqual([1, expect.stringContaining('1 changed')]);

    const { page, finished } = await untilListening(['report', '--no-open'], (url) => fetch(url).then((one) => one.text()));
    expect(page).toContain('home');
    expect(finished).toEqual(ended);
  });

  it('serves captures', async () => {
    const { page, finished } = await untilListening(
      ['serve', '--api-key', 'sk_test', '--allow-private', '--browser-path', browserPath],
      (url) =>
        fetch(url, {
          method: 'POST',
          headers: { authorization: 'Bearer sk_test', 'content-type': 'application/json' },
          body: JSON.stringify({ html: '<p>x', viewport: { width: 300, height: 200 } }),
        }).then((answer) => `${answer.status} ${answer.headers.get('content-type')}`),
    );
    expect(page).toBe('200 image/png');
    expect(finished).toEqual(ended);
  });

  it('compares files', async () => {
    await put({ path: project, async [Symbol.asyncDispose]() {} }, 'a.png', solidPng(20, 10, [200, 0, 0]));
    await put({ path: project, async [Symbol.asyncDispose]() {} }, 'b.png', solidPng(20, 10, [0, 200, 0]));
    const finished = await run('compare', 'a.png', 'b.png', '--json');
    expect(finished.exitCode, finished.stderr).toBe(1);
    expect(JSON.parse(finished.stdout)).toMatchObject({ status: 'changed', comparison: { diffPixels: 200 } });
  });
});

/** Starts a command that serves, asks it once, and ends it as a person does. */
async function untilListening(args: readonly string[], ask: (url: string) => Promise<string>) {
  const child = spawn(process.execPath, [cli(), ...args], { cwd: project, env: { ...systemVariables(), HOME: home } });
  const end = once(child, 'exit');
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const found = (): string | undefined => /http:\/\/127\.0\.0\.1:\S+/.exec(text)?.[0];
  while (found() === undefined && child.exitCode === null) {
    await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), end]);
  }
  try {
    const url = found();
    if (url === undefined) {
      throw new Error(text);
    }
    return { page: await ask(url), finished: await stop() };
  } finally {
    child.kill();
  }

  async function stop(): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }> {
    child.kill('SIGINT');
    const [code, signal] = await end;
    return { code, signal };
  }
}

describe('with an old Node first on the PATH', () => {
  const places = ['/usr/bin/node', '/usr/local/bin/node', '/opt/homebrew/bin/node'];
  const old = places.filter(existsSync).flatMap((path) => {
    const version = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout.trim().slice(1);
    return explainOldNode(version, oldestNode) === undefined ? [] : [{ path, version }];
  })[0];

  it('the command says in one line which one it needs', async ({ skip }) => {
    if (old === undefined || onWindows) {
      skip('this machine has no Node that is too old');
      return;
    }
    const bin = join(home, 'old');
    await mkdir(bin);
    await symlink(old.path, join(bin, 'node'));
    const command = join(project, 'node_modules/.bin/visual-capture');
    const { status, stdout, stderr } = spawnSync(command, ['--version'], {
      encoding: 'utf8',
      env: { PATH: [bin, process.env['PATH']].join(delimiter) },
    });
    expect([status, stdout, stderr]).toEqual([
      2,
      '',
      `Visual Capture needs Node ${oldestNode} or newer; this is ${old.version}. Get it from https://nodejs.org/en/download, or by: nvm install 24\n`,
    ]);
  });
});

describe('the library', () => {
  it('compares, draws, reads results and has the schemas', async () => {
    const program = `
      import { readFileSync } from 'node:fs';
      import { compare, parseResults } from 'visual-capture';
      import schema from 'visual-capture/visual-capture.schema.json' with { type: 'json' };
      import results from 'visual-capture/results.schema.json' with { type: 'json' };
      const [a, b] = ['a.png', 'b.png'].map((path) => readFileSync(path));
      const { status, comparison, drawDiff } = compare(a, b);
      const png = Buffer.from(await drawDiff()).toString('latin1', 1, 4);
      const masked = compare(a, b, { scale: 2, mask: [{ x: 0, y: 0, width: 10, height: 5 }] });
      const wrong = (options) => { try { compare(a, b, options); } catch (error) { return error.message; } };
      const read = parseResults(readFileSync('visual-capture/results.json'));
      let broken;
      try { parseResults(Buffer.from('{}')); } catch (error) { broken = error.name; }
      console.log(JSON.stringify({
        status, diffPixels: comparison.diffPixels, png, masked: [masked.status, masked.comparison.maskedPixels],
        none: compare(a, a).drawDiff === undefined, unreadable: compare(a, Buffer.from('no')).which,
        wrong: [wrong({ threshold: 2 }), wrong({ maxDiffPixels: NaN }), wrong({ scale: 0 }), wrong({ threshold: '0.1' })],
        read: [read.outcome, read.captures[0].id], broken, titles: [schema.title, results.title],
      }));`;
    await writeFile(join(project, 'program.js'), program);
    const finished = await runBundle(join(project, 'program.js'), { cwd: project });
    expect(JSON.parse(finished.stdout || finished.stderr)).toEqual({
      status: 'changed',
      diffPixels: 200,
      png: 'PNG',
      masked: ['unchanged', 200],
      none: true,
      unreadable: 'actual',
      wrong: [
        'threshold must be a number from 0 to 1, not 2.',
        'maxDiffPixels must be a number 0 or more, not NaN.',
        'scale must be a number more than 0, not 0.',
        'threshold must be a number from 0 to 1, not 0.1.',
      ],
      read: ['changed', 'home/300x200'],
      broken: 'WrongShape',
      titles: ['visual-capture.yml', 'results.json'],
    });
  });

  it('has types that compile in an empty project, strictly, without the types of Node', async () => {
    const tsconfig = {
      compilerOptions: {
        module: 'nodenext',
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        types: [],
        noEmit: true,
      },
      files: ['program.ts'],
    };
    const lines = [
      "import { type CaptureResult, compare, type CompareOptions, parseResults, type Results } from 'visual-capture';",
      "import schema from 'visual-capture/visual-capture.schema.json' with { type: 'json' };",
      'const options: CompareOptions = { threshold: 0.2, mask: [{ x: 0, y: 0, width: 1, height: 1 }] };',
      'const result = compare(new Uint8Array(), new Uint8Array(), options);',
      "export const said: string = result.kind === 'compared' ? `${result.status} ${result.comparison.diffPixels}` : result.reason;",
      'export const drawn: Promise<Uint8Array> | undefined = result.kind === "compared" ? result.drawDiff?.() : undefined;',
      'const results: Results = parseResults(new Uint8Array());',
      "export const failed: CaptureResult[] = results.captures.filter(({ status }) => status === 'failed');",
      'export const title: string = schema.title;',
    ];
    const compile = async (more: string): Promise<string> => {
      await writeFile(join(project, 'tsconfig.json'), JSON.stringify(tsconfig));
      await writeFile(join(project, 'program.ts'), [...lines, more].join('\n'));
      return spawnSync(process.execPath, [compiler, '-p', project], { encoding: 'utf8' }).stdout;
    };
    const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
    expect(await compile('')).toBe('');
    // They are no `any`, by which everything would compile.
    expect(await compile('export const wrong: number = said + results.outcome; compare(1, 2);')).toMatch(/TS2322[\s\S]*TS2345/);
  });

  it('names in its types no file that is not there', async () => {
    const folder = join(installed(), 'dist/library');
    for (const name of (await readdir(folder)).filter((file) => file.endsWith('.d.ts'))) {
      const named = [...(await readFile(join(folder, name), 'utf8')).matchAll(/(?:from |import\()['"]([^'"]+)['"]/g)];
      const missing = named.map(([, path = '']) =>
        fileURLToPath(new URL(path.replace(/\.js$/, '.d.ts'), pathToFileURL(`${folder}/`))),
      );
      expect(missing.filter((path) => !existsSync(path))).toEqual([]);
    }
  });
});
