import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../src/baseline/manifest.ts';
import { chooseCaptures, takeReviewedPictures } from '../../src/baseline/reviewed-pictures.ts';
import { locateBundles } from '../../src/check/bundles.ts';
import { type Checked, check } from '../../src/check/check.ts';
import { createInProcessComparer } from '../../src/compare/in-process.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import { describeFindings } from '../../src/report/describe-findings.ts';
import { describeVerdict } from '../../src/report/verdict.ts';
import { parseResults } from '../../src/results/parse-results.ts';
import { readUploadedResults } from '../../src/results/take-results.ts';
import { sha256 } from '../../src/system/sha256.ts';
import { createWorkspace, type Workspace } from '../helpers/bundle.ts';
import { type Block, type Colour, drawPng } from '../helpers/draw-png.ts';
import { answers, type FakeService, startFakeService } from '../helpers/fake-service.ts';
import { silentLog } from '../helpers/silent-log.ts';

const bundles = locateBundles(new URL('../../src/', import.meta.url));
const silent = { start() {}, service() {}, done() {}, stop() {} };
const size = { width: 320, height: 200 };
const place = { x: 200, y: 150, width: 20, height: 12 };
const heading: Block = { x: 20, y: 20, width: 120, height: 20, colour: [0, 0, 0] };
const word: Block = { x: 40, y: 100, width: 30, height: 10, colour: [0, 0, 0] };

const page = (...blocks: Block[]): Uint8Array => drawPng(size.width, size.height, [heading, ...blocks]);
/** A page with a place that shows something else at each visit. */
const visit = (nth: number, ...blocks: Block[]): Uint8Array => {
  const colour: Colour = [(nth * 90) % 256, (nth * 50) % 256, 255];
  return page({ ...place, colour }, ...blocks);
};

interface Setup {
  readonly workspace: Workspace;
  readonly service: FakeService;
  readonly inputs?: Partial<Record<InputName, string>>;
}

/** The whole check against a scripted service. Tells how many requests it sent as well. */
async function run({ workspace, service, inputs }: Setup): Promise<Checked & { sent: number }> {
  const before = service.requests.length;
  const values = {
    'api-key': 'sk',
    'api-url': service.url,
    'page-check': 'off',
    viewports: '320x200',
    urls: 'https://site.dev/a',
    ...inputs,
  };
  const checked = await check(
    { values: new Map(Object.entries(values)) as Map<InputName, string>, env: {}, fork: false, purpose: 'check' },
    { directory: workspace.path, bundles, log: silentLog, progress: () => silent },
    new AbortController().signal,
  );
  return { ...checked, sent: service.requests.length - before };
}

const update = { 'update-baselines': 'true' };
const manifestOf = async ({ path }: Workspace) =>
  parseManifest(await readFile(join(path, 'visual-baselines/manifest.json')).catch(() => undefined));

describe('a page that moves', () => {
  it('is taken twice for its baseline, which knows what moved, and is unchanged from then on', async () => {
    await using service = await startFakeService({ script: ({ index }) => answers.picture(visit(index)) });
    await using workspace = await createWorkspace();
    const first = await run({ workspace, service, inputs: update });
    expect(first.sent).toBe(2);
    expect(first.report.captures).toMatchObject([
      { status: 'added', unstable: true, unstableRegions: [place], files: { takes: { length: 2 } } },
    ]);
    expect((await manifestOf(workspace)).get('a/320x200')?.noise).toEqual([place]);
    // The picture that is reported is the one that became the baseline.
    const actual = await readFile(join(workspace.path, 'visual-capture/actual/a/320x200.png'));
    expect(actual.equals(await readFile(join(workspace.path, 'visual-baselines/a/320x200.png')))).toBe(true);

    const { report, sent } = await run({ workspace, service });
    expect([report.captures[0]?.status, report.captures[0]?.unstable, sent]).toEqual(['unchanged', true, 2]);
    expect(report.captures[0]?.baselineNoise).toEqual([place]);
  });

  it('counts where nobody knows that it moves, with the takes to see, until it holds still', async () => {
    await using service = await startFakeService({ script: answers.picture(visit(0)) });
    await using workspace = await createWorkspace();
    await run({ workspace, service, inputs: { ...update, 'baseline-takes': '1' } });
    expect((await manifestOf(workspace)).get('a/320x200')).not.toHaveProperty('noise');
    service.use(({ index }) => answers.picture(visit(index)));
    const { report, output, sent } = await run({ workspace, service });
    const [capture] = report.captures;
    expect([capture?.status, capture?.unstable, sent]).toEqual(['changed', true, 3]);
    const takes = ['takes/a/320x200/1.png', 'takes/a/320x200/2.png', 'takes/a/320x200/3.png'];
    expect(capture?.files.takes).toEqual(takes);
    const written = await Promise.all(takes.map((path) => output.read(path)));
    expect(capture?.sha256?.takes).toEqual(written.map((bytes) => sha256(bytes ?? new Uint8Array())));
    const results = parseResults((await output.read('results.json')) ?? new Uint8Array());
    expect(results.captures[0]?.files.takes).toEqual(takes);
    expect(describeFindings(capture?.comparison ?? expect.fail())).toContain('The largest place is 20×12 px at 200, 150.');

    service.use(answers.picture(visit(0)));
    expect((await run({ workspace, service })).report.captures[0]?.files).not.toHaveProperty('takes');
    expect((await output.list()).filter((path) => path.startsWith('takes/'))).toEqual([]);
  });

  it('hands on what moved when its picture is accepted', async () => {
    await using service = await startFakeService({ script: answers.picture(visit(0)) });
    await using workspace = await createWorkspace();
    await run({ workspace, service, inputs: update });
    service.use(({ index }) => answers.picture(visit(index, word)));
    const { output } = await run({ workspace, service });
    const results = await readUploadedResults({ paths: [], read: (path) => output.read(path) }, (reason) => expect.fail(reason));
    const pictures = await takeReviewedPictures(results, chooseCaptures(results.report, []).selected, createInProcessComparer());
    expect(pictures.get('a/320x200')?.noise).toMatchObject([place]);
  });
});

describe('baseline-takes', () => {
  const urls = 'https://site.dev/a\nhttps://site.dev/b';

  it('are made of what is written, and of nothing else', async () => {
    await using service = await startFakeService({ script: answers.picture(page()) });
    await using workspace = await createWorkspace();
    const three = { ...update, 'baseline-takes': '3' };
    expect((await run({ workspace, service, inputs: three })).sent).toBe(3);
    expect((await run({ workspace, service, inputs: three })).sent).toBe(1);
    expect((await run({ workspace, service, inputs: { ...three, urls, 'update-baselines': 'missing' } })).sent).toBe(4);
    service.use(answers.picture(page(word)));
    expect((await run({ workspace, service, inputs: three })).sent).toBe(3);
    expect((await run({ workspace, service, inputs: { urls: 'https://site.dev/new' } })).sent).toBe(1);
  });

  it.each([
    ['warn', { status: 'added', pageProblem: { kind: 'blank' } }],
    ['fail', { status: 'failed', error: { code: 'page_error' } }],
  ])('never make a page a baseline that is blank when it is taken again (page-check: %s)', async (pageCheck, told) => {
    await using service = await startFakeService({ script: [answers.picture(page()), answers.picture(drawPng(320, 200, []))] });
    await using workspace = await createWorkspace();
    await writeFile(join(workspace.path, 'visual-capture.yml'), 'targets: [{ name: a, html: "<h1>A</h1>" }]');
    const { report } = await run({ workspace, service, inputs: { ...update, urls: '', 'page-check': pageCheck } });
    expect(report.captures).toMatchObject([{ ...told, files: { takes: { length: 2 } } }]);
    expect(report.captures[0]?.baselineUpdated).toBeUndefined();
    expect(await manifestOf(workspace)).toEqual(new Map());
  });

  it('are fewer where credits end, and the baseline is written all the same', async () => {
    await using service = await startFakeService({ script: answers.picture(page()) });
    await using workspace = await createWorkspace();
    const { report, sent } = await run({ workspace, service, inputs: { ...update, urls, 'max-captures': '3' } });
    expect(report.captures.map(({ status, baselineUpdated }) => [status, baselineUpdated])).toEqual([
      ['added', true],
      ['added', true],
    ]);
    expect(sent).toBe(3);
  });
});

describe('a run in which most captures differ', () => {
  const urls = Array.from({ length: 60 }, (_, at) => `https://site.dev/page-${at}`).join('\n');

  it('takes a sample of them again, and the others once', async () => {
    await using service = await startFakeService({ script: answers.picture(page()) });
    await using workspace = await createWorkspace();
    await run({ workspace, service, inputs: { ...update, urls, 'baseline-takes': '1' } });
    service.use(answers.picture(page(word)));
    const { report, sent } = await run({ workspace, service, inputs: { urls } });
    expect(report.totals.changed).toBe(60);
    // How many ask before the sample is complete depends on how fast pictures are compared.
    expect(sent).toBeLessThan(120);
    const { retakesEnded } = report.run;
    expect([retakesEnded?.takenOnce, (retakesEnded?.sample ?? 0) >= 5]).toEqual([120 - sent, true]);
    const once = report.captures.filter(({ attempts }) => attempts === 1);
    expect(once).toHaveLength(120 - sent);
    expect(once.every(({ comparison }) => comparison?.findings?.some(({ kind }) => kind === 'taken-once'))).toBe(true);
    expect(describeVerdict(report).explanation).toContain(`so ${120 - sent} differing captures were taken only once.`);
    await rm(join(workspace.path, 'visual-capture'), { recursive: true });
  });
});
