import type { Baseline, BaselineReader } from '../baseline/source.ts';
import type { CompareResult } from '../compare/comparer.ts';
import { findLocalFault, LocalFault } from '../errors/local-fault.ts';

/** One of the accepted pictures of a capture. */
export interface NumberedBaseline extends Baseline {
  readonly number: number;
}

/** What a capture is compared with: its first accepted picture, and the others where the first is not what it shows. */
export interface AcceptedPictures {
  readonly first: NumberedBaseline;
  /** How many there are, the first among them. */
  readonly count: number;
  /** Reads the others; there are none to read for most captures. Throws when one cannot be read. */
  others(): Promise<readonly NumberedBaseline[]>;
}

/** A baseline that is the only accepted picture. */
export function onlyPicture(baseline: Baseline, number = 1): AcceptedPictures {
  return { first: { ...baseline, number }, count: 1, others: async () => [] };
}

type OtherReader = Pick<BaselineReader, 'read' | 'numbers' | 'nameOf'>;

/** One that cannot be read is no picture, which the comparison tells by its name. @throws LocalFault when this machine cannot. */
async function readOther(id: string, number: number, baselines: OtherReader): Promise<Baseline | undefined> {
  try {
    return await baselines.read(id, number);
  } catch (error) {
    const fault = error instanceof LocalFault ? error : findLocalFault(error, `read ${baselines.nameOf(id, number)}`);
    if (fault !== undefined) {
      throw fault;
    }
    return { png: new Uint8Array() };
  }
}

/** `ready` makes of a baseline what it is compared as. */
export async function openAcceptedPictures(
  id: string,
  first: Baseline,
  baselines: OtherReader,
  ready: (baseline: Baseline) => Baseline,
): Promise<AcceptedPictures> {
  const [number, ...more] = (await baselines.numbers?.(id)) ?? [];
  if (more.length === 0) {
    return onlyPicture(ready(first), number);
  }
  const readOthers = async (): Promise<readonly NumberedBaseline[]> => {
    const others: NumberedBaseline[] = [];
    for (const other of more) {
      const baseline = await readOther(id, other, baselines);
      if (baseline !== undefined) {
        others.push({ ...ready(baseline), number: other });
      }
    }
    return others;
  };
  let reading: Promise<readonly NumberedBaseline[]> | undefined;
  return {
    ...onlyPicture(ready(first), number),
    count: more.length + 1,
    others: () => {
      reading ??= readOthers();
      return reading;
    },
  };
}

/** A comparison with one of the accepted pictures. */
export interface WithPicture {
  readonly baseline: NumberedBaseline;
  readonly result: CompareResult;
}

/** Of two comparisons the one with fewer differing pixels; the earlier one, where they have as many. */
export function nearerOf(one: WithPicture, other: WithPicture): WithPicture {
  return distanceOf(other) < distanceOf(one) ? other : one;
}

function distanceOf({ result }: WithPicture): number {
  return result.kind === 'compared' ? result.comparison.diffPixels : Infinity;
}
