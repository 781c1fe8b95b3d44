import { errorCodes } from '../errors/codes.ts';
import { captureStatuses } from './model.ts';

/** A part of a JSON Schema. */
type Schema = { readonly [keyword: string]: unknown };

const text: Schema = { type: 'string' };
const count: Schema = { type: 'integer', minimum: 0 };
const milliseconds: Schema = { type: 'number', minimum: 0 };
const share: Schema = { type: 'number', minimum: 0, maximum: 1 };
const status: Schema = { enum: captureStatuses };
const code: Schema = { enum: Object.keys(errorCodes) };
const size = object({ width: count, height: count });
const region = object({ x: count, y: count, width: count, height: count, diffPixels: count });
const failure = object({ code, message: text, fix: text }, { status: { type: 'integer' } });

const timelineEntry: Schema = {
  oneOf: [
    object({
      kind: { const: 'request' },
      startMs: milliseconds,
      durationMs: milliseconds,
      result: { anyOf: [{ const: 'image' }, code] },
    }),
    object({
      kind: { const: 'wait' },
      startMs: milliseconds,
      durationMs: milliseconds,
      reason: { anyOf: [{ const: 'concurrency' }, code] },
    }),
  ],
};

const comparison = object({
  diffPixels: count,
  diffRatio: share,
  maskedPixels: count,
  baselineSize: size,
  actualSize: size,
  regions: { type: 'array', items: region },
});

const capture = object(
  {
    id: text,
    name: text,
    viewport: object({ name: text, width: count, height: count, scale: { type: 'number', exclusiveMinimum: 0 } }),
    status,
    unstable: { type: 'boolean' },
    attempts: count,
    durationMs: milliseconds,
    files: object({}, { actual: text, baseline: text, diff: text }),
  },
  {
    url: text,
    source: object({ file: text, line: { type: 'integer', minimum: 1 } }),
    timeline: { type: 'array', items: timelineEntry },
    size,
    comparison,
    error: failure,
    baselineUpdated: { const: true },
  },
);

/** The JSON Schema (draft 2020-12) of results.json. Readers allow for further fields, which later versions may add. */
export function renderResultsSchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'results.json',
    description: 'What a run of Visual Capture found. Fields may be added within a version; none changes its meaning.',
    ...object(
      {
        version: { const: 1 },
        outcome: { enum: ['passed', 'changed', 'failed'] },
        totals: object({ captures: count, ...Object.fromEntries(captureStatuses.map((name) => [name, count])) }),
        service: object({ requests: count, retries: count, heldBackMs: milliseconds, credits: count, possiblyBilled: count }),
        captures: { type: 'array', items: capture },
        run: object(
          {
            startedAt: { type: 'string', description: 'ISO 8601, UTC.' },
            durationMs: milliseconds,
            engine: { enum: ['api', 'local'] },
            baseline: text,
            failOn: { type: 'array', items: status },
            versions: object({ visualCapture: text, pixelmatch: text }),
          },
          { ci: object({ url: text, commit: text }) },
        ),
      },
      { stopped: failure },
    ),
  };
}

function object(required: Readonly<Record<string, Schema>>, optional: Readonly<Record<string, Schema>> = {}): Schema {
  return { type: 'object', required: Object.keys(required), properties: { ...required, ...optional } };
}
