/** A part of a JSON Schema (draft 2020-12). */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** One form of value in JSON: how it is read, and how it is described to others. */
export interface Shape<T> {
  /** Throws WrongShape when the value has another form; `at` is where the value stands, for the message. */
  readonly read: (value: unknown, at: string) => T;
  readonly schema: JsonSchema;
}

/** JSON that does not have the form that it must have. */
export class WrongShape extends Error {
  override readonly name = 'WrongShape';
}

/** A field that may be missing. */
export interface Optional<T> {
  readonly optional: Shape<T>;
}

/** A shape for every field of T: a field that is added to the type and not here does not compile. */
export type Fields<T> = {
  readonly [Key in keyof T]-?: undefined extends T[Key] ? Optional<Exclude<T[Key], undefined>> : Shape<T[Key]>;
};

export function optional<T>(shape: Shape<T>): Optional<T> {
  return { optional: shape };
}

/** Text of at most `maxLength` characters. */
export function text(maxLength: number): Shape<string> {
  return check((value) => typeof value === 'string' && value.length <= maxLength, `text of up to ${maxLength} characters`, {
    type: 'string',
    maxLength,
  });
}

/** Text of a form that `pattern` tells in full. */
export function matching(pattern: RegExp, name: string): Shape<string> {
  return check((value) => typeof value === 'string' && pattern.test(value), name, { type: 'string', pattern: pattern.source });
}

/** A moment as ISO 8601 in UTC. */
export const utcTime: Shape<string> = check(
  (value) => typeof value === 'string' && /^\d{4}-[-\d]+T[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value)),
  'a time in UTC',
  { type: 'string', description: 'ISO 8601, UTC.' },
);

/** A finite number of at least `minimum` and at most `maximum`. */
export function number(minimum = 0, maximum = Number.MAX_SAFE_INTEGER): Shape<number> {
  return check(
    (value) => typeof value === 'number' && value >= minimum && value <= maximum,
    `a number from ${minimum} to ${maximum}`,
    { type: 'number', ...bounds(minimum, maximum) },
  );
}

export function integer(minimum = 0, maximum = Number.MAX_SAFE_INTEGER): Shape<number> {
  return check(
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum,
    `a whole number from ${minimum} to ${maximum}`,
    { type: 'integer', ...bounds(minimum, maximum) },
  );
}

export const flag: Shape<boolean> = check((value) => typeof value === 'boolean', 'true or false', { type: 'boolean' });

export function oneOf<const Value extends string | number | boolean>(...values: readonly Value[]): Shape<Value> {
  return check((value) => values.some((known) => known === value), `one of ${values.join(', ')}`, { enum: values });
}

export function list<T>(item: Shape<T>, maxItems: number): Shape<readonly T[]> {
  return {
    read: (value, at) =>
      Array.isArray(value) && value.length <= maxItems
        ? value.map((one: unknown, index) => item.read(one, `${at}[${index}]`))
        : refuse(at, `a list of up to ${maxItems}`),
    schema: { type: 'array', items: item.schema, maxItems },
  };
}

/** An object with the fields of T. What else it holds is left out of the result. */
export function record<T>(fields: Fields<T>): Shape<T> {
  const shapes = Object.entries<Shape<unknown> | Optional<unknown>>(fields);
  return {
    read: (value, at) => {
      if (!isObject(value)) {
        return refuse(at, 'an object');
      }
      const read = shapes.flatMap(([name, shape]): [string, unknown][] => {
        const field = Object.hasOwn(value, name) ? value[name] : undefined;
        if ('read' in shape) {
          return [[name, shape.read(field, `${at}.${name}`)]];
        }
        return field === undefined ? [] : [[name, shape.optional.read(field, `${at}.${name}`)]];
      });
      return Object.fromEntries(read) as T;
    },
    schema: {
      type: 'object',
      required: shapes.filter(([, shape]) => 'read' in shape).map(([name]) => name),
      properties: Object.fromEntries(
        shapes.map(([name, shape]) => [name, 'read' in shape ? shape.schema : shape.optional.schema]),
      ),
    },
  };
}

/** An object with names of its own choosing, all of one form. */
export function dictionary<T>(entry: Shape<T>, maxEntries: number): Shape<Readonly<Record<string, T>>> {
  return {
    read: (value, at) =>
      isObject(value) && Object.keys(value).length <= maxEntries
        ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, entry.read(one, `${at}.${name}`)]))
        : refuse(at, `an object of up to ${maxEntries} entries`),
    schema: { type: 'object', additionalProperties: entry.schema, maxProperties: maxEntries },
  };
}

/** One of several objects, told apart by their `kind`. */
export function union<T extends { readonly kind: string }>(
  kinds: {
    readonly [Kind in T['kind']]: Shape<Extract<T, { readonly kind: Kind }>>;
  },
): Shape<T> {
  const shapes = Object.entries<Shape<T>>(kinds);
  return {
    read: (value, at) => {
      const kind = isObject(value) ? value['kind'] : undefined;
      const shape = shapes.find(([known]) => known === kind)?.[1];
      return shape === undefined ? refuse(`${at}.kind`, `one of ${Object.keys(kinds).join(', ')}`) : shape.read(value, at);
    },
    schema: { oneOf: shapes.map(([, { schema }]) => schema) },
  };
}

function check<T>(fits: (value: unknown) => boolean, expected: string, schema: JsonSchema): Shape<T> {
  return { read: (value, at) => (fits(value) ? (value as T) : refuse(at, expected)), schema };
}

function bounds(minimum: number, maximum: number): JsonSchema {
  return { minimum, ...(maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(at: string, expected: string): never {
  throw new WrongShape(`${at} must be ${expected}`);
}
