import type { Browser } from 'puppeteer-core';
import { createInProcessComparer } from '../../src/compare/in-process.ts';
import { renderThumbnail } from '../../src/compare/thumbnail.ts';
import type { FixContext } from '../../src/errors/fix-context.ts';
import { type ImageSource, thumbnailSize } from '../../src/report/html/pictures.ts';
import { groupChanges } from '../../src/results/groups/group-changes.ts';
import type {
  CaptureReport,
  CaptureStatus,
  ChangeGroup,
  ComparedCapture,
  Report,
  TimelineEntry,
} from '../../src/results/model.ts';
import { countTotals, decideOutcome } from '../../src/results/outcome.ts';
import { explainFailure } from '../../src/services/describe-error.ts';
import { sampleRun } from '../sample-run.ts';
import { pages, type Version } from './site.ts';

/** A report as a team would get it, with real pictures that were really compared. */
export interface Sample {
  readonly report: Report;
  readonly images: ImageSource;
}

const viewports = [
  { name: '1280x800', width: 1280, height: 800, scale: 1 },
  { name: 'mobile', width: 390, height: 844, scale: 2 },
];

const plain: readonly TimelineEntry[] = [{ kind: 'request', startMs: 200, durationMs: 1840, result: 'image' }];
const busy: readonly TimelineEntry[] = [
  { kind: 'wait', startMs: 0, durationMs: 900, reason: 'concurrency' },
  { kind: 'request', startMs: 900, durationMs: 310, result: 'engine_busy' },
  { kind: 'wait', startMs: 1210, durationMs: 5000, reason: 'engine_busy' },
  { kind: 'request', startMs: 6210, durationMs: 2120, result: 'image' },
];

/** Captures both versions of the sample site with `browser` and compares them. */
export async function makeSample(browser: Browser): Promise<Sample> {
  const files = new Map<string, Uint8Array>();
  const captures: CaptureReport[] = [];
  for (const [index, [name, render]] of Object.entries(pages).entries()) {
    for (const viewport of viewports) {
      captures.push(await makeCapture(browser, files, name, render, viewport, index));
    }
  }
  captures.push(makeFailure('checkout', 'render_timeout', 504), makeFailure('account', 'selector_not_found', 400));
  return { report: groupChanges(makeReport(captures)), images: imagesOf(files) };
}

async function makeCapture(
  browser: Browser,
  files: Map<string, Uint8Array>,
  name: string,
  render: (version: Version) => string | undefined,
  viewport: CaptureReport['viewport'],
  index: number,
): Promise<CaptureReport> {
  const [baseline, actual] = await Promise.all(
    (['before', 'after'] as const).map(async (version) => {
      const html = render(version);
      return html === undefined ? undefined : takePicture(browser, html, viewport);
    }),
  );
  const id = `${name}/${viewport.name}`;
  const keep = (kind: string, bytes: Uint8Array): string => {
    const path = `${kind}/${id}.png`;
    files.set(path, bytes);
    return path;
  };
  const common = {
    id,
    name,
    viewport,
    url: `https://deploy-preview-218.leaf.example/${name === 'index' ? '' : name}`,
    source: { file: 'visual-capture.yml', line: 6 + index * 2 },
    unstable: false,
    attempts: index % 3 === 1 ? 2 : 1,
    durationMs: index % 3 === 1 ? 8330 : 1840,
    timeline: index % 3 === 1 ? busy : plain,
  };
  if (actual === undefined || baseline === undefined) {
    const status = baseline === undefined ? 'added' : 'removed';
    return {
      ...common,
      status,
      files: {
        ...(actual === undefined ? {} : { actual: keep('actual', actual) }),
        ...(baseline === undefined ? {} : { baseline: keep('baseline', baseline) }),
      },
    };
  }
  return { ...common, ...(await compare({ baseline, actual }, viewport.scale, keep)) };
}

/** Compares as a check does: verdict, difference, how the page moved, and what the regions show. */
async function compare(
  pictures: { readonly baseline: Uint8Array; readonly actual: Uint8Array },
  scale: number,
  keep: (kind: string, bytes: Uint8Array) => string,
): Promise<Pick<ComparedCapture, 'status' | 'comparison' | 'files'>> {
  const pair = { ...pictures, scale, settings: { threshold: 0.1, includeAntiAliasing: false, mask: [] } };
  const comparer = createInProcessComparer();
  const result = await comparer.compare(pair);
  if (result.kind !== 'compared') {
    throw new Error(result.reason);
  }
  const diff = result.picture && (await comparer.draw(result.picture, []));
  const { diffPixels, regions } = result.comparison;
  const alignment = await comparer.align(pair, diffPixels, scale);
  const traces = alignment?.traces ?? (await comparer.trace(pair, regions, scale)) ?? [];
  const moved = alignment === undefined ? {} : { regions: alignment.regions, findings: [alignment.drift] };
  return {
    status: result.status,
    comparison: { ...result.comparison, ...moved, traces },
    files: {
      actual: keep('actual', pictures.actual),
      baseline: keep('baseline', pictures.baseline),
      ...(diff === undefined ? {} : { diff: keep('diff', diff) }),
      ...(alignment === undefined ? {} : { aligned: keep('aligned', alignment.picture) }),
    },
  };
}

async function takePicture(browser: Browser, html: string, viewport: CaptureReport['viewport']): Promise<Uint8Array> {
  const page = await browser.newPage();
  await page.setViewport({ width: viewport.width, height: viewport.height, deviceScaleFactor: viewport.scale });
  await page.setContent(html);
  const bytes = await page.screenshot({ fullPage: true });
  await page.close();
  return bytes;
}

function makeFailure(name: string, code: 'render_timeout' | 'selector_not_found', status: number): CaptureReport {
  const url = `https://deploy-preview-218.leaf.example/${name}`;
  const about: FixContext = {
    url,
    selector: '#orders',
    place: 'visual-capture.yml:24',
    run: { ...sampleRun, heldBackMs: 5000 },
  };
  return {
    id: `${name}/1280x800`,
    name,
    viewport: { name: '1280x800', width: 1280, height: 800, scale: 1 },
    url,
    source: { file: 'visual-capture.yml', line: 24 },
    status: 'failed',
    unstable: false,
    attempts: 2,
    durationMs: 41_900,
    timeline: [
      { kind: 'request', startMs: 300, durationMs: 20_400, result: code },
      { kind: 'wait', startMs: 20_700, durationMs: 1000, reason: code },
      { kind: 'request', startMs: 21_700, durationMs: 20_500, result: code },
    ],
    error: explainFailure({ code, status }, about, 'api'),
    files: {},
  };
}

/** Wraps captures up as the report of a run. */
export function makeReport(captures: readonly CaptureReport[]): Report {
  const totals = countTotals(captures);
  const requests = captures.reduce((sum, { attempts }) => sum + attempts, 0);
  return {
    version: 1,
    outcome: decideOutcome(totals),
    totals,
    service: {
      requests,
      retries: requests - captures.length,
      heldBackMs: 5000,
      credits: captures.length - totals.failed - totals.removed,
      possiblyBilled: 0,
    },
    captures,
    run: {
      startedAt: '2026-05-04T09:12:40.000Z',
      durationMs: 48_300,
      engine: 'api',
      baseline: 'directory visual-baselines',
      baselineKind: 'directory',
      failOn: ['changed', 'failed'],
      versions: { visualCapture: '0.1.0', pixelmatch: '7.2.0' },
      ci: {
        url: 'https://github.com/leaf-and-kettle/shop/actions/runs/1',
        commit: '4f1c2d9a7b3e5f60718293a4b5c6d7e8f9012345',
        artifactName: 'visual-capture',
      },
    },
  };
}

/**
 * A sample of `count` captures, as of a large site: the pictures of `sample` again and again, but for some bytes behind
 * their end, so that each counts as one of its own.
 */
export function enlarge({ report, images }: Sample, count: number): Sample {
  const byStatus = Map.groupBy(report.captures, ({ status }) => status);
  const captures = Array.from({ length: count }, (_, index): CaptureReport => {
    const models = byStatus.get(chooseStatus(index)) ?? report.captures;
    const model = models[index % models.length];
    const viewport = viewports[index % viewports.length];
    if (model === undefined || viewport === undefined) {
      throw new Error('The sample is empty.');
    }
    const number = Math.floor(index / viewports.length);
    const name = `${sections[number % sections.length]}/page-${String(number + 1).padStart(3, '0')}`;
    const files = Object.fromEntries(Object.entries(model.files).map(([kind, path]) => [kind, `${path}#${index}`]));
    const shown = shrinkComparison(model, 1 + (index % 50));
    return { ...shown, id: `${name}/${viewport.name}`, name, viewport, files };
  });
  return { report: regroup(makeReport(captures), report), images: distinct(images) };
}

/** The groups of the small report, on all captures that were made after theirs. */
function regroup(large: Report, small: Report): Report {
  const groups = (small.groups ?? []).flatMap((group): ChangeGroup[] => {
    const regions = Object.fromEntries(
      large.captures.flatMap(({ id, groups: own, files }) => {
        const model = files.actual?.replace(/^actual\/|\.png#.*$/g, '') ?? '';
        const indexes = group.regions[model];
        return own?.includes(group.id) === true && indexes !== undefined ? [[id, indexes]] : [];
      }),
    );
    const [example] = Object.keys(regions);
    return example === undefined ? [] : [{ ...group, captures: Object.keys(regions).length, example, regions }];
  });
  return { ...large, groups };
}

function distinct({ read, thumbnail }: ImageSource): ImageSource {
  const original = (path: string): string => path.slice(0, path.lastIndexOf('#'));
  const mark = (bytes: Uint8Array | undefined, path: string): Uint8Array | undefined =>
    bytes === undefined ? undefined : Buffer.concat([bytes, Buffer.from(path)]);
  return {
    read: async (path) => mark(await read(original(path)), path),
    thumbnail: async (path) => mark(await thumbnail(original(path)), path),
  };
}

function chooseStatus(index: number): CaptureStatus {
  if (index % 97 === 5) {
    return 'failed';
  }
  if (index % 20 === 3) {
    return 'changed';
  }
  return index % 120 === 7 ? 'added' : 'unchanged';
}

/** The same comparison with fewer pixels, so that not all changes are of one size. */
function shrinkComparison(capture: CaptureReport, divisor: number): CaptureReport {
  if (capture.comparison === undefined) {
    return capture;
  }
  const { diffPixels, diffRatio } = capture.comparison;
  const comparison = { ...capture.comparison, diffRatio: diffRatio / divisor, diffPixels: Math.round(diffPixels / divisor) };
  return { ...capture, comparison };
}

const sections = ['shop', 'blog', 'docs', 'gardens', 'help'];

function imagesOf(files: ReadonlyMap<string, Uint8Array>): ImageSource {
  return {
    read: async (path) => files.get(path),
    thumbnail: async (path) => {
      const bytes = files.get(path);
      return bytes === undefined ? undefined : renderThumbnail(bytes, thumbnailSize);
    },
  };
}
