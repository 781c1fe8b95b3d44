import { type Band, findBands, padded, reach } from './bands.ts';
import type { Kernel } from './kernel/kernel.ts';
import { checkHeldWhole } from './limits.ts';
import { PairWindow, type PicturePair } from './pair-window.ts';
import { type OnPiece, type OnRow, PixelJudge, type Strictness } from './pixel-judge.ts';
import { naming, type Which } from './unreadable.ts';

/** Two pictures and how they are compared. */
export type RowComparison = PicturePair & Strictness;

/**
 * Finds the differing pixels of the area that two pictures have in common. Only bands of differing rows are shown to
 * pixelmatch, with the rows around them that it looks at, which finds the same as in the whole pictures: what is beyond
 * its reach cannot matter. But translucent pixels it blends with a background that depends on their place in the
 * picture, so from the first band with any on, the pictures are shown to it whole. What it is shown, `onPiece` is shown too.
 * @throws UnreadablePicture, or UnreadableFile for one that would have to be held whole and is too large for that
 */
export function compareRows(kernel: Kernel, comparison: RowComparison, onRow: OnRow, onPiece?: OnPiece): void {
  const window = new PairWindow(kernel, comparison);
  const judge = new PixelJudge(comparison.area.width, comparison, onRow, onPiece);
  const translucent = judgeBands(kernel, window, judge, comparison);
  if (translucent !== undefined) {
    judgeWhole(kernel, judge, comparison, translucent);
  }
}

/** A row with translucent pixels around it, and who has them. */
interface Translucent {
  readonly y: number;
  readonly which: Which;
}

/** Judges bands until one is translucent. A band that goes beyond the window is judged piece by piece. */
function judgeBands(
  kernel: Kernel,
  window: PairWindow,
  judge: PixelJudge,
  { area: { width, height } }: RowComparison,
): Translucent | undefined {
  const answers = kernel.reserve(window.mostRows * width * 4);
  for (let judged = 0; judged < height; ) {
    window.read();
    // The last rows wait for what is below them.
    const end = window.bottom === height ? height : Math.max(judged, window.bottom - reach);
    for (const band of findBands((y) => window.differs(y), judged, end)) {
      const rows = padded(band, height);
      const which = findTranslucent(window, rows);
      if (which !== undefined) {
        return { y: band.top, which };
      }
      const [baseline, actual] = [window.pixels('baseline', rows), window.pixels('actual', rows)];
      judge.judge({ rows, baseline, actual, answer: kernel.view(answers, baseline.length) }, band);
    }
    judged = end;
  }
  window.finish();
  return undefined;
}

function findTranslucent(window: PairWindow, rows: Band): Which | undefined {
  return (['actual', 'baseline'] as const).find((which) => !window.isOpaque(which, rows));
}

/** Starts anew with the pictures held whole, and tells what has not been told: the rows from `y` on. */
function judgeWhole(kernel: Kernel, judge: PixelJudge, comparison: RowComparison, { y, which }: Translucent): void {
  const { width, height } = comparison.area;
  const { onActualRow } = comparison;
  naming(which, () => checkHeldWhole(comparison[which].size));
  const [baseline, actual, answer] = [wholePicture(), wholePicture(), wholePicture()];
  const window = new PairWindow(kernel, {
    ...comparison,
    onActualRow: (row, pixels) => {
      if (row >= y) {
        onActualRow?.(row, pixels);
      }
    },
  });
  while (window.bottom < height) {
    const top = window.bottom;
    window.read();
    const rows = { top, bottom: window.bottom };
    baseline.set(window.pixels('baseline', rows), top * width * 4);
    actual.set(window.pixels('actual', rows), top * width * 4);
  }
  window.finish();
  judge.judge({ rows: { top: 0, bottom: height }, baseline, actual, answer }, { top: y, bottom: height });

  function wholePicture(): Uint8Array {
    return new Uint8Array(width * height * 4);
  }
}
