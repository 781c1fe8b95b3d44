import type { Rect, Size } from '../basics/geometry.ts';
import { maxRetakes } from '../basics/pace.ts';
import { type ErrorCodeName, errorCodes } from '../errors/codes.ts';
import { browserVersion } from '../plan/browser.ts';
import { maxVariants } from '../plan/capture-id.ts';
import { mostMasks } from '../plan/page-settings.ts';
import { maxShards } from '../plan/shard.ts';
import { engineNames, widestLimits } from '../services/registry.ts';
import { mostTracedRuns, runLength } from './groups/row-runs.ts';
import {
  type AccountLimit,
  type AlikeChanges,
  type BaselinesReport,
  baselineKinds,
  type CaptureEnvironment,
  type CaptureFields,
  type CaptureReport,
  type CaptureStatus,
  type ChangedRegion,
  type ChangeGroup,
  type ChangeLook,
  type CiRun,
  type Comparison,
  captureStatuses,
  type DownloadedBrowser,
  type EnvironmentChange,
  type FailureReport,
  type Finding,
  listedShades,
  listedShifts,
  type MaskedParts,
  type NoisePlace,
  type PageProblem,
  type PerFile,
  pageProblemKinds,
  type RegionTrace,
  type Report,
  type RetakesEnded,
  type RunReport,
  type ServiceTotals,
  type Shade,
  type ShardReport,
  type SharedShade,
  type Shift,
  steadyingInputs,
  type TimelineEntry,
  type Totals,
  type UnstableRegion,
  type VariantOfCapture,
} from './model.ts';
import { pageErrorsShape, pageWarningShape, sourceShape } from './page-facts.ts';
import {
  dictionary,
  flag,
  integer,
  list,
  matching,
  number,
  oneOf,
  optional,
  record,
  type Shape,
  text,
  union,
  utcTime,
  WrongShape,
} from './shape.ts';

/** Above what a run of ours writes, and low enough that no report of it grows without bounds. */
const limits = {
  captures: 10_000,
  regions: 10_000,
  timeline: 1000,
  /** Far more than ever share one commit. */
  pullRequests: 1000,
  takes: 1 + maxRetakes,
  /** Of a name, in characters; src/plan/safe-name.ts allows 120. */
  name: 500,
  /** Of a message or a fix, in characters. */
  words: 4000,
} as const;

const id = text(2 * limits.name);
const status = oneOf(...captureStatuses);
const code = oneOf(...(Object.keys(errorCodes) as ErrorCodeName[]));
// Whatever follows is escaped where it is shown; the scheme is what makes a link dangerous.
const webUrl = matching(/^https?:\/\/[\s\S]{1,8000}$/, 'an http(s) URL');
const sha256 = matching(/^[0-9a-f]{64}$/, 'a SHA-256 in hex');
/** In pixels: no picture is larger (src/compare/limits.ts), so none is made larger on the word of a report either. */
const maxSide = 65_535;
const coordinate = integer(0, maxSide);
const side = integer(1, maxSide);
const isTrue = oneOf(true);
const colour = matching(/^#[0-9a-f]{6}$/, 'a colour as #rrggbb');

const size = record<Size>({ width: side, height: side });

const region = record<ChangedRegion>({
  x: coordinate,
  y: coordinate,
  width: side,
  height: side,
  diffPixels: integer(),
  only: optional(oneOf('actual', 'baseline')),
  baselineY: optional(coordinate),
});

const rowRuns = matching(new RegExp(`^[A-Za-z0-9+/]{0,${mostTracedRuns * runLength}}$`), 'runs of rows in base64');
const coarseColours = list(integer(0, 1 << 15), 2);
const trace = record<RegionTrace>({
  hash: matching(/^[0-9a-f]{32}$/, 'half a SHA-256 in hex'),
  rows: optional(rowRuns),
  tail: optional(rowRuns),
  look: record<ChangeLook>({
    from: coarseColours,
    to: coarseColours,
    recoloured: flag,
    shape: matching(/^[0-9a-f]{16}$/, 'a grid of 4 × 4'),
    movedPercent: integer(0, 100),
    movedPx: integer(-maxSide, maxSide),
    wordsBefore: integer(),
    wordsAfter: integer(),
  }),
});

const place = record<Rect>({ x: coordinate, y: coordinate, width: side, height: side });

/** Also of the manifests that baselines carry. */
export const placesShape: Shape<readonly NoisePlace[]> = list(
  record<NoisePlace>({ x: coordinate, y: coordinate, width: side, height: side, shade: optional(isTrue) }),
  limits.regions,
);

/** CSS pixels may be smaller than those of the picture. */
const cssPixels = integer(0, 10_000_000);

/** Also of the manifests that baselines carry. */
export const masksShape: Shape<readonly MaskedParts[]> = list(
  record<MaskedParts>({
    selector: text(limits.words),
    boxes: list(record<Rect>({ x: cssPixels, y: cssPixels, width: cssPixels, height: cssPixels }), mostMasks),
  }),
  mostMasks,
);

const unstableRegion = record<UnstableRegion>({
  x: coordinate,
  y: coordinate,
  width: side,
  height: side,
  diffPixels: integer(),
  shade: optional(isTrue),
});

const waysOut = list(oneOf(...steadyingInputs), steadyingInputs.length);

const finding = union<Finding>({
  'not-repeated': record<FindingOf<'not-repeated'>>({ kind: oneOf('not-repeated'), diffPixels: integer() }),
  'left-out': record<FindingOf<'left-out'>>({ kind: oneOf('left-out'), places: integer(), share: number(0, 1) }),
  'too-unstable': record<FindingOf<'too-unstable'>>({
    kind: oneOf('too-unstable'),
    share: number(0, 1),
    allowedShare: number(0, 1),
    largest: place,
    waysOut,
  }),
  'new-noise': record<FindingOf<'new-noise'>>({ kind: oneOf('new-noise'), places: integer(), largest: place, waysOut }),
  'not-retaken': record<FindingOf<'not-retaken'>>({ kind: oneOf('not-retaken'), code }),
  'taken-once': record<FindingOf<'taken-once'>>({ kind: oneOf('taken-once'), sample: integer() }),
  'damaged-file': record<FindingOf<'damaged-file'>>({
    kind: oneOf('damaged-file'),
    which: oneOf('baseline', 'actual'),
    reason: text(limits.words),
  }),
  'only-browser': record<FindingOf<'only-browser'>>({ kind: oneOf('only-browser'), browser: text(limits.name) }),
  'not-only-browser': record<FindingOf<'not-only-browser'>>({ kind: oneOf('not-only-browser'), browser: text(limits.name) }),
  'earlier-browser-failed': record<FindingOf<'earlier-browser-failed'>>({
    kind: oneOf('earlier-browser-failed'),
    browser: text(limits.name),
    code,
  }),
  'same-browser': record<FindingOf<'same-browser'>>({ kind: oneOf('same-browser'), browser: text(limits.name) }),
  'unknown-browser': record<FindingOf<'unknown-browser'>>({ kind: oneOf('unknown-browser') }),
  shade: record<FindingOf<'shade'>>({
    kind: oneOf('shade'),
    counts: flag,
    places: integer(1),
    share: number(0, 1),
    shades: list(
      record<Shade>({ x: coordinate, y: coordinate, width: side, height: side, diffPixels: integer(), from: colour, to: colour }),
      listedShades,
    ),
  }),
  moved: record<FindingOf<'moved'>>({
    kind: oneOf('moved'),
    shifts: list(record<Shift>({ y: coordinate, byPx: integer(-maxSide, maxSide) }), listedShifts),
    shiftCount: integer(0, maxSide),
    endPx: integer(-maxSide, maxSide),
    blocks: integer(),
  }),
});

const readComparison = record<Comparison>({
  diffPixels: integer(),
  diffRatio: number(0, 1),
  maskedPixels: integer(),
  baselineSize: size,
  actualSize: size,
  regions: list(region, limits.regions),
  traces: optional(list(trace, limits.regions)),
  findings: optional(list(finding, 10)),
});

/** The words are written for people and read by nobody. */
const comparison: Shape<Comparison> = {
  read: readComparison.read,
  schema: {
    ...readComparison.schema,
    properties: {
      ...Object(readComparison.schema['properties']),
      explanation: { type: 'string', description: 'The findings in words.' },
    },
  },
};

const failure = record<FailureReport>({
  code,
  status: optional(integer(100, 599)),
  message: text(limits.words),
  fix: text(limits.words),
});

const timelineEntry = union<TimelineEntry>({
  request: record<Extract<TimelineEntry, { kind: 'request' }>>({
    kind: oneOf('request'),
    startMs: number(),
    durationMs: number(),
    result: oneOf('image', 'abandoned', ...(Object.keys(errorCodes) as ErrorCodeName[])),
  }),
  wait: record<Extract<TimelineEntry, { kind: 'wait' }>>({
    kind: oneOf('wait'),
    startMs: number(),
    durationMs: number(),
    reason: oneOf('concurrency', ...(Object.keys(errorCodes) as ErrorCodeName[])),
  }),
});

const versions = record<RunReport['versions']>({ visualCapture: text(50), pixelmatch: text(50) });

/** Also of the manifests that baselines carry. */
export const environmentShape: Shape<CaptureEnvironment> = record<CaptureEnvironment>({
  engine: oneOf(...engineNames),
  browser: optional(text(200)),
  platform: optional(text(200)),
  viewport: text(100),
  options: dictionary(text(limits.words), 100),
  versions,
});

const environmentChange = record<EnvironmentChange>({
  what: text(200),
  baseline: text(limits.words),
  actual: text(limits.words),
});

function perFile(one: Shape<string>): Shape<PerFile> {
  return record<PerFile>({
    actual: optional(one),
    baseline: optional(one),
    diff: optional(one),
    aligned: optional(one),
    takes: optional(list(one, limits.takes)),
  });
}

/** One kind of finding. */
type FindingOf<Kind extends Finding['kind']> = Extract<Finding, { kind: Kind }>;

const groupId = matching(/^g[1-9][0-9]{0,6}$/, 'the id of a group, like g1');

/** As they are read, before it is looked at whether they go together. */
interface WrittenCapture extends CaptureFields {
  readonly status: CaptureStatus;
  readonly comparison?: Comparison;
  readonly variant?: VariantOfCapture;
  readonly groups?: readonly string[];
  readonly error?: FailureReport;
}

const writtenCapture = record<WrittenCapture>({
  id,
  name: text(limits.name),
  viewport: record<CaptureReport['viewport']>({
    name: text(limits.name),
    // 0 where it is not known: a removed baseline tells the name of its viewport alone.
    width: coordinate,
    height: coordinate,
    // As the inputs allow it.
    scale: number(widestLimits.deviceScaleFactor.min, widestLimits.deviceScaleFactor.max),
  }),
  url: optional(webUrl),
  baselineUrl: optional(webUrl),
  source: optional(sourceShape),
  status,
  unstable: flag,
  unstableRegions: optional(list(unstableRegion, limits.regions)),
  baselineNoise: optional(placesShape),
  masks: optional(masksShape),
  baselineMasks: optional(masksShape),
  pageProblem: optional(
    record<PageProblem>({
      kind: oneOf(...pageProblemKinds),
      message: text(limits.words),
      status: optional(integer(100, 999)),
    }),
  ),
  pageWarnings: optional(list(pageWarningShape, 10)),
  pageErrors: optional(pageErrorsShape),
  attempts: integer(0, 1000),
  durationMs: number(),
  timeline: optional(list(timelineEntry, limits.timeline)),
  size: optional(size),
  comparison: optional(comparison),
  variant: optional(record<VariantOfCapture>({ number: integer(1, maxVariants), count: integer(2, maxVariants) })),
  groups: optional(list(groupId, limits.regions)),
  error: optional(failure),
  files: perFile(text(limits.name * 2 + 20)),
  sha256: optional(perFile(sha256)),
  environment: optional(environmentShape),
  environmentChanges: optional(list(environmentChange, 100)),
  hasBaseline: optional(isTrue),
  accepted: optional(isTrue),
  baselineUpdated: optional(isTrue),
});

/** The one field that a status cannot be without, and that no other may have. */
const neededBy: { readonly [Status in CaptureStatus]?: 'comparison' | 'error' } = {
  unchanged: 'comparison',
  changed: 'comparison',
  failed: 'error',
  skipped: 'error',
};

const capture: Shape<CaptureReport> = {
  read: (value, at) => {
    const written = writtenCapture.read(value, at);
    const needed = neededBy[written.status];
    for (const field of ['comparison', 'error'] as const) {
      if ((written[field] !== undefined) !== (field === needed)) {
        throw new WrongShape(`${at}.${field} must ${field === needed ? '' : 'not '}be there when status is ${written.status}`);
      }
    }
    if (written.variant !== undefined && written.comparison === undefined) {
      throw new WrongShape(`${at}.variant must not be there where nothing was compared`);
    }
    // What was just looked at, field by field, the compiler cannot follow.
    return written as WrittenCapture & CaptureReport;
  },
  schema: {
    ...writtenCapture.schema,
    allOf: Object.entries(neededBy).map(([status, field]) => ({
      if: { properties: { status: { const: status } }, required: ['status'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      then: { required: [field] },
    })),
  },
};

const count = integer(0, limits.captures);

const totals = record<Totals>({
  captures: count,
  unchanged: count,
  changed: count,
  added: count,
  removed: count,
  captured: count,
  failed: count,
  skipped: count,
});

const sharedChange = {
  captures: count,
  size,
  example: id,
  regions: dictionary(list(integer(0, limits.regions), limits.regions), limits.captures),
};
const sharedShade = record<SharedShade>({ from: colour, to: colour, width: optional(side), height: side });
const group = record<ChangeGroup>({ id: groupId, shades: optional(list(sharedShade, listedShades)), ...sharedChange });
const alike = record<AlikeChanges>({
  id: matching(/^a[1-9][0-9]{0,6}$/, 'the id of changes that are alike, like a1'),
  groups: list(groupId, limits.captures),
  ...sharedChange,
});

const accountLimit = record<AccountLimit>({ requests: integer(1), windowMs: integer(1) });
const service = record<ServiceTotals>({
  limit: optional(accountLimit),
  requests: integer(),
  retries: integer(),
  heldBackMs: number(),
  credits: integer(),
  possiblyBilled: integer(),
});

/** A limit as some file tells it; undefined: it tells none that can be understood. */
export function readAccountLimit(value: unknown): AccountLimit | undefined {
  try {
    return accountLimit.read(value, 'limit');
  } catch {
    return undefined;
  }
}

const baselines = record<BaselinesReport>({
  branch: text(limits.name),
  relation: oneOf('ancestor', 'unrelated', 'unknown'),
  behind: integer(),
  changedSince: optional(list(id, limits.captures)),
  expected: optional(record<NonNullable<BaselinesReport['expected']>>({ commit: text(64), url: webUrl })),
});

const shard = record<ShardReport>({
  index: integer(1, maxShards),
  count: integer(1, maxShards),
  judgedBy: optional(
    record<NonNullable<ShardReport['judgedBy']>>({
      rules: sha256,
      previews: sha256,
      commit: sha256,
      baselines: sha256,
      browser: sha256,
    }),
  ),
  build: optional(sha256),
  plan: list(list(id, limits.captures), maxShards),
});

const run = record<RunReport>({
  startedAt: utcTime,
  durationMs: number(),
  engine: oneOf(...engineNames, 'files'),
  baseline: text(1000),
  baselineKind: optional(oneOf(...baselineKinds)),
  failOn: list(status, captureStatuses.length),
  versions,
  nothingCompared: optional(record<NonNullable<RunReport['nothingCompared']>>({ reason: text(limits.words), allowed: flag })),
  retakesEnded: optional(record<RetakesEnded>({ sample: integer(1), takenOnce: integer(1) })),
  triedOptions: optional(list(text(limits.name), 100)),
  browser: optional(
    record<DownloadedBrowser>({
      version: matching(browserVersion, 'a version like 154.0.8100.2'),
      platform: matching(/^[a-z0-9]{1,20} [a-z0-9]{1,20}$/, 'a system like linux x64'),
      sha256,
    }),
  ),
  ci: optional(record<CiRun>({ url: webUrl, commit: text(64), artifactName: optional(text(limits.name)) })),
  commit: optional(text(64)),
  pullRequests: optional(list(integer(1), limits.pullRequests)),
  baselineCommit: optional(text(64)),
  baselines: optional(baselines),
  checkout: optional(record<NonNullable<RunReport['checkout']>>({ commit: text(64), ref: optional(text(limits.name)) })),
  shard: optional(shard),
});

/**
 * results.json, field by field: what readers of other jobs' results check and docs/results.schema.json are made from it.
 * A field of the model that is not here does not compile.
 */
export const reportShape: Shape<Report> = record<Report>({
  version: oneOf(1),
  outcome: oneOf('passed', 'changed', 'failed'),
  totals,
  service,
  captures: list(capture, limits.captures),
  groups: optional(list(group, limits.captures)),
  alike: optional(list(alike, limits.captures)),
  stopped: optional(failure),
  run,
});
