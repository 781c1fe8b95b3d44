import { type AlikeUnit, sharesColours } from './is-alike.ts';

/**
 * Joins kinds of change that are on the same pages in one viewport each, and share a colour before and after. Where a viewport has
 * two such kinds, nobody knows which is the other's, and all stay as they are; but on one page alone they are one, as its new text
 * is in all viewports.
 */
export function joinViewports<Unit extends AlikeUnit>(kinds: readonly Unit[][]): Unit[][] {
  return [...Map.groupBy(kinds, pagesOf)].flatMap(([pages, own]) =>
    pages === undefined ? own : clusters(own).flatMap((twins) => (isOne(twins) ? [twins.flat()] : twins)),
  );
}

/** The pages of a kind that is on one viewport, as a key. */
function pagesOf(kind: readonly AlikeUnit[]): string | undefined {
  const names = kind.flatMap(({ captures }) => captures.map(({ name }) => name));
  return viewportOf(kind) === undefined ? undefined : JSON.stringify([...new Set(names)].toSorted());
}

/** The only viewport of a kind. */
function viewportOf(kind: readonly AlikeUnit[]): string | undefined {
  const names = new Set(kind.flatMap(({ captures }) => captures.map(({ viewport }) => viewport.name)));
  return names.size === 1 ? [...names][0] : undefined;
}

function clusters<Unit extends AlikeUnit>(kinds: readonly Unit[][]): Unit[][][] {
  const found: Unit[][][] = [];
  for (const kind of kinds) {
    const known = found.find(([first]) => first?.[0] !== undefined && kind[0] !== undefined && sharesColours(first[0], kind[0]));
    if (known === undefined) {
      found.push([kind]);
    } else {
      known.push(kind);
    }
  }
  return found;
}

function isOne(kinds: readonly (readonly AlikeUnit[])[]): boolean {
  const viewports = new Set(kinds.map(viewportOf)).size;
  const pages = new Set(kinds.flat().flatMap(({ captures }) => captures.map(({ name }) => name))).size;
  return viewports === kinds.length || (viewports > 1 && pages === 1);
}
