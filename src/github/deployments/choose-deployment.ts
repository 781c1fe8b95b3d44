import { findNamed, isSameName } from './match-name.ts';
import type { Sighting } from './sighting.ts';

export type Served = Sighting & { readonly address: URL };

/** What follows from what was seen so far. */
export type ChosenDeployment =
  | { readonly kind: 'ready'; readonly sighting: Served }
  /** There is none yet. */
  | { readonly kind: 'wait' }
  /** There will be none. */
  | { readonly kind: 'failed'; readonly sightings: readonly Sighting[] }
  /** Several are served, and nobody says which one is meant. */
  | { readonly kind: 'ambiguous'; readonly sightings: readonly Served[] };

/**
 * THE decision which deployment is captured: the newest that is served, of the name that is asked for. Without a name previews
 * come before production, and it is waited until everything of the same host is served, so that it does not hang on chance which
 * of several is meant.
 */
export function chooseDeployment(sightings: readonly Sighting[], environment: string | undefined): ChosenDeployment {
  const newest = latestOfEach(findMeant(sightings, environment));
  const previews = newest.filter(
    ({ production, state, address }) => !production && (state === 'pending' || address !== undefined),
  );
  const candidates = previews.length > 0 ? previews : newest;
  const served = candidates.filter((sighting) => isServed(sighting));
  const pending = candidates.filter(({ state }) => state === 'pending');
  if (served.length === 0) {
    const ended = candidates.filter(({ state }) => state === 'failed' || state === 'gone');
    return pending.length > 0 || ended.length === 0 ? { kind: 'wait' } : { kind: 'failed', sightings: ended };
  }
  if (pending.some((one) => holdsUp(one, served))) {
    return { kind: 'wait' };
  }
  const addresses = new Map(served.map((sighting) => [sighting.address.href, sighting]));
  const [only, ...others] = addresses.values();
  return only === undefined || others.length > 0
    ? { kind: 'ambiguous', sightings: [...addresses.values()] }
    : { kind: 'ready', sighting: only };
}

/** Those that may be the one that is asked for. */
export function findMeant(sightings: readonly Sighting[], environment: string | undefined): readonly Sighting[] {
  return environment === undefined ? sightings.filter(({ certain }) => certain) : findNamed(sightings, environment);
}

/** Of each name the newest one that is served, else the newest one. */
function latestOfEach(sightings: readonly Sighting[]): Sighting[] {
  const newestFirst = sightings.toSorted((one, other) => other.order - one.order);
  const firsts = (some: readonly Sighting[]): Sighting[] =>
    some.filter((one, at) => some.findIndex((other) => isSame(one, other)) === at);
  const served = firsts(newestFirst.filter(isServed));
  return [...served, ...firsts(newestFirst).filter((one) => !served.some((other) => isSame(one, other)))];
}

function isSame(one: Sighting, other: Sighting): boolean {
  return one.source === other.source && isSameName(one.name, other.name);
}

export function isServed(sighting: Sighting): sighting is Served {
  return sighting.state === 'ready' && sighting.address !== undefined;
}

/** Jobs of this very run may be the ones that wait for this step. */
function holdsUp({ by, ownRun }: Sighting, served: readonly Sighting[]): boolean {
  return !ownRun && served.some((one) => one.by === by);
}
