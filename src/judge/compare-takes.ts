import { type Rect, type Region, type Size, unionOf } from '../basics/geometry.ts';
import type { CapturedImage, CaptureOutcome } from '../capture/outcome.ts';
import type { ComparePair, CompareResult, Comparer } from '../compare/comparer.ts';
import type { Capture } from '../plan/capture.ts';
import type { Finding } from '../results/model.ts';
import { growUnstable, maxUnstableShare } from './decide-unstable.ts';

export interface TakePorts {
  readonly comparer: Comparer;
  /** How often a differing capture may be taken again. Default: never. */
  readonly retakes?: number;
  readonly takeAgain?: () => Promise<CaptureOutcome>;
}

/** What comparing a capture with its baseline came to, after as many takes as it needed. */
export interface ComparedTakes {
  /** Of the last picture; unstable areas count as masked, where they may be. */
  readonly result: CompareResult;
  readonly image: CapturedImage;
  /** How the further takes ended, in order. */
  readonly again: readonly CaptureOutcome[];
  /** What differs between two takes of the same page, in device pixels. */
  readonly unstable: readonly Region[];
  /** What the takes say about the difference. */
  readonly findings: readonly Finding[];
}

/**
 * Compares a capture with its baseline and, while it differs, takes it again: a difference that does not come back is
 * noise; pixels that differ between two takes are masked, unless that is too much of the picture.
 */
export async function compareTakes(
  capture: Capture,
  baseline: Uint8Array,
  first: CapturedImage,
  ports: TakePorts,
): Promise<ComparedTakes> {
  const takes = new Takes(capture, baseline, ports.comparer);
  const again: CaptureOutcome[] = [];
  let image = first;
  let compared: Omit<ComparedTakes, 'again' | 'image'> = { result: await takes.compare(first), unstable: [], findings: [] };
  while (isChanged(compared.result) && again.length < (ports.retakes ?? 0) && ports.takeAgain !== undefined) {
    const outcome = await ports.takeAgain();
    again.push(outcome);
    // Without another picture there is nothing to learn: the difference counts.
    if (outcome.status !== 'captured') {
      compared = { ...compared, findings: [...compared.findings, { kind: 'not-retaken', code: outcome.failure.code }] };
      break;
    }
    if (outcome.image.format !== 'png') {
      break;
    }
    image = outcome.image;
    compared = await takes.compareAgain(image);
  }
  return { ...compared, image, again };
}

function isChanged(result: CompareResult): boolean {
  return result.kind === 'compared' && result.status === 'changed';
}

/** The pictures of one capture, taken one after the other. */
class Takes {
  readonly #capture: Capture;
  readonly #baseline: Uint8Array;
  readonly #comparer: Comparer;
  readonly #earlier: { image: CapturedImage; diffPixels: number }[] = [];

  constructor(capture: Capture, baseline: Uint8Array, comparer: Comparer) {
    this.#capture = capture;
    this.#baseline = baseline;
    this.#comparer = comparer;
  }

  async compare(image: CapturedImage): Promise<CompareResult> {
    const result = await this.#compareWith(this.#baseline, image, []);
    this.#earlier.push({ image, diffPixels: result.kind === 'compared' ? result.comparison.diffPixels : 0 });
    return result;
  }

  /** Compares a further take, knowing the ones before. */
  async compareAgain(image: CapturedImage): Promise<Omit<ComparedTakes, 'again' | 'image'>> {
    const earlier = [...this.#earlier];
    const strict = await this.compare(image);
    const seen = await this.#findUnstable(
      earlier.map((take) => take.image),
      image,
    );
    if (strict.kind === 'unreadable' || seen.length === 0) {
      return { result: strict, unstable: seen, findings: [] };
    }
    if (strict.status === 'unchanged') {
      const diffPixels = earlier.at(-1)?.diffPixels ?? 0;
      return { result: strict, unstable: seen, findings: [{ kind: 'not-repeated', diffPixels }] };
    }
    const besides = await this.#compareWith(this.#baseline, image, seen);
    const differing = besides.kind === 'compared' ? besides.comparison.regions : [];
    const unstable = growUnstable(seen, differing, this.#capture.viewport.scale);
    const masked = await this.#compareWith(this.#baseline, image, unstable);
    if (masked.kind === 'unreadable') {
      return { result: masked, unstable, findings: [] };
    }
    const share = maskedShare(strict.comparison.maskedPixels, masked.comparison);
    if (share > maxUnstableShare) {
      return { result: strict, unstable, findings: [{ kind: 'too-unstable', share, allowedShare: maxUnstableShare }] };
    }
    return { result: masked, unstable, findings: [{ kind: 'left-out', places: unstable.length, share }] };
  }

  /** What differs between the last take and each one before, of one region each where they overlap. */
  async #findUnstable(earlier: readonly CapturedImage[], last: CapturedImage): Promise<Region[]> {
    const found: Region[] = [];
    for (const { bytes } of earlier) {
      const result = await this.#compareWith(bytes, last, found, { includeAntiAliasing: true });
      found.push(...(result.kind === 'compared' ? result.comparison.regions : []));
    }
    return found;
  }

  #compareWith(
    baseline: Uint8Array,
    { bytes }: CapturedImage,
    masked: readonly Rect[],
    settings: Partial<Capture['compare']> = {},
  ): Promise<CompareResult> {
    const capture = this.#capture;
    // The comparer takes the bytes away, so it is given copies, made when their turn comes (a Buffer's slice is no copy).
    return this.#comparer.compare(
      async (): Promise<ComparePair> => ({
        baseline: new Uint8Array(baseline),
        actual: new Uint8Array(bytes),
        // In device pixels, as the unstable areas are.
        scale: 1,
        settings: { ...capture.compare, ...settings, mask: [...maskInDevicePixels(capture), ...masked] },
      }),
    );
  }
}

/** How much of the picture is masked beyond what the user masks. */
function maskedShare(
  ownPixels: number,
  { maskedPixels, baselineSize, actualSize }: { maskedPixels: number; baselineSize: Size; actualSize: Size },
): number {
  const union = unionOf(baselineSize, actualSize);
  return (maskedPixels - ownPixels) / (union.width * union.height);
}

/** What the user masks, in device pixels as unstable areas are. */
export function maskInDevicePixels({ compare, viewport: { scale } }: Capture): Rect[] {
  return compare.mask.map(({ x, y, width, height }) => ({
    x: x * scale,
    y: y * scale,
    width: width * scale,
    height: height * scale,
  }));
}
