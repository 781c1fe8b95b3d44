import type { Parsed } from '../basics/parsed.ts';
import { docsUrl } from '../basics/product.ts';
import { isRecord } from '../basics/record.ts';
import { type Place, sourceOf } from '../errors/problem.ts';
import { keyExamples, longestWaitMs, type Step, type StepAction, type StepKind, splitKeys, stepKinds } from '../plan/step.ts';
import { inputLimits } from './limits.ts';
import { suggestKnown } from './nearest.ts';
import { integer, type JsonSchema, parseItems, type ValueType } from './value-types.ts';

/** How one kind of step is written, as the value of its key. */
interface StepForm {
  readonly parse: (value: unknown) => Parsed<StepAction>;
  readonly schema: JsonSchema;
}

const selectorSchema: JsonSchema = { type: 'string', minLength: 1 };

function onElement(kind: 'click' | 'hover' | 'focus' | 'scroll-to' | 'wait-for'): StepForm {
  return {
    parse: (value) =>
      typeof value === 'string' && value.trim() !== ''
        ? { value: { kind, selector: value.trim() } }
        : { problem: `must be a CSS selector such as "#menu", not ${show(value)}` },
    schema: selectorSchema,
  };
}

/** `{SELECTOR: TEXT}`. Of what is wrong with the text nothing is shown: it may be a secret. */
function onField(example: string, toAction: (selector: string, text: string) => StepAction): StepForm {
  return {
    parse: (value) => {
      const entries = isRecord(value) ? Object.entries(value) : [];
      const [entry] = entries;
      if (entry === undefined || entries.length > 1) {
        const found = entries.length > 1 ? `; it names ${entries.length}: write a step for each` : '';
        return { problem: `must be a mapping with one selector such as ${example}${found}` };
      }
      const [selector, text] = entry;
      if (selector.trim() === '') {
        return { problem: `must be a mapping with one selector such as ${example}; its selector is empty` };
      }
      return typeof text === 'string' || typeof text === 'number' || typeof text === 'boolean'
        ? { value: toAction(selector.trim(), String(text)) }
        : { problem: `has no text for "${selector}": write ${example}` };
    },
    schema: {
      type: 'object',
      minProperties: 1,
      maxProperties: 1,
      additionalProperties: { type: ['string', 'number', 'boolean'] },
    },
  };
}

const waitMs = integer({ min: 0, max: longestWaitMs });

/** THE table of how steps are written. A kind that is not in this list does not compile. */
const forms: { readonly [Kind in StepKind]: StepForm } = {
  click: onElement('click'),
  hover: onElement('hover'),
  focus: onElement('focus'),
  fill: onField('{"#email": a@example.com}', (selector, text) => ({ kind: 'fill', selector, text })),
  select: onField('{"#size": large}', (selector, value) => ({ kind: 'select', selector, value })),
  press: {
    parse: (value) => {
      const key = String(value);
      return splitKeys(key) === undefined
        ? { problem: `must be a key such as ${keyExamples}, not ${show(value)}` }
        : { value: { kind: 'press', key } };
    },
    schema: { type: ['string', 'integer'] },
  },
  'scroll-to': onElement('scroll-to'),
  'wait-for': onElement('wait-for'),
  wait: {
    parse: (value) => {
      const parsed = waitMs.parse(value);
      return 'problem' in parsed
        ? { problem: `${parsed.problem}: the milliseconds to wait` }
        : { value: { kind: 'wait', delayMs: parsed.value } };
    },
    schema: { anyOf: [waitMs.schema, { type: 'string', pattern: '^\\$\\{\\w+\\}$' }] },
  },
};

/** A list of mappings with one key each: `[{click: "#menu"}, {wait: 500}]`. */
export const stepList: ValueType<readonly Step[]> = {
  parse: (raw, places = []) => {
    if (!Array.isArray(raw) || raw.length === 0) {
      return { problem: 'must be a list of steps such as [{click: "#menu"}, {wait-for: ".open"}]' };
    }
    if (raw.length > inputLimits.steps) {
      return { problem: `has ${raw.length} steps, more than the ${inputLimits.steps} that it may have` };
    }
    const written = raw.map((step: unknown, index) => ({ step, number: index + 1, at: tellPlace(places[index]) }));
    return parseItems(written, ({ step, number, at }) => {
      const parsed = parseStep(step);
      return 'problem' in parsed
        ? { problem: `has a wrong step ${number}${at === undefined ? '' : ` (${at})`}: ${parsed.problem}` }
        : { value: { ...parsed.value, ...(at === undefined ? {} : { at }) } };
    });
  },
  schema: {
    type: 'array',
    minItems: 1,
    maxItems: inputLimits.steps,
    items: {
      type: 'object',
      minProperties: 1,
      maxProperties: 1,
      additionalProperties: false,
      properties: Object.fromEntries(stepKinds.map((kind) => [kind, forms[kind].schema])),
    },
  },
};

function parseStep(raw: unknown): Parsed<StepAction> {
  if (!isRecord(raw)) {
    return { problem: `it must be a mapping such as {click: "#menu"}, not ${show(raw)}` };
  }
  const keys = Object.keys(raw);
  const [key = ''] = keys;
  if (keys.length !== 1) {
    const found = keys.length === 0 ? 'none' : keys.join(' and ');
    return { problem: `a step does one thing, so it has one key, not ${found}. Begin each step with a "-" of its own` };
  }
  const kind = stepKinds.find((known) => known === key);
  if (kind === undefined) {
    return { problem: `there is no step "${key}". ${suggestKnown(key, stepKinds, docsUrl('pages.md#steps'))}` };
  }
  const parsed = forms[kind].parse(raw[key]);
  return 'problem' in parsed ? { problem: `${kind} ${parsed.problem}` } : parsed;
}

function tellPlace(place: Place | undefined): string | undefined {
  const source = place === undefined ? undefined : sourceOf(place);
  return source === undefined ? undefined : `${source.file}:${source.line}`;
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
