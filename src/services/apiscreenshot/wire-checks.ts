import { isRecord } from '../../basics/record.ts';
import type { Range } from '../capture-api.ts';

/** An object from outside with some of the fields, nothing known of their values. */
export type Unchecked<T> = { readonly [Field in keyof T]?: unknown };
/** A check of one field: what is wrong with a value that was given, or undefined. */
export type Check = (value: unknown) => string | undefined;

export const isBoolean: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');
export const isText: Check = (value) =>
  typeof value === 'string' && value.trim() !== '' ? undefined : 'must be a text that is not empty';

export function isOneOf(values: readonly string[]): Check {
  return (value) => (values.some((known) => known === value) ? undefined : `must be one of ${values.join(', ')}`);
}

export function isNumber({ min, max }: Range, kind: 'whole' | 'any'): Check {
  return (value) =>
    typeof value === 'number' && value >= min && value <= max && (kind === 'any' || Number.isInteger(value))
      ? undefined
      : `must be a ${kind === 'whole' ? 'whole ' : ''}number from ${min} to ${max}`;
}

export const isTexts: Check = (value) =>
  Array.isArray(value) && value.length > 0 && value.every((one) => isText(one) === undefined)
    ? undefined
    : 'must be a list of texts that are not empty';

/** What is wrong with the fields that are there, one text each. */
export function problemsOf<T>(fields: Unchecked<T>, table: Readonly<Record<keyof T & string, Check>>): string[] {
  return (Object.keys(table) as (keyof T & string)[]).flatMap((field) => {
    const value = fields[field];
    const problem = value === undefined ? undefined : table[field](value);
    return problem === undefined ? [] : [`${field} ${problem}`];
  });
}

/** The fields of an object that its table does not have, each by its way from the top of the body, e.g. `viewport.isMobile`. */
export function unknownOf(fields: object, table: object, way: string): string[] {
  return Object.keys(fields)
    .filter((field) => !Object.hasOwn(table, field))
    .map((field) => (way === '' ? field : `${way}.${field}`));
}

export function isFields<T>(value: unknown): value is Unchecked<T> {
  return isRecord(value);
}
