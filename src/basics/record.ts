/** Whether the value is an object whose fields can be looked at: neither null nor a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `{ key: value }`, or nothing when there is no value: under exactOptionalPropertyTypes an absent key is not one that is undefined. */
export function optional<const Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };
}
