import { type Rect, type Region, type Size, unionOf } from '../basics/geometry.ts';
import { defined } from '../basics/record.ts';
import type { CapturedImage, CaptureOutcome } from '../capture/outcome.ts';
import type { CompareResult, Comparer } from '../compare/comparer.ts';
import { isInputName } from '../inputs/spec.ts';
import type { Capture } from '../plan/capture.ts';
import { type Finding, type NoisePlace, steadyingInputs, type UnstableRegion } from '../results/model.ts';
import { type AcceptedPictures, type NumberedBaseline, nearerOf, type WithPicture } from './accepted-pictures.ts';
import { maxUnstableShare } from './grow-unstable.ts';
import { type ProvenNoise, proveNoise } from './prove-noise.ts';
import type { RetakeSample } from './retake-sample.ts';
import { Takes } from './takes.ts';

export interface TakePorts {
  readonly comparer: Comparer;
  /** How often a differing capture may be taken again. Default: never. */
  readonly retakes?: number;
  /** How often a page is taken whose picture becomes a baseline. Default: once. */
  readonly baselineTakes?: number;
  readonly takeAgain?: () => Promise<CaptureOutcome>;
  /** What the captures of the run came to so far. Absent: each is taken again as often as it needs. */
  readonly sample?: RetakeSample;
}

/** What comparing a capture with its baseline came to, after as many takes as it needed. */
export interface ComparedTakes extends TakenAgain {
  /** The accepted picture that the last picture was compared with: one that it equals, else the nearest to the first take. */
  readonly baseline: NumberedBaseline;
  /** Of the last picture, without what is left out. */
  readonly result: CompareResult;
  /** What was not compared by the user's word, in CSS pixels. */
  readonly masked: readonly Rect[];
  /** What is noise and left out of the comparison, in device pixels. */
  readonly leftOut: readonly Rect[];
  /** What the takes say about the difference. */
  readonly findings: readonly Finding[];
}

/** The pictures of a capture. */
export interface TakenAgain {
  /** The last one. */
  readonly image: CapturedImage;
  /** How the further takes ended, in order. */
  readonly again: readonly CaptureOutcome[];
  /** What differs between takes of the same page, in device pixels. */
  readonly unstable: readonly UnstableRegion[];
  /** The pictures that differ from each other; none when all are alike. */
  readonly different: readonly CapturedImage[];
}

/**
 * Compares a capture with its baseline and, while it differs and the answer is open, takes it again. With `forBaseline`
 * what differs becomes the baseline, and it is taken `baselineTakes` times in all.
 */
export async function compareTakes(
  capture: Capture,
  accepted: AcceptedPictures,
  first: CapturedImage,
  ports: TakePorts,
  forBaseline = false,
): Promise<ComparedTakes> {
  const takes = new ComparedWithBaseline(capture, accepted, ports.comparer);
  const { sample, takeAgain, mostRetakes } = forBaseline
    ? portsForBaseline(ports)
    : { ...ports, mostRetakes: ports.retakes ?? 0 };
  const again: CaptureOutcome[] = [];
  let notRetaken: readonly Finding[] = [];
  let image = first;
  let verdict = await takes.add(first);
  sample?.compared(isTold(verdict.result));
  const isWanted = ({ open, result }: Verdict): boolean => open || (forBaseline && differs(result));
  const spared = mostRetakes === 0 || !verdict.open || verdict.mayBeKnown ? undefined : sample?.spareOne();
  if (spared !== undefined) {
    notRetaken = [{ kind: 'taken-once', sample: spared }];
  }
  while (takeAgain !== undefined && notRetaken.length === 0 && again.length < mostRetakes && isWanted(verdict)) {
    const outcome = await takeAgain();
    again.push(outcome);
    const next = pictureOf(outcome);
    if (next === undefined) {
      notRetaken = whyNotRetaken(outcome);
      break;
    }
    image = next;
    verdict = await takes.add(image);
  }
  const { unstable, different, count } = takes.taken;
  if (count > 1) {
    sample?.retaken(verdict.certain);
  }
  const { result, leftOut, findings } = verdict;
  const { baseline } = takes;
  const masked = takes.taken.maskBetween(baseline.masks, image);
  return { baseline, result, masked, leftOut, findings: [...findings, ...notRetaken], image, again, unstable, different };
}

/** A baseline is taken as often as that asks for, however many others differ. */
function portsForBaseline({
  takeAgain,
  baselineTakes = 1,
}: TakePorts): Pick<TakePorts, 'sample' | 'takeAgain'> & { mostRetakes: number } {
  return { ...defined({ takeAgain }), mostRetakes: baselineTakes - 1 };
}

/** Takes a page whose picture becomes a baseline as often as that asks for. */
export async function takeForBaseline(
  capture: Capture,
  first: CapturedImage,
  { comparer, baselineTakes = 1, takeAgain }: TakePorts,
): Promise<TakenAgain> {
  const takes = new Takes(capture, comparer);
  const again: CaptureOutcome[] = [];
  let image = first;
  await takes.add(first);
  while (takeAgain !== undefined && again.length < baselineTakes - 1) {
    const outcome = await takeAgain();
    again.push(outcome);
    const next = pictureOf(outcome);
    // What cannot be taken again is taken as it is.
    if (next === undefined) {
      break;
    }
    image = next;
    await takes.add(image);
  }
  return { image, again, unstable: takes.unstable, different: takes.different };
}

/** The picture of a further take, if it can be compared. */
function pictureOf(outcome: CaptureOutcome): CapturedImage | undefined {
  return outcome.status === 'captured' && outcome.image.format === 'png' ? outcome.image : undefined;
}

/** Without another picture there is nothing to learn: the difference counts. */
function whyNotRetaken(outcome: CaptureOutcome): Finding[] {
  return outcome.status === 'captured' ? [] : [{ kind: 'not-retaken', code: outcome.failure.code }];
}

function isChanged(result: CompareResult): boolean {
  return result.kind === 'compared' && result.status === 'changed';
}

/** Whether a person hears of it: it is changed, or a shade is. */
function isTold(result: CompareResult): boolean {
  return isChanged(result) || hasShades(result);
}

function hasShades(result: CompareResult): boolean {
  return result.kind === 'compared' && result.shades.length > 0;
}

/** Whether a picture is another than its baseline, be it within the allowances or by a shade. */
export function differs(result: CompareResult): boolean {
  return result.kind === 'compared' && (result.comparison.diffPixels > 0 || result.shades.length > 0);
}

/** What the takes so far come to. */
interface Verdict extends Pick<ComparedTakes, 'result' | 'leftOut' | 'findings'> {
  /** A further take may change it. */
  readonly open: boolean;
  /** What differs counts, whatever further takes show. */
  readonly certain: boolean;
  /** Everything that differs lies where the page moved when the baseline was taken. */
  readonly mayBeKnown: boolean;
}

/** The takes of one capture, each compared with the baseline: one of its accepted pictures. */
class ComparedWithBaseline {
  readonly taken: Takes;
  readonly #accepted: AcceptedPictures;
  readonly #scale: number;
  #baseline: NumberedBaseline;
  readonly #differing: (readonly Region[])[] = [];
  #lastDiffPixels = 0;

  constructor(capture: Capture, accepted: AcceptedPictures, comparer: Comparer) {
    this.taken = new Takes(capture, comparer);
    this.#accepted = accepted;
    this.#baseline = accepted.first;
    this.#scale = capture.viewport.scale;
  }

  get baseline(): NumberedBaseline {
    return this.#baseline;
  }

  /** Compares a further take, knowing the ones before. */
  async add(image: CapturedImage): Promise<Verdict> {
    await this.taken.add(image);
    const strict = await this.#compareWithNearest(image);
    if (strict.kind === 'unreadable') {
      return { result: strict, leftOut: [], findings: [], open: false, certain: false, mayBeKnown: false };
    }
    const before = this.#lastDiffPixels;
    this.#lastDiffPixels = strict.comparison.diffPixels;
    this.#differing.push(strict.comparison.regions);
    if (strict.status === 'unchanged') {
      const findings = this.taken.moved.length > 0 ? [{ kind: 'not-repeated', diffPixels: before } as const] : [];
      // A shade must hold in two takes; one that differs between them is not in the result any more.
      const certain = hasShades(strict) && this.taken.count > 1;
      return { result: strict, leftOut: [], findings, open: hasShades(strict) && !certain, certain, mayBeKnown: false };
    }
    const { moved, movedLast } = this.taken;
    const noise = proveNoise({
      moved,
      movedLast,
      differing: this.#differing,
      known: this.#known.filter(({ shade }) => shade !== true),
      scale: this.#scale,
    });
    const { proven } = noise;
    const besides = proven.length === 0 ? strict : await this.#compare(image, proven);
    const least = noise.open.length === 0 ? besides : await this.#compare(image, [...proven, ...noise.open]);
    const isOnlyTake = this.#differing.length === 1;
    const certain = !isOnlyTake && isChanged(least);
    const told = besides.kind === 'compared' ? decideWhatCounts(strict, besides, noise) : { ...noNoise, result: besides };
    return { ...told, open: isChanged(told.result) && !certain, certain, mayBeKnown: isOnlyTake && !isChanged(least) };
  }

  get #known(): readonly NoisePlace[] {
    return this.#baseline.noise ?? [];
  }

  /**
   * Compares a take with the accepted picture that it equals, whichever that is. Where it equals none, the first take decides
   * by which picture all are judged: what differs between takes can be laid only on differences from one and the same.
   */
  async #compareWithNearest(image: CapturedImage): Promise<CompareResult> {
    let nearest: WithPicture = { baseline: this.#baseline, result: await this.#compare(image) };
    const all = isTold(nearest.result) ? [this.#accepted.first, ...(await this.#accepted.others())] : [];
    for (const baseline of all.filter((one) => one !== nearest.baseline)) {
      const compared = { baseline, result: await this.#compare(image, [], baseline) };
      // One that cannot be read is told as well: what is accepted must not be lost without a word.
      if (!isTold(compared.result)) {
        nearest = compared;
        break;
      }
      if (this.taken.count === 1) {
        nearest = nearerOf(nearest, compared);
      }
    }
    this.#baseline = nearest.baseline;
    return nearest.result;
  }

  /** Shades do not count where the page is known to move, whatever it is that moves. */
  #compare(image: CapturedImage, masked: readonly Rect[] = [], baseline = this.#baseline): Promise<CompareResult> {
    const { png, masks, noise = [] } = baseline;
    const shadeNoise = [...noise, ...this.taken.moved, ...this.taken.shades];
    return this.taken.compareWith({ bytes: png, masks }, image, { masked, shadeNoise });
  }
}

type Compared = Extract<CompareResult, { kind: 'compared' }>;

const noNoise = { leftOut: [], findings: [] } as const;

/** Leaves proven noise out, unless it is too much of the picture, and tells what was found about all that moves. */
function decideWhatCounts(
  strict: Compared,
  besides: Compared,
  { proven, unproven }: ProvenNoise,
): Pick<Verdict, 'result' | 'leftOut' | 'findings'> {
  const unknown: Finding[] =
    unproven[0] === undefined
      ? []
      : [{ kind: 'new-noise', places: unproven.length, largest: largestOf(unproven, unproven[0]), waysOut }];
  const [one] = proven;
  if (one === undefined) {
    return { result: strict, leftOut: [], findings: unknown };
  }
  const share = maskedShare(strict.comparison.maskedPixels, besides.comparison);
  if (share > maxUnstableShare) {
    const tooMuch: Finding = {
      kind: 'too-unstable',
      share,
      allowedShare: maxUnstableShare,
      largest: largestOf(proven, one),
      waysOut,
    };
    return { result: strict, leftOut: [], findings: [tooMuch, ...unknown] };
  }
  return { result: besides, leftOut: proven, findings: [{ kind: 'left-out', places: proven.length, share }, ...unknown] };
}

/** The inputs that keep a page from moving, or leave out what moves: those that there are. */
const waysOut = steadyingInputs.filter(isInputName);

function largestOf(places: readonly Rect[], first: Rect): Rect {
  const { x, y, width, height } = places.reduce((one, other) => (areaOf(other) > areaOf(one) ? other : one), first);
  return { x, y, width, height };
}

function areaOf({ width, height }: Size): number {
  return width * height;
}

/** How much of the picture is masked beyond what the user masks. */
function maskedShare(
  ownPixels: number,
  { maskedPixels, baselineSize, actualSize }: { maskedPixels: number; baselineSize: Size; actualSize: Size },
): number {
  return (maskedPixels - ownPixels) / areaOf(unionOf(baselineSize, actualSize));
}
