import { formatSize } from '../basics/format.ts';
import type { Rect, Size } from '../basics/geometry.ts';
import { oneLine } from '../basics/text.ts';
import type { FoundGroup, Occurrence } from './find-shared-changes.ts';

/**
 * What a change is called, by where it lies on all of its captures, in CSS pixels, the first that holds:
 *
 * - `Whole page`: it covers at least 60% of each page.
 * - `Header`: it begins within the first 120 px and ends within the first 240 px and the upper half of each page.
 * - `Footer`: it ends within the last 200 px, and begins within the last 480 px and the lower half of each page.
 * - `Left side`, `Right side`: it lies within the outer third of each page and is at least 240 px and twice as high as wide.
 * - else the ninth of the page in which its middle lies on the example, such as `Upper left`.
 */
export function nameChange(occurrences: readonly [Occurrence, ...Occurrence[]]): string {
  const places = occurrences.map(placeOnPage);
  const rule = rules.find(({ holds }) => places.every(holds));
  return rule?.name ?? nameNinth(placeOnPage(occurrences[0]));
}

/** The names of groups, by their ids. Those with one name have the viewport as well where that tells them apart, else the size. */
export function nameGroups(groups: readonly FoundGroup[]): ReadonlyMap<string, string> {
  const named = groups.map((group): Named => ({ group, name: nameChange(group.occurrences) }));
  return new Map(
    [...Map.groupBy(named, ({ name }) => name).values()].flatMap((alike) => {
      const byViewport = alike.map(withViewport);
      const areTold = new Set(byViewport).size === alike.length;
      return alike.map(({ group, name }, at): [string, string] => [
        group.id,
        alike.length === 1 ? name : ((areTold ? byViewport[at] : undefined) ?? withSize({ group, name })),
      ]);
    }),
  );
}

interface Named {
  readonly group: FoundGroup;
  readonly name: string;
}

/** Undefined where a group is on several viewports. */
function withViewport({ group: { occurrences }, name }: Named): string | undefined {
  const viewports = new Set(occurrences.map(({ capture }) => capture.viewport.name));
  const [only] = viewports;
  return viewports.size === 1 && only !== undefined ? `${name}, ${oneLine(only)}` : undefined;
}

function withSize({ group: { occurrences }, name }: Named): string {
  return `${name}, ${formatSize(sizeOnPage(occurrences[0]))}`;
}

/** The size of a change in CSS pixels. */
export function sizeOnPage(occurrence: Occurrence): Size {
  const { width, height } = placeOnPage(occurrence).place;
  return { width: Math.round(width), height: Math.round(height) };
}

/** In CSS pixels. */
interface PlaceOnPage {
  readonly place: Rect;
  readonly page: Size;
}

function placeOnPage({ capture, place }: Occurrence): PlaceOnPage {
  const { scale } = capture.viewport;
  const { width, height } = capture.comparison.actualSize;
  return {
    place: { x: place.x / scale, y: place.y / scale, width: place.width / scale, height: place.height / scale },
    page: { width: Math.max(width / scale, 1), height: Math.max(height / scale, 1) },
  };
}

/** CSS pixels that headers and footers of most sites do not exceed. */
const edge = { topPx: 120, headerPx: 240, bottomPx: 200, footerPx: 480 } as const;

const rules: readonly { readonly name: string; readonly holds: (at: PlaceOnPage) => boolean }[] = [
  { name: 'Whole page', holds: ({ place, page }) => place.width * place.height >= 0.6 * page.width * page.height },
  {
    name: 'Header',
    holds: ({ place, page }) => place.y <= edge.topPx && place.y + place.height <= Math.min(edge.headerPx, page.height / 2),
  },
  {
    name: 'Footer',
    holds: ({ place, page }) =>
      page.height - place.y - place.height <= edge.bottomPx && place.y >= Math.max(page.height - edge.footerPx, page.height / 2),
  },
  { name: 'Left side', holds: (at) => isColumn(at) && at.place.x + at.place.width <= at.page.width / 3 },
  { name: 'Right side', holds: (at) => isColumn(at) && at.place.x >= (at.page.width * 2) / 3 },
];

function isColumn({ place }: PlaceOnPage): boolean {
  return place.height >= 240 && place.height >= 2 * place.width;
}

const rows = ['Upper', 'Middle', 'Lower'] as const;
const columns = ['left', 'centre', 'right'] as const;

function nameNinth({ place, page }: PlaceOnPage): string {
  const row = rows[thirdOf(place.y + place.height / 2, page.height)] ?? 'Middle';
  const column = columns[thirdOf(place.x + place.width / 2, page.width)] ?? 'centre';
  return row === 'Middle' && column === 'centre' ? 'Middle of the page' : `${row} ${column}`;
}

function thirdOf(at: number, length: number): number {
  return Math.min(Math.max(Math.floor((at / length) * 3), 0), 2);
}
