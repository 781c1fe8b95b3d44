import { sampleRun } from '../../../scripts/sample-run.ts';
import { defined } from '../../../src/basics/record.ts';
import type { ErrorCodeName } from '../../../src/errors/codes.ts';
import { groupChanges } from '../../../src/results/groups/group-changes.ts';
import type {
  CaptureFields,
  CaptureReport,
  CaptureStatus,
  Comparison,
  FailureReport,
  RegionTrace,
  Report,
  RunReport,
  ServiceTotals,
  Shade,
  VariantOfCapture,
} from '../../../src/results/model.ts';
import { countTotals, decideOutcome } from '../../../src/results/outcome.ts';
import type { ShadeFinding } from '../../../src/results/shade-finding.ts';
import { explainFailure } from '../../../src/services/describe-error.ts';

/** Reports for the tests: whole, plausible, and the same on every run. */

const desktop = { name: '1280x800', width: 1280, height: 800, scale: 1 };
const mobile = { name: 'mobile', width: 390, height: 844, scale: 3 };

/** Any fields of a capture, whether or not they go together. */
export type CaptureChange = Partial<CaptureFields> & {
  readonly status?: CaptureStatus;
  readonly comparison?: Comparison | undefined;
  readonly variant?: VariantOfCapture | undefined;
  readonly error?: FailureReport | undefined;
};

/** A capture with all that its status asks for, and nothing that it forbids. */
export function completeCapture(written: CaptureFields & CaptureChange): CaptureReport {
  const { status = 'unchanged', comparison, variant, error, ...fields } = written;
  switch (status) {
    case 'unchanged':
    case 'changed':
      return {
        ...fields,
        status,
        comparison: comparison ?? makeComparison({ diffPixels: 0, diffRatio: 0, regions: [] }),
        ...(variant === undefined ? {} : { variant }),
      };
    case 'failed':
    case 'skipped':
      return { ...fields, status, error: error ?? makeFailure('render_timeout') };
    case 'added':
    case 'removed':
    case 'captured':
      return { ...fields, status };
  }
}

export function makeCapture(name: string, change: CaptureChange = {}): CaptureReport {
  const viewport = change.viewport ?? desktop;
  return completeCapture({
    id: `${name}/${viewport.name}`,
    name,
    viewport,
    url: `https://preview.example/${name}`,
    source: { file: 'visual-capture.yml', line: 6 },
    unstable: false,
    attempts: 1,
    durationMs: 1234,
    files: {},
    ...change,
  });
}

export function makeComparison(change: Partial<Comparison> = {}): Comparison {
  const size = { width: 1280, height: 800 };
  return {
    diffPixels: 4312,
    diffRatio: 4312 / (1280 * 800),
    maskedPixels: 0,
    baselineSize: size,
    actualSize: size,
    regions: [{ x: 40, y: 80, width: 320, height: 64, diffPixels: 4312 }],
    ...change,
  };
}

export function makeFailure(code: ErrorCodeName, change: { detail?: string; url?: string; undone?: number } = {}): FailureReport {
  const status = { payment_required: 402, render_timeout: 504, engine_busy: 503, selector_not_found: 400 }[code as string];
  return explainFailure(
    { code, ...defined({ status, detail: change.detail }) },
    {
      ...defined({ url: change.url }),
      selector: '#plans',
      place: 'visual-capture.yml:6',
      run: { ...sampleRun, heldBackMs: 12_000, undone: change.undone ?? 0 },
    },
    'api',
  );
}

export function makeReport(
  captures: readonly CaptureReport[],
  change: { stopped?: FailureReport; run?: Partial<RunReport>; service?: Partial<ServiceTotals> } = {},
): Report {
  const totals = countTotals(captures);
  const requests = captures.reduce((sum, { attempts }) => sum + attempts, 0);
  const sent = captures.filter(({ attempts }) => attempts > 0).length;
  return {
    version: 1,
    outcome: decideOutcome(totals),
    totals,
    service: {
      requests,
      retries: requests - sent,
      heldBackMs: 6000,
      credits: sent - totals.failed,
      possiblyBilled: 0,
      ...change.service,
    },
    captures,
    ...defined({ stopped: change.stopped }),
    run: {
      startedAt: '2026-03-02T10:00:00.000Z',
      durationMs: 64_200,
      engine: 'api',
      baseline: 'directory visual-baselines',
      baselineKind: 'directory',
      failOn: ['changed', 'failed'],
      versions: { visualCapture: '0.1.0', pixelmatch: '7.2.0' },
      ...change.run,
    },
  };
}

/** The same report from a run in CI that uploaded its results. */
export function inWorkflow(report: Report, run: Partial<RunReport> = {}): Report {
  const ci = {
    url: 'https://github.com/acme/site/actions/runs/1',
    commit: '7f3c2a90b1d84e5f6a7b8c9d0e1f2a3b4c5d6e7f',
    artifactName: 'visual-capture',
  };
  return { ...report, run: { ...report.run, ci, ...run } };
}

/** A run after a change was accepted, before it is merged. */
export function withAccepted(): Report {
  const files = (id: string) => ({ actual: `actual/${id}.png`, baseline: `baseline/${id}.png` });
  const equal = makeComparison({ diffPixels: 0, diffRatio: 0, regions: [] });
  return makeReport(
    [
      makeCapture('index', { comparison: equal, files: files('index/1280x800') }),
      makeCapture('pricing', { accepted: true, comparison: equal, files: files('pricing/1280x800') }),
      makeCapture('pricing', { viewport: mobile, accepted: true, comparison: equal, files: files('pricing/mobile') }),
      makeCapture('news', { status: 'changed', comparison: makeComparison(), files: files('news/1280x800') }),
    ],
    { run: { baseline: 'ref refs/visual-capture/baselines/main', baselineKind: 'ref' } },
  );
}

/** One capture of every status, as a team would see it on an ordinary bad day. */
export function everyStatus(): Report {
  return makeReport([
    makeCapture('index', {
      files: { actual: 'actual/index/1280x800.png', baseline: 'baseline/index/1280x800.png' },
      comparison: makeComparison({ diffPixels: 0, diffRatio: 0, regions: [] }),
    }),
    makeCapture('index', { viewport: mobile }),
    makeCapture('pricing', {
      status: 'changed',
      attempts: 2,
      source: { file: 'visual-capture.yml', line: 9 },
      comparison: makeComparison(),
      files: {
        actual: 'actual/pricing/1280x800.png',
        baseline: 'baseline/pricing/1280x800.png',
        diff: 'diff/pricing/1280x800.png',
      },
    }),
    makeCapture('pricing', {
      viewport: mobile,
      status: 'changed',
      unstable: true,
      source: { file: 'visual-capture.yml', line: 9 },
      comparison: makeComparison({
        diffPixels: 412_000,
        diffRatio: 412_000 / (1170 * 2600),
        maskedPixels: 9600,
        baselineSize: { width: 1170, height: 2532 },
        actualSize: { width: 1170, height: 2600 },
        regions: [
          { x: 0, y: 2532, width: 1170, height: 68, diffPixels: 79_560 },
          { x: 60, y: 300, width: 1050, height: 900, diffPixels: 332_440 },
        ],
      }),
      files: { actual: 'actual/pricing/mobile.png', baseline: 'baseline/pricing/mobile.png', diff: 'diff/pricing/mobile.png' },
    }),
    makeCapture('blog/launch', {
      status: 'added',
      source: { file: 'visual-capture.yml', line: 14 },
      files: { actual: 'actual/blog/launch/1280x800.png' },
    }),
    {
      ...makeCapture('about', {
        status: 'removed',
        attempts: 0,
        durationMs: 0,
        files: { baseline: 'baseline/about/1280x800.png' },
      }),
    },
    makeCapture('photo', { status: 'captured', files: { actual: 'actual/photo/1280x800.jpg' } }),
    makeCapture('plans', {
      status: 'failed',
      source: { file: 'visual-capture.yml', line: 17 },
      durationMs: 21_000,
      error: makeFailure('selector_not_found'),
    }),
    makeCapture('status', {
      status: 'failed',
      attempts: 2,
      durationMs: 41_000,
      source: { file: 'visual-capture.yml', line: 20 },
      error: makeFailure('render_timeout', { url: 'https://preview.example/status' }),
    }),
  ]);
}

/** The account ran out of credits after two captures. */
export function outOfCredits(): Report {
  const stopped = makeFailure('payment_required', { undone: 30 });
  const skipped = Array.from({ length: 29 }, (_, index) =>
    makeCapture(`page-${index + 1}`, {
      status: 'skipped',
      attempts: 0,
      durationMs: 0,
      error: stopped,
      source: { file: 'visual-capture.yml', line: 10 + index },
    }),
  );
  return makeReport(
    [
      makeCapture('index'),
      makeCapture('pricing'),
      makeCapture('blog', { status: 'failed', error: makeFailure('payment_required') }),
      ...skipped,
    ],
    { stopped },
  );
}

/** Names and messages as an enemy would choose them. */
export function hostile(): Report {
  const names = [
    '<img src=x onerror=alert(1)>',
    '</script><script>alert(2)</script>',
    '\u202egnp.live\u202c',
    'x'.repeat(300),
    '@everyone | `code` [link](javascript:alert(3)) #1',
    'esc\u001b[31mred\u0007 tab\tline\nbreak',
    '$(touch /tmp/owned) \'; rm -rf "',
  ];
  return makeReport(
    names.map((name, index) =>
      makeCapture(name, {
        id: `${name}/1280x800`,
        url: `https://preview.example/?q=${name}`,
        status: index % 2 === 0 ? 'changed' : 'failed',
        ...(index % 2 === 0
          ? { comparison: makeComparison({ diffRatio: 0.01 * (index + 1) }), files: { actual: `actual/${index}.png` } }
          : { error: makeFailure('unexpected_response', { detail: `HTTP 502: ${name}` }) }),
      }),
    ),
  );
}

/** A capture that had to wait and was taken on its second attempt. */
export function withTimeline(): Report {
  return makeReport([
    makeCapture('busy', {
      attempts: 2,
      durationMs: 8330,
      timeline: [
        { kind: 'wait', startMs: 0, durationMs: 900, reason: 'concurrency' },
        { kind: 'request', startMs: 900, durationMs: 310, result: 'engine_busy' },
        { kind: 'wait', startMs: 1210, durationMs: 5000, reason: 'engine_busy' },
        { kind: 'request', startMs: 6210, durationMs: 2120, result: 'image' },
      ],
    }),
  ]);
}

/** A background that changed by less than the threshold sees, and more. */
export const shadeFinding = (...more: readonly Shade[]): ShadeFinding => ({
  kind: 'shade',
  counts: false,
  places: 1 + more.length,
  share: 0.625,
  shades: [{ x: 0, y: 64, width: 1280, height: 736, diffPixels: 640_000, from: '#f0eff5', to: '#e0dfe5' }, ...more],
});

/** A run whose numbers are not the whole truth: doubtful pages, another browser, changed shades, pages that do not hold still. */
export function doubtful(): Report {
  const environmentChanges = [{ what: 'browser', baseline: 'Chrome 152.0.1', actual: 'Chrome 153.0.2' }];
  return makeReport([
    makeCapture('account', {
      pageProblem: { kind: 'foreign_redirect', message: 'It was redirected to https://login.example/, which is another origin.' },
    }),
    makeCapture('index', { environmentChanges }),
    makeCapture('pricing', { environmentChanges, status: 'changed', comparison: makeComparison() }),
    makeCapture('news', {
      status: 'changed',
      comparison: makeComparison({
        findings: [{ kind: 'moved', shifts: [{ y: 1240, byPx: 3 }], shiftCount: 1, endPx: 0, blocks: 2 }],
      }),
    }),
    makeCapture('ticker', {
      unstable: true,
      unstableRegions: [{ x: 0, y: 0, width: 200, height: 40, diffPixels: 900 }],
      comparison: makeComparison({
        diffPixels: 0,
        diffRatio: 0,
        regions: [],
        findings: [{ kind: 'left-out', places: 1, share: 0.0078 }],
      }),
    }),
    makeCapture('theme', {
      comparison: makeComparison({ diffPixels: 0, diffRatio: 0, regions: [], findings: [shadeFinding()] }),
      files: { actual: 'actual/theme/1280x800.png', baseline: 'baseline/theme/1280x800.png', diff: 'diff/theme/1280x800.png' },
    }),
    makeCapture('shop', {
      source: { file: 'visual-capture.yml', line: 9 },
      comparison: makeComparison({
        diffPixels: 0,
        diffRatio: 0,
        regions: [],
        findings: [
          shadeFinding(
            { x: 40, y: 500, width: 120, height: 40, diffPixels: 3900, from: '#2563eb', to: '#1d4ed8' },
            { x: 40, y: 600, width: 120, height: 40, diffPixels: 3900, from: '#2563eb', to: '#1d4ed8' },
          ),
        ],
      }),
      files: { actual: 'actual/shop/1280x800.png', baseline: 'baseline/shop/1280x800.png', diff: 'diff/shop/1280x800.png' },
    }),
    makeCapture('feed', {
      pageWarnings: [
        { kind: 'endless', heightPx: 30_000 },
        { kind: 'missing-glyphs', scripts: ['Chinese', 'emoji'] },
      ],
      pageErrors: {
        exceptions: ['TypeError: x is undefined'],
        consoleErrors: ['Failed to load resource'],
        failedResources: [{ kind: 'font', url: 'https://preview.example/a.woff2', reason: '404' }],
      },
    }),
  ]);
}

/** The trace of a change that is known by a word: equal words are the same change. */
export function makeTrace(change: string, trace: Partial<RegionTrace> = {}): RegionTrace {
  return {
    hash: Buffer.from(change.padEnd(16, '.')).subarray(0, 16).toString('hex'),
    look: {
      from: [32_767, 0],
      to: [1234, 0],
      recoloured: false,
      shape: '0'.repeat(16),
      movedPercent: 0,
      movedPx: 0,
      wordsBefore: 1,
      wordsAfter: 1,
    },
    ...trace,
  };
}

/** A changed capture whose regions show these changes, from top to bottom, the first one the largest. */
export function makeChanged(name: string, changes: readonly string[], change: CaptureChange = {}): CaptureReport {
  const regions = changes.map((_, at) => ({ x: 0, y: at * 200, width: 1280, height: 64, diffPixels: 4000 - at }));
  return makeCapture(name, {
    status: 'changed',
    comparison: makeComparison({ regions, traces: changes.map((one) => makeTrace(one)) }),
    ...change,
    files: change.files ?? picturesOf(name, change),
  });
}

function picturesOf(name: string, { viewport = desktop }: CaptureChange): CaptureFields['files'] {
  const path = (kind: string) => `${kind}/${name}/${viewport.name}.png`;
  return { actual: path('actual'), baseline: path('baseline'), diff: path('diff') };
}

/** A pull request that changed the header, which looks another in each of two viewports, the footer of one of them, and one page. */
export function withSharedChanges(): Report {
  const pages = Array.from({ length: 40 }, (_, at) => `page-${at + 1}`);
  const { name, width, height, scale } = mobile;
  return groupChanges(
    makeReport([
      ...pages.map((page) => makeChanged(page, ['header', ...(page === 'page-7' ? ['price'] : [])])),
      ...pages.map((page) => makeChanged(page, ['mobile header', 'footer'], { viewport: { name, width, height, scale } })),
    ]),
  );
}
