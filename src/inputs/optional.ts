/** `{ key: value }`, or nothing when there is no value: under exactOptionalPropertyTypes an absent key is not one that is undefined. */
export function optional<const Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };
}
