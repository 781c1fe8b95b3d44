import {
  type ChangedRegion,
  type ChangeLook,
  type Comparison,
  type Finding,
  listedShades,
  listedShifts,
  type RegionTrace,
  type Shade,
  type Shift,
  steadyingInputs,
} from './comparison.ts';
import { mostTracedRuns, runLength } from './groups/row-runs.ts';
import { flag, integer, list, matching, number, oneOf, optional, record, type Shape, text, union } from './shape.ts';
import { code, colour, coordinate, limits, maxSide, place, side, size } from './shape-parts.ts';

/** One kind of finding. */
type FindingOf<Kind extends Finding['kind']> = Extract<Finding, { kind: Kind }>;

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
export const comparisonShape: Shape<Comparison> = {
  read: readComparison.read,
  schema: {
    ...readComparison.schema,
    properties: {
      ...Object(readComparison.schema['properties']),
      explanation: { type: 'string', description: 'The findings in words.' },
    },
  },
};
