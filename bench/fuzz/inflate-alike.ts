/** Whether the kernel inflates a stream as zlib does: to the same bytes, or refusing it for the same reason. */
import { inflateSync, constants as zlib } from 'node:zlib';
import { Kernel } from '../../src/compare/kernel/kernel.ts';
import { Damage } from '../../src/compare/png/damage.ts';
import { Inflater } from '../../src/compare/png/inflater.ts';
import { UnreadablePicture } from '../../src/compare/unreadable.ts';
import type { SeededRandom } from './random.ts';

/** Reasons, in zlib's words and in ours. */
const reasons = {
  end: [/unexpected end of file/, /ends early/],
  header: [/incorrect header check|unknown compression method|invalid window size|Missing dictionary/, /no zlib stream/],
  block: [/invalid block type|invalid stored block lengths/, /no known kind/],
  codes: [
    /invalid (?:code lengths set|bit length repeat|code -- missing end-of-block|literal\/lengths set|distances set)|too many length or distance symbols/,
    /codes that are none/,
  ],
  symbol: [/invalid (?:literal\/length|distance) code/, /a symbol that does not exist/],
  distance: [/invalid distance too far back/, /a distance to before its start/],
  checksum: [/incorrect data check/, /does not match its checksum/],
} as const;

export type Verdict = 'taken' | keyof typeof reasons;

interface Inflated {
  readonly verdict: Verdict;
  readonly bytes: Buffer;
}

/** How zlib's verdict and the kernel's differ, as a sentence; else the verdict. */
export function inflateAlike(stream: Buffer, random: SeededRandom): { readonly verdict: Verdict; readonly difference?: string } {
  const expected = inflateByZlib(stream);
  const actual = inflateByKernel(stream, random);
  const { verdict } = expected;
  // Either may notice first that what is broken also ends.
  const isAlike = actual.verdict === verdict || (verdict !== 'taken' && actual.verdict === 'end') || isBroken(verdict, actual);
  if (!isAlike) {
    return { verdict, difference: `zlib says ${verdict}, the kernel ${actual.verdict}` };
  }
  const shared = actual.bytes.subarray(0, expected.bytes.length);
  return shared.equals(expected.bytes) && (verdict !== 'taken' || actual.bytes.length === expected.bytes.length)
    ? { verdict }
    : { verdict, difference: 'the bytes differ' };
}

function isBroken(expected: Verdict, { verdict }: Inflated): boolean {
  return expected === 'end' && verdict !== 'taken';
}

/** The bytes of a broken stream are known only where it merely ends early. */
function inflateByZlib(stream: Buffer): Inflated {
  try {
    return { verdict: 'taken', bytes: inflateSync(stream) };
  } catch (error) {
    const verdict = classify(String(error), 0);
    const bytes = verdict === 'end' ? inflateSync(stream, { finishFlush: zlib.Z_SYNC_FLUSH }) : Buffer.alloc(0);
    return { verdict, bytes };
  }
}

/** Read in pieces of any size, and from pieces of any size, until there is no more. */
function inflateByKernel(stream: Buffer, random: SeededRandom): Inflated {
  const [cut, inputBytes, most] = [random.below(stream.length + 1), 1040 + random.below(8000), 1 + random.below(5000)];
  const idat = [stream.subarray(0, cut), Buffer.alloc(0), stream.subarray(cut)].filter((piece) => cut > 0 || piece.length > 0);
  using kernel = Kernel.borrow();
  const inflater = new Inflater(kernel, { idat, damage: new Damage() }, most, inputBytes);
  const pieces: Buffer[] = [];
  // What is asked for in one piece with what is not there is not given: so the last bytes are read one by one.
  for (let size = most; ; ) {
    try {
      pieces.push(Buffer.from(kernel.view(inflater.read(size), size)));
    } catch (error) {
      if (!(error instanceof UnreadablePicture)) {
        throw error;
      }
      if (size === 1) {
        return { verdict: classify(error.message, 1), bytes: Buffer.concat(pieces) };
      }
      size = 1;
    }
  }
}

function classify(message: string, whose: 0 | 1): Verdict {
  if (message.includes('is shorter than its size needs')) {
    return 'taken';
  }
  const found = (Object.keys(reasons) as (keyof typeof reasons)[]).find((reason) => reasons[reason][whose].test(message));
  if (found === undefined) {
    throw new Error(`There is a reason that nobody knows: ${message}`);
  }
  return found;
}
