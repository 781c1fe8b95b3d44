import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { discoverType } from '../../src/inputs/discover.ts';
import { loadInputs } from '../../src/inputs/load.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import { describeJudgedBy } from '../../src/judge/judged-by.ts';
import type { FoundTarget } from '../../src/plan/discovery.ts';
import { openWorkspace } from '../../src/system/workspace.ts';
import { createWorkspace } from '../helpers/bundle.ts';

const nothingMore = { include: [], exclude: [], max: 500 };

describe('discover', () => {
  test.each([
    ['sitemap', { sitemap: true }],
    ['storybook, crawl', { storybook: true, crawl: { depth: 2 } }],
    [['sitemap'], { sitemap: true }],
    [{ sitemap: '/docs/sitemap.xml' }, { sitemap: '/docs/sitemap.xml' }],
    [
      { sitemap: true, storybook: false, crawl: true },
      { sitemap: true, crawl: { depth: 2 } },
    ],
    [
      { crawl: { depth: 3 }, max: '20' },
      { crawl: { depth: 3 }, max: 20 },
    ],
    [
      { storybook: true, include: 'ui/**' },
      { storybook: true, include: ['ui/**'] },
    ],
  ])('%j', (raw, value) => {
    expect(discoverType.parse(raw)).toEqual({ value: { ...nothingMore, ...value } });
  });

  test.each([
    [
      'sitemaps',
      'must list some of sitemap, storybook, crawl, or in the config file be a mapping such as {sitemap: true, exclude: ["/docs/api/**"]}, not "sitemaps" (did you mean "sitemap"?)',
    ],
    [{ exclude: ['/a'] }, 'needs one of sitemap, storybook, crawl, such as {sitemap: true, exclude: ["/docs/api/**"]}'],
    [
      { sitemap: true, includes: [] },
      'has no key "includes" (did you mean "include"?); it takes sitemap, storybook, crawl, include, exclude, max',
    ],
    [{ sitemap: 5 }, 'sitemap must be true, or a path or URL, not 5'],
    [{ crawl: { deep: 2 } }, 'crawl has no key "deep"; it takes depth'],
    [{ crawl: { depth: 11 } }, 'crawl depth must be a whole number from 1 to 10, not 11'],
    [{ sitemap: true, max: 0 }, 'max must be a whole number from 1 to 100000, not 0'],
    [{ sitemap: true, include: ['docs/**'] }, 'include "docs/**" can match no page: paths begin with a slash. Write "/docs/**"'],
    [
      { storybook: true, exclude: ['/ui/**'] },
      'exclude "/ui/**" can match no story: their titles begin with no slash. Write "ui/**"',
    ],
    [{ sitemap: true, include: [''] }, 'include must be a glob such as "/docs/**", or a list of them, not ""'],
  ])('%j is refused', (raw, problem) => {
    expect(discoverType.parse(raw)).toEqual({ problem });
  });
});

const inputsOf = async (yaml: string, found: readonly FoundTarget[], values: Partial<Record<InputName, string>> = {}) => {
  await using workspace = await createWorkspace();
  await writeFile(join(workspace.path, 'visual-capture.yml'), yaml);
  const given = { engine: 'local', 'base-url': 'https://p.example', ...values };
  return await loadInputs(
    { values: new Map(Object.entries(given)) as Map<InputName, string>, env: {}, fork: false, purpose: 'check' },
    openWorkspace(workspace.path),
    { findTargets: async () => ({ found, leftOut: [], notes: [], problems: [] }) },
  );
};
const problemOf = async (...args: Parameters<typeof inputsOf>) =>
  (await inputsOf(...args).catch((error: Error) => error.message)) as unknown as string;

const pages: FoundTarget[] = ['/', '/docs/', '/pricing'].map((url) => ({ url, by: 'sitemap' }));
const story: FoundTarget = {
  url: '/iframe.html?viewMode=story&id=ui-alert--info',
  by: 'storybook',
  story: { id: 'ui-alert--info', name: 'ui/alert/info' },
};

describe('found targets', () => {
  it('are named as listed ones are, in the order that they were found in, with the line of discover', async () => {
    const { captures } = await inputsOf('viewports: 400x300\ndiscover: sitemap\n', pages);
    expect(captures.map(({ id, source, foundBy }) => [id, source?.line, foundBy])).toEqual([
      ['index/400x300', 2, 'sitemap'],
      ['docs/400x300', 2, 'sitemap'],
      ['pricing/400x300', 2, 'sitemap'],
    ]);
  });

  it('are given the settings of a listed target of the same address, however it is spelled', async () => {
    const yaml =
      'discover: sitemap\ntargets:\n  - {url: /docs/index.html, name: manual, selector: main}\n  - https://p.example/pricing/\n';
    const { captures } = await inputsOf(yaml, pages);
    expect(captures.map(({ name, source, settings }) => [name, source?.line, settings.selector])).toEqual([
      ['manual', 3, 'main'],
      ['pricing', 4, undefined],
      ['index', 1, undefined],
    ]);
  });

  it('are given the settings of a listed target of the same name, which may have nothing else', async () => {
    const { captures } = await inputsOf(
      'discover: sitemap\ntargets: [{name: docs, selector: main}, {url: /v2/pricing, name: pricing}]\n',
      pages,
    );
    expect(captures.map(({ name, page, settings }) => [name, page.kind === 'url' && page.url, settings.selector])).toEqual([
      ['docs', 'https://p.example/docs/', 'main'],
      ['pricing', 'https://p.example/v2/pricing', undefined],
      ['index', 'https://p.example/', undefined],
    ]);
  });

  it('that nobody has found by the name of a listed one are an error with its line', async () => {
    expect(await problemOf('discover: sitemap\ntargets:\n  - name: dosc\n', pages)).toContain(
      'visual-capture.yml:3: discover has found nothing named "dosc". Did you mean "docs"?',
    );
    expect(await problemOf('targets:\n  - name: docs\n', pages)).toContain(
      'visual-capture.yml:2: a target needs exactly one of url, html and html-file. A name alone stands for a page that discover finds, and discover is not set',
    );
  });

  it('whose names differ in case alone are an error that says how they are told apart', async () => {
    const found = [...pages, { url: '/Pricing', by: 'sitemap' } as const];
    expect(await problemOf('discover: sitemap\n', found)).toContain(
      'visual-capture.yml:1: the names "Pricing" and "pricing" (visual-capture.yml:1) differ in case alone, which is one file on macOS and Windows. The sitemap has both. Leave one of them out with exclude, or list it under targets with a name of its own',
    );
    const { captures } = await inputsOf('discover: sitemap\ntargets: [{url: /Pricing, name: pricing-page}]\n', found);
    expect(captures.map(({ name }) => name)).toEqual(['pricing-page', 'index', 'docs', 'pricing']);
  });

  it('that are none are an error, unless that is meant', async () => {
    expect(await problemOf('discover: sitemap\n', [])).toContain(
      'visual-capture.yml:1: discover has found nothing to capture. If that is meant, set allow-empty: true',
    );
    expect((await inputsOf('discover: sitemap\nallow-empty: true\n', [])).captures).toEqual([]);
  });

  it('are not missed where discover itself is wrong, which is told alone', async () => {
    expect(await problemOf('discover: sitemaps\n', [])).toMatch(
      /^One input is wrong; nothing was captured:\n {2}- visual-capture.yml:1: discover must list/,
    );
  });

  it('need base-url', async () => {
    expect(await problemOf('discover: sitemap\n', pages, { 'base-url': '' })).toContain(
      'visual-capture.yml:1: discover looks for pages at base-url, which is not set. Set it to the address of the preview',
    );
  });

  it('are looked for only when nothing is wrong', async () => {
    let asked = false;
    await using workspace = await createWorkspace();
    await writeFile(join(workspace.path, 'visual-capture.yml'), 'discover: sitemap\nbase-url: https://p.example\nthreshold: 2\n');
    const loading = loadInputs({ values: new Map(), env: {}, fork: false, purpose: 'plan' }, openWorkspace(workspace.path), {
      findTargets: async () => {
        asked = true;
        return { found: [], leftOut: [], notes: [], problems: [] };
      },
    });
    await expect(loading).rejects.toThrow('threshold must be a number from 0 to 1');
    expect(asked).toBe(false);
  });
});

describe('found stories', () => {
  const settingsOf = async (yaml: string, values: Partial<Record<InputName, string>> = {}) =>
    (await inputsOf(yaml, [story], values)).captures.map(({ name, settings }) => [name, settings]);

  it('are captured as their canvas alone, once Storybook has rendered them', async () => {
    expect(await settingsOf('discover: storybook\nfull-page: true\n')).toEqual([
      ['ui/alert/info', { format: 'png', selector: '#storybook-root, body > #root', page: { story: 'ui-alert--info' } }],
    ]);
  });

  it('by the hosted service are waited for as its documented options allow', async () => {
    expect(await settingsOf('discover: storybook\n', { engine: 'api', 'api-key': 'sk_live_1' })).toEqual([
      [
        'ui/alert/info',
        { format: 'png', selector: 'body.sb-show-main #storybook-root, body.sb-show-main > #root', waitUntil: 'networkidle0' },
      ],
    ]);
  });

  it('keep what a listed target of theirs says', async () => {
    const yaml =
      'discover: storybook\ntargets: [{url: "/iframe.html?id=ui-alert--info&viewMode=story", selector: body, delay: 50}]\n';
    expect(await settingsOf(yaml)).toEqual([
      ['ui/alert/info', { format: 'png', selector: 'body', page: { delayMs: 50, story: 'ui-alert--info' } }],
    ]);
  });
});

it('shards that find other pages are told apart by what they would capture', async () => {
  const judgedBy = async (found: readonly FoundTarget[]) =>
    describeJudgedBy(await inputsOf('discover: sitemap\n', found), { commit: undefined, baselines: undefined });
  expect(await judgedBy(pages)).toEqual(await judgedBy(pages));
  expect((await judgedBy(pages)).previews).not.toBe((await judgedBy(pages.slice(1))).previews);
});
