import { formatPlural } from '../basics/format.ts';
import { docsUrl } from '../basics/product.ts';
import { UserError } from '../errors/user-error.ts';
import { maxVariants } from '../plan/capture-id.ts';
import { sha256 } from '../system/sha256.ts';
import { freeNumber } from './accepted-pictures.ts';
import type { PictureHashes } from './stale.ts';

/**
 * The number that each picture gets beside the accepted ones of its capture; one that is among them already is left out.
 * @param hashes of what is accepted, by capture id
 * @param nameOf how a person names a picture
 * @throws UserError that names every capture without room and the way out; nothing is to be written then.
 */
export function placeVariants(
  pictures: ReadonlyMap<string, { readonly png: Uint8Array }>,
  hashes: ReadonlyMap<string, PictureHashes>,
  nameOf: (id: string, number: number) => string,
): ReadonlyMap<string, number> {
  const placed = new Map<string, number>();
  const full: string[] = [];
  for (const [id, { png }] of pictures) {
    const known = hashes.get(id) ?? new Map<number, string>();
    const number = freeNumber([...known.keys()]);
    if ([...known.values()].includes(sha256(png))) {
      continue;
    }
    if (number === undefined) {
      full.push(id);
    } else {
      placed.set(id, number);
    }
  }
  const [first] = full;
  if (first !== undefined) {
    throw noRoom(full, `Delete one of ${nameOf(first, 1)} to ${nameOf(first, maxVariants)} that is seen no more`);
  }
  return placed;
}

/** Captures that have as many accepted pictures as there may be. `remove`: how one is taken away, as a clause with a capital. */
export function noRoom([first = '', ...more]: readonly string[], remove: string): UserError {
  const also =
    more.length === 0 ? '' : `, and so ${more.length === 1 ? 'has' : 'have'} ${formatPlural(more.length, 'more capture')}`;
  return new UserError(
    `"${first}" has ${maxVariants} accepted pictures already${also}, which is as many as there may be. Nothing was accepted.`,
    `${remove} (visual-capture plan names those), or accept it without --variant, in place of all of them. A page with so many looks is better kept from changing: ${docsUrl('baselines.md#several-accepted-pictures')}`,
  );
}
