import type { Parsed } from '../basics/parsed.ts';
import { isRecord } from '../basics/record.ts';
import type { Place } from '../errors/problem.ts';
import { reasonOf } from '../errors/user-error.ts';
import type { CaptureStatus } from '../results/model.ts';
import { captureStatuses } from '../results/model.ts';
import { nearestKnown } from './nearest.ts';

/** JSON Schema of a value, as far as we use it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * One kind of value: how it is read from text (workflow, command line) or from YAML (numbers, booleans, lists),
 * and how it is described to people and editors.
 */
export interface ValueType<T> {
  /** `places`: where the items of a list stand, if that is known. */
  readonly parse: (raw: unknown, places?: readonly Place[]) => Parsed<T>;
  readonly schema: JsonSchema;
  /** Stands for the value in the usage of the command line; absent for yes-or-no values. */
  readonly placeholder?: string;
  /** All its words, where `true` is one: on the command line a flag alone means that. */
  readonly words?: readonly string[];
}

const show = (raw: unknown): string => JSON.stringify(raw) ?? String(raw);

export const text: ValueType<string> = {
  parse: (raw) =>
    typeof raw === 'string' || typeof raw === 'number' ? { value: String(raw) } : { problem: `must be text, not ${show(raw)}` },
  schema: { type: 'string' },
  placeholder: 'TEXT',
};

export const flag: ValueType<boolean> = {
  parse: (raw) => {
    const word = String(raw).trim().toLowerCase();
    return word === 'true' || word === 'false'
      ? { value: word === 'true' }
      : { problem: `must be true or false, not ${show(raw)}` };
  },
  schema: { type: 'boolean' },
  words: ['true', 'false'],
};

/** One of a few words; YAML's own `true` and `false` count as the words. */
export function choice<const Value extends string>(...values: readonly Value[]): ValueType<Value> {
  return {
    parse: (raw) => {
      const word = String(raw).trim();
      const value = values.find((known) => known === word);
      return value === undefined
        ? { problem: `must be one of ${values.join(', ')}, not ${show(raw)}${askMeant(word, values)}` }
        : { value };
    },
    schema: { enum: values.map((value) => (value === 'true' ? true : value === 'false' ? false : value)) },
    placeholder: values.join('|'),
    ...(values.some((value) => value === 'true') ? { words: values } : {}),
  };
}

interface Range {
  readonly min: number;
  readonly max: number;
}

/** A number within a closed range; also as text, since `${NAME}` in a config file yields text. */
export function number({ min, max }: Range): ValueType<number> {
  return numeric({ min, max }, 'number', /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i);
}

export function integer({ min, max }: Range): ValueType<number> {
  return numeric({ min, max }, 'integer', /^-?\d+$/);
}

function numeric({ min, max }: Range, type: 'number' | 'integer', form: RegExp): ValueType<number> {
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  return {
    parse: (raw) => {
      const written = typeof raw === 'number' ? String(raw) : typeof raw === 'string' ? raw.trim() : '';
      const value = Number(written);
      return form.test(written) && value >= min && value <= max
        ? { value }
        : { problem: `must be ${type === 'integer' ? 'a whole number' : 'a number'} ${range}, not ${show(raw)}` };
    },
    schema: { type, minimum: min, ...(max === Number.MAX_SAFE_INTEGER ? {} : { maximum: max }) },
    placeholder: 'N',
  };
}

/** Whole or broken seconds, kept as milliseconds. */
export function seconds(range: Range): ValueType<number> {
  const base = number(range);
  return {
    ...base,
    parse: (raw) => {
      const parsed = base.parse(raw);
      return 'problem' in parsed ? parsed : { value: Math.round(parsed.value * 1000) };
    },
    placeholder: 'SECONDS',
  };
}

/** A JSON object as text, or a YAML mapping. */
export const jsonObject: ValueType<Readonly<Record<string, unknown>>> = {
  parse: (raw) => {
    const parsed = typeof raw === 'string' ? parseJson(raw) : { value: raw };
    if ('problem' in parsed) {
      return parsed;
    }
    return isRecord(parsed.value)
      ? { value: parsed.value }
      : { problem: `must be a JSON object such as {"key": "value"}, not ${show(raw)}` };
  },
  schema: { type: 'object' },
  placeholder: 'JSON',
};

function parseJson(raw: string): Parsed<unknown> {
  try {
    return { value: JSON.parse(raw) };
  } catch (error) {
    return { problem: `must be a JSON object: ${reasonOf(error)}` };
  }
}

/** ` (did you mean "png"?)`, where a known word is near. */
function askMeant(word: string, known: readonly string[]): string {
  const meant = nearestKnown(word, known);
  return meant === undefined ? '' : ` (did you mean "${meant}"?)`;
}

/** Reads every item of a list: all values, or all that is wrong with them in one phrase. */
export function parseItems<T, Item = unknown>(items: readonly Item[], parse: (item: Item) => Parsed<T>): Parsed<readonly T[]> {
  const parsed = items.map(parse);
  const wrong = parsed.flatMap((one) => ('problem' in one ? [one.problem] : []));
  const value = parsed.flatMap((one) => ('value' in one ? [one.value] : []));
  return wrong.length === 0 ? { value } : { problem: joinProblems(wrong) };
}

/** Several things that are wrong with one value as one phrase. */
export function joinProblems(problems: readonly string[]): string {
  return [...new Set(problems)].join('; ');
}

/** The words of a list that is a YAML sequence, or text separated by commas or lines. */
export function listItems(raw: unknown): readonly unknown[] {
  return Array.isArray(raw)
    ? raw
    : String(raw)
        .split(/[,\n]/)
        .map((item) => item.trim())
        .filter((item) => item !== '');
}

/** Statuses that fail the step, or the single word `none`. */
export const statusList: ValueType<readonly CaptureStatus[]> = {
  parse: (raw) => {
    const words = listItems(raw).map((item) => String(item).trim());
    const known = failingStatuses.filter((status) => words.includes(status));
    const unknown = words.filter((word) => word !== 'none' && !failingStatuses.some((status) => status === word));
    if (unknown.length > 0 || words.length === 0) {
      const wrong = unknown.map((word) => `${show(word)}${askMeant(word, [...failingStatuses, 'none'])}`).join(', ');
      return { problem: `must list some of ${failingStatuses.join(', ')}, or none, not ${wrong === '' ? '""' : wrong}` };
    }
    if (words.includes('none') && known.length > 0) {
      return { problem: `has none beside ${known.join(', ')}. Take out one or the other` };
    }
    return { value: known };
  },
  schema: {
    anyOf: [{ type: 'string' }, { type: 'array', items: { enum: ['changed', 'added', 'removed', 'failed', 'skipped'] } }],
  },
  placeholder: 'LIST',
};

const failingStatuses = captureStatuses.filter((status) => status !== 'unchanged' && status !== 'captured');
