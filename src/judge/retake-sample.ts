/** What is known of a run's captures so far. */
export interface SampleFacts {
  /** Captures that were compared with a baseline. */
  readonly compared: number;
  /** Those of them whose first picture differed. */
  readonly differing: number;
  /** Those of them that were taken again until the answer was plain. */
  readonly retaken: number;
  /** Those of them whose difference came back. */
  readonly cameBack: number;
}

/** Fewer retaken captures tell nothing of the others. */
const sampleSize = 5;
/** Retakes are worth their price as long as no larger share of the captures differs. */
const usualShare = 0.5;

/**
 * Whether the differences of the run are real, so that taking the captures that are still to come again would only cost:
 * most captures differ, and every one that was taken again differs still. A single one that looked like noise keeps the
 * retakes going.
 */
export function showsRealDifferences({ compared, differing, retaken, cameBack }: SampleFacts): boolean {
  return retaken >= sampleSize && cameBack === retaken && differing > compared * usualShare;
}

/** Counts what the captures of a run come to. */
export class RetakeSample {
  #facts: SampleFacts = { compared: 0, differing: 0, retaken: 0, cameBack: 0 };
  #takenOnce = 0;
  /** How large the sample was when the first capture was not taken again. */
  #size = 0;

  /** A capture was compared with its baseline for the first time. */
  compared(differs: boolean): void {
    const { compared, differing } = this.#facts;
    this.#facts = { ...this.#facts, compared: compared + 1, differing: differing + (differs ? 1 : 0) };
  }

  /** A differing capture was taken again until the answer was plain. */
  retaken(cameBack: boolean): void {
    const { retaken, cameBack: before } = this.#facts;
    this.#facts = { ...this.#facts, retaken: retaken + 1, cameBack: before + (cameBack ? 1 : 0) };
  }

  /** How many captures have shown that a further one need not be taken again, which then counts as one that was not. */
  spareOne(): number | undefined {
    if (!showsRealDifferences(this.#facts)) {
      return undefined;
    }
    this.#size ||= this.#facts.retaken;
    this.#takenOnce += 1;
    return this.#facts.retaken;
  }

  /** What the run saved; undefined: every differing capture was taken again as often as it needed. */
  get spared(): { readonly sample: number; readonly takenOnce: number } | undefined {
    return this.#takenOnce === 0 ? undefined : { sample: this.#size, takenOnce: this.#takenOnce };
  }
}
