import { contains, joinRects, type Rect } from '../basics/geometry.ts';

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
 * Places that move, with what differs right beside them.
 * @param unstable what differs between takes, in device pixels
 * @param differing what else differs
 * @param scale device pixels per CSS pixel
 */
export function growUnstable(unstable: readonly Rect[], differing: readonly Rect[], scale: number): Rect[] {
  return unstable.map((area) => {
    const left = differing.filter((region) => !contains(grow(area, reachOf(area, scale)), region));
    const near = differing.filter((region) => !left.includes(region)).reduce(joinRects, area);
    return withMargin(area.height <= reach.lineHeight * scale ? growAlongLine(near, left, scale) : near);
  });
}

function reachOf({ width, height }: Rect, scale: number): number {
  return Math.min(reach.around * scale, Math.max(width, height));
}

/** Takes in one region of the line after the other, as long as the next one is near. */
function growAlongLine(area: Rect, differing: readonly Rect[], scale: number): Rect {
  const top = area.y - reach.lineSlack * scale;
  const bottom = area.y + area.height + reach.lineSlack * scale;
  const line = differing.filter(({ y, height }) => y >= top && y + height <= bottom);
  let grown = area;
  for (;;) {
    const next = line.find((region) => !contains(grown, region) && gapBetween(region, grown) <= area.height * alongLineHeights);
    if (next === undefined) {
      return grown;
    }
    grown = joinRects(grown, next);
  }
}

function gapBetween(a: Rect, b: Rect): number {
  return Math.max(a.x - (b.x + b.width), b.x - (a.x + a.width));
}

/** The area as it is masked. */
export function withMargin(area: Rect): Rect {
  const { x, y, width, height } = grow(area, marginPx);
  const [left, top] = [Math.max(x, 0), Math.max(y, 0)];
  return { x: left, y: top, width: width + x - left, height: height + y - top };
}

function grow({ x, y, width, height }: Rect, by: number): Rect {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}
