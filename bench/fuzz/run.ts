/**
 * Inflates made-up and damaged streams with the kernel and with zlib, and stops at the first on which they differ.
 *
 *     npm run bench fuzz -- [--seconds 120] [--seed 1]
 *
 * Each stream has a seed of its own, counted from the first; a difference names it, and `--seed` begins with it.
 */
import { parseArgs } from 'node:util';
import { makeStream } from './deflate-streams.ts';
import { inflateAlike } from './inflate-alike.ts';
import { SeededRandom } from './random.ts';

const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '120' }, seed: { type: 'string', default: String(Date.now() % 1_000_000_000) } },
});
const endMs = performance.now() + Number(options.seconds) * 1000;
const first = Number(options.seed);
const counts: Record<string, number> = {};

for (let seed = first; performance.now() < endMs; seed++) {
  const random = new SeededRandom(seed);
  const stream = makeStream(random);
  const { verdict, difference } = inflateAlike(stream, random);
  counts[verdict] = (counts[verdict] ?? 0) + 1;
  if (difference !== undefined) {
    console.error(`Seed ${seed}: ${difference}.\n${stream.toString('hex')}`);
    process.exit(1);
  }
}

const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
console.log(`${total.toLocaleString('en-US')} streams from seed ${first} on, and no difference. What zlib said of them:`);
console.table(counts);
