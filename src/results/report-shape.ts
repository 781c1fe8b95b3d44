import type { Rect } from '../basics/geometry.ts';
import { type ErrorCodeName, errorCodes } from '../errors/codes.ts';
import { browserVersion } from '../plan/browser.ts';
import { maxVariants } from '../plan/capture-id.ts';
import { mostMasks } from '../plan/page-settings.ts';
import { maxShards } from '../plan/shard.ts';
import { engineNames, widestLimits } from '../services/registry.ts';
import { comparisonShape } from './comparison-shape.ts';
import {
  type AccountLimit,
  type AlikeChanges,
  type BaselinesReport,
  baselineKinds,
  type CaptureEnvironment,
  type CaptureFields,
  type CaptureReport,
  type CaptureStatus,
  type ChangeGroup,
  type CiRun,
  type Comparison,
  captureStatuses,
  type DownloadedBrowser,
  type EnvironmentChange,
  type FailureReport,
  listedShades,
  type MaskedParts,
  type NoisePlace,
  type PageProblem,
  type PerFile,
  pageProblemKinds,
  type Report,
  type RetakesEnded,
  type RunReport,
  type ServiceTotals,
  type ShardReport,
  type SharedShade,
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
import { code, colour, coordinate, isTrue, limits, side, size } from './shape-parts.ts';

const id = text(2 * limits.name);
const status = oneOf(...captureStatuses);
// Whatever follows is escaped where it is shown; the scheme is what makes a link dangerous.
const webUrl = matching(/^https?:\/\/[\s\S]{1,8000}$/, 'an http(s) URL');
const sha256 = matching(/^[0-9a-f]{64}$/, 'a SHA-256 in hex');
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
  comparison: optional(comparisonShape),
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
