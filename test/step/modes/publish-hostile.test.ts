import { marked } from 'marked';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spellSecrets } from '../../../src/address/secret-spellings.ts';
import type { CaptureReport, Finding, RunReport } from '../../../src/results/model.ts';
import { readAsRunner } from '../../helpers/runner-log.ts';
import { launchTestBrowser } from '../../helpers/test-browser.ts';
import { changedCapture, uploadedResults } from '../../helpers/uploaded-results.ts';
import { makeComparison } from '../../report/support/reports.ts';
import { commit, type Published, publish } from './support/publish.ts';

/** What an enemy puts into a field: commands for the runner, live markup in HTML and markdown, and how to get out of a text. */
const poison = (field: string): string =>
  [
    `${field} ##[stop-commands]t`,
    '::add-mask::passed',
    '\r\v::set-output name=outcome::passed',
    `"'><img src=x onerror="window.owned='${field}'"><script>window.owned='${field}'</script>`,
    `</script></style><svg onload="window.owned='${field}'"><a href="javascript:window.owned=1">x</a>`,
    '[x](javascript:alert(1)) ![x](https://evil.example/x.png) <https://evil.example> https://evil.example/auto www.evil.example',
    '@octocat octo/site#1 :tada: ``` | \u2028::error::x\u0085::warning::y',
    '\u202e\u001b[31mred\u0007',
  ].join('\n');

const url = (field: string): string => `https://evil.example/"><img src=x onerror="window.owned='${field}'">##[add-mask]${field}`;
const source = { file: poison('file'), line: 3 };
const failure = { code: 'unexpected_response', status: 502, message: poison('message'), fix: poison('fix') } as const;
const environmentChanges = [{ what: poison('what').slice(0, 200), baseline: poison('was'), actual: poison('is') }];
const damaged: Finding = { kind: 'damaged-file', which: 'actual', reason: poison('reason') };
const short = (field: string): string => poison(field).slice(-300);
const pageErrors: NonNullable<CaptureReport['pageErrors']> = {
  failedResources: [{ kind: 'stylesheet', url: short('resource'), reason: short('why') }],
  exceptions: [short('exception')],
  consoleErrors: [short('console')],
};
const pageWarnings: NonNullable<CaptureReport['pageWarnings']> = [
  { kind: 'still-loading', urls: [short('loading')] },
  { kind: 'still-busy', elements: [short('busy')] },
  { kind: 'scrolls-inside', element: short('inside') },
  { kind: 'missing-glyphs', scripts: [short('glyphs')] },
  { kind: 'not-held', urls: [short('held')] },
];
const versions = { visualCapture: `<b onclick=x>##[add-mask]v`, pixelmatch: '"><img src=x>' };

const captures = [
  changedCapture("'$#`@ ##[add-mask]name&lt;b&gt;", {
    url: url('url'),
    baselineUrl: url('baselineUrl'),
    source,
    environmentChanges,
    pageErrors,
    pageWarnings,
    pageProblem: { kind: 'foreign_redirect', message: poison('problem') },
    environment: {
      engine: 'local',
      browser: '<i>##[x]',
      platform: '<i>',
      viewport: '<i>',
      options: { '<i>': poison('option') },
      versions,
    },
    comparison: makeComparison({ ...changedCapture('x').comparison, findings: [damaged] }),
  }),
  changedCapture('failed', { status: 'failed', source, error: failure, comparison: undefined, url: url('failed') }),
];
const run: Partial<RunReport> = {
  baseline: poison('baseline'),
  baselineCommit: '##[add-mask]<b>commit',
  commit: '::add-mask::<b>',
  versions,
  nothingCompared: { reason: poison('nothing'), allowed: true },
  baselines: {
    branch: poison('branch').slice(0, 500),
    relation: 'unrelated',
    behind: 3,
    changedSince: [poison('since').slice(0, 900)],
    expected: { commit: '<b>##[add-mask]e', url: url('expected') },
  },
  checkout: { commit: '<b>##[add-mask]c', ref: poison('ref').slice(0, 500) },
};

let browser: Browser;
let page: Page;
let published: Published;
beforeAll(async () => {
  [browser, published] = await Promise.all([launchTestBrowser(), publish({ zip: uploadedResults(commit, captures, run) })]);
  page = await browser.newPage();
});
afterAll(() => browser.close());

describe('mode: publish with results.json of an enemy', () => {
  it('goes through with it', () => {
    expect([published.exitCode, published.stdout]).toEqual([0, expect.stringContaining('unexpected_response')]);
    expect(published.outputs).toMatchObject({ outcome: 'failed', failed: '1', changed: '1' });
  });

  it('gives the runner no command but its own', () => {
    const { commands } = readAsRunner(published.stdout);
    const kinds = Map.groupBy(commands, ({ command }) => command);
    expect([...kinds.keys()].toSorted()).toEqual(['add-mask', 'debug', 'endgroup', 'group']);
    expect(kinds.get('group')?.map(({ data }) => data)).toEqual([expect.stringMatching(/^Artifacts: \d+ files$/)]);
    // Those of the token, and of signatures that the client for artifacts was given.
    const own = new Set(spellSecrets(['ghs_test']));
    const masks = kinds.get('add-mask')?.map(({ data }) => data) ?? [];
    expect(masks.filter((mask) => !own.has(mask) && /evil|passed|onerror|^\W/.test(mask))).toEqual([]);
    expect(masks).toEqual(expect.arrayContaining([...own]));
    expect(readAsRunner(published.stderr).commands).toEqual([]);
  });

  it('makes a page whose every text is text, also where no policy stops what would be live', async () => {
    const unprotected = published.page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
    expect(unprotected).not.toBe(published.page);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.setContent(unprotected);
    await page.waitForSelector('.overview');
    for (const hash of await page.$$eval('.tile a', (links) => links.map((link) => link.getAttribute('href')))) {
      await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
      await page.waitForSelector('.viewing .known');
      expect(await readLive(page)).toEqual({ owned: null, foreign: [], handlers: [], links: ['https:'] });
    }
    expect(requests.filter((one) => !/^(blob|about|data):/.test(one))).toEqual([]);
  });

  it.each(['comment', 'summary'] as const)('writes a %s that leads nowhere but to its own run', async (kind) => {
    const markdown = published[kind] ?? '';
    expect(markdown).toContain('evil.example');
    await page.setContent(marked.parse(markdown, { async: false, gfm: true }));
    const links = await page.$$eval('a, img', (found) =>
      found.map((one) => one.getAttribute('href') ?? one.getAttribute('src') ?? ''),
    );
    expect(links.filter((link) => /evil|javascript/.test(link))).toEqual([]);
    expect(await page.evaluate('window.owned ?? null')).toBeNull();
    expect(markdown).not.toMatch(/(?<![\w&;])@octocat|site#1\b/);
    expect(await page.$$eval('script, svg, iframe, [onerror], [onclick]', (found) => found.length)).toBe(0);
  });
});

/** What of a page is alive and not its own. */
function readLive(opened: Page): Promise<unknown> {
  return opened.evaluate(`(() => {
    const all = [...document.querySelectorAll('body *')];
    const own = (element) => element.matches('svg.icon, svg.icon *') || ['script', 'style', 'noscript'].includes(element.localName);
    return {
      owned: window.owned ?? null,
      foreign: all.filter((one) => ['img', 'iframe', 'object', 'embed', 'b', 'i'].includes(one.localName) && !String(one.src).startsWith('blob:')).map((one) => one.outerHTML),
      handlers: all.flatMap((one) => [...one.attributes].filter(({ name }) => name.startsWith('on')).map(({ name }) => one.localName + ' ' + name)),
      links: [...new Set(all.filter((one) => one.localName === 'a' && !one.getAttribute('href').startsWith('#')).map((one) => one.protocol))],
    };
  })()`);
}
