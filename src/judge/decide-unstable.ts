import { contains, joinRects, type Region } from '../basics/geometry.ts';

/** At most this share of a picture may be masked for being unstable; more says that the page as a whole is not settled. */
export const maxUnstableShare = 0.05;

/** Around each area, in device pixels: pixelmatch calls a pixel anti-aliased by what lies up to two pixels away. */
const marginPx = 2;

/** Along a line of text, from one difference to the next, in heights of the area: about five characters of a clock. */
const alongLineHeights = 3;

/**
 * Distances in CSS pixels. Two takes show only a part of what moves: of a clock the seconds and not the hours, of a
 * spinner two of its places. So a difference from the baseline that lies right at an unstable area counts to it.
 */
const reach = {
  /** Around an area, but never further than the area is wide or high. */
  around: 32,
  /** How much higher or lower the other words of a line may reach. */
  lineSlack: 4,
  /** Higher areas are no line of text. */
  lineHeight: 48,
} as const;

/**
 * The areas to mask: what differs between two takes of the same page, and what differs from the baseline right beside it.
 * @param unstable what differs between two takes, in device pixels
 * @param differing what differs between baseline and capture besides
 * @param scale device pixels per CSS pixel
 */
export function growUnstable(unstable: readonly Region[], differing: readonly Region[], scale: number): Region[] {
  return unstable.map((area) => {
    const left = differing.filter((region) => !contains(grow(area, reachOf(area, scale)), region));
    const near = differing.filter((region) => !left.includes(region)).reduce(union, area);
    return withMargin(area.height <= reach.lineHeight * scale ? growAlongLine(near, left, scale) : near);
  });
}

function reachOf({ width, height }: Region, scale: number): number {
  return Math.min(reach.around * scale, Math.max(width, height));
}

/** Takes in one region of the line after the other, as long as the next one is near. */
function growAlongLine(area: Region, differing: readonly Region[], scale: number): Region {
  const top = area.y - reach.lineSlack * scale;
  const bottom = area.y + area.height + reach.lineSlack * scale;
  const line = differing.filter(({ y, height }) => y >= top && y + height <= bottom);
  let grown = area;
  for (;;) {
    const next = line.find((region) => !contains(grown, region) && gapBetween(region, grown) <= area.height * alongLineHeights);
    if (next === undefined) {
      return grown;
    }
    grown = union(grown, next);
  }
}

function gapBetween(a: Region, b: Region): number {
  return Math.max(a.x - (b.x + b.width), b.x - (a.x + a.width));
}

function withMargin(area: Region): Region {
  const { x, y, width, height, diffPixels } = grow(area, marginPx);
  const [left, top] = [Math.max(x, 0), Math.max(y, 0)];
  return { x: left, y: top, width: width + x - left, height: height + y - top, diffPixels };
}

function grow({ x, y, width, height, diffPixels }: Region, by: number): Region {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by, diffPixels };
}

/** The box around both; `diffPixels` stay those of the unstable area. */
function union(area: Region, other: Region): Region {
  return { ...joinRects(area, other), diffPixels: area.diffPixels };
}
