import type { Sighting } from './sighting.ts';

/**
 * Those that a person means by a name: they are called so, or else one part of their name is. Parts are set apart by ` – `, `: ` or
 * `/`, as in `Preview – docs`, `Cloudflare Pages: docs` and `netlify/docs/deploy-preview`. Case and the kind of dash do not
 * count: Vercel writes an en dash, which nobody types.
 */
export function findNamed(sightings: readonly Sighting[], name: string): Sighting[] {
  const wanted = normalize(name);
  const named = (namesOf: (sighting: Sighting) => readonly string[]): Sighting[] =>
    sightings.filter((sighting) => namesOf(sighting).includes(wanted));
  const exact = named(({ name, aliases }) => [name, ...aliases].map(normalize));
  return exact.length > 0 ? exact : named(({ name }) => normalize(name).split(/ - |: |\//));
}

/** Whether two names are the same to people. */
export function isSameName(one: string, other: string): boolean {
  return normalize(one) === normalize(other);
}

function normalize(name: string): string {
  return name
    .replace(/\p{Pd}/gu, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
