import { reasonOf } from '../errors/user-error.ts';
import type { CaptureStatus } from '../report/model.ts';
import { captureStatuses } from '../report/model.ts';
import { suggestKnown } from './nearest.ts';

/** A value that was understood, or what is wrong with it (a phrase that goes after "the input's name must …"). */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };

/** JSON Schema of a value, as far as we use it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * One kind of value: how it is read from text (workflow, command line) or from YAML (numbers, booleans, lists),
 * and how it is described to people and editors.
 */
export interface ValueType<T> {
  readonly parse: (raw: unknown) => Parsed<T>;
  readonly schema: JsonSchema;
  /** Stands for the value in the usage of the command line; absent for flags. */
  readonly placeholder?: string;
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
    const word = String(raw).toLowerCase();
    return word === 'true' || word === 'false'
      ? { value: word === 'true' }
      : { problem: `must be true or false, not ${show(raw)}` };
  },
  schema: { type: 'boolean' },
};

/** One of a few words; YAML's own `true` and `false` count as the words. */
export function choice<const Value extends string>(...values: readonly Value[]): ValueType<Value> {
  return {
    parse: (raw) => {
      const value = values.find((known) => known === String(raw));
      return value === undefined
        ? { problem: `must be one of ${values.join(', ')}, not ${show(raw)}. ${suggestKnown(String(raw), values)}` }
        : { value };
    },
    schema: { enum: values.map((value) => (value === 'true' ? true : value === 'false' ? false : value)) },
    placeholder: values.join('|'),
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
    const words = listItems(raw).map(String);
    if (words.length === 1 && words[0] === 'none') {
      return { value: [] };
    }
    const known = failingStatuses.filter((status) => words.includes(status));
    const unknown = words.find((word) => !failingStatuses.some((status) => status === word));
    if (unknown !== undefined || known.length === 0) {
      const word = unknown ?? '';
      return {
        problem: `must list some of ${failingStatuses.join(', ')}, or none, not "${word}". ${suggestKnown(word, [...failingStatuses, 'none'])}`,
      };
    }
    return { value: known };
  },
  schema: {
    anyOf: [{ type: 'string' }, { type: 'array', items: { enum: ['changed', 'added', 'removed', 'failed', 'skipped'] } }],
  },
  placeholder: 'LIST',
};

const failingStatuses = captureStatuses.filter((status) => status !== 'unchanged' && status !== 'captured');

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
