import { expect, test } from 'vitest';
import { describeFindings } from '../../src/report/describe-findings.ts';
import type { Finding } from '../../src/results/model.ts';
import { makeComparison } from './support/reports.ts';

const largest = { x: 1200, y: 16, width: 240, height: 32 };

test.each<[Finding, string]>([
  [
    { kind: 'left-out', places: 2, share: 0.0078 },
    'Takes of the page differ in 2 places (0.78% of the picture), left out of the comparison as noise: one take equals the baseline there, or it moved when the baseline was taken.',
  ],
  [
    { kind: 'new-noise', places: 1, largest, waysOut: ['mask'] },
    'Takes of the page differ in 1 place where no take equals the baseline, and which did not move when the baseline was taken: it counts. The largest place is 240×32 px at 1,200, 16. To keep it from counting, mask it (`mask`), or make the page show the same at every visit.',
  ],
  [
    { kind: 'too-unstable', share: 0.2, allowedShare: 0.05, largest, waysOut: ['mask', 'clock'] },
    'Takes of the page differ in 20.0% of the picture, which is more than the 5.00% that may be left out: all of it counts. The largest place is 240×32 px at 1,200, 16. To keep it from counting, mask it (`mask`), or stop the time of the page (`clock`), or make the page show the same at every visit.',
  ],
  [
    { kind: 'damaged-file', which: 'baseline', reason: 'it ends without its last chunk, IEND' },
    'The file of the baseline is damaged, but its picture is whole: it ends without its last chunk, IEND. Saving it anew mends it.',
  ],
  [
    { kind: 'taken-once', sample: 5 },
    'It was not taken again: most captures of this run differ, and the 5 that were taken again differed still.',
  ],
])('in words: %o', (finding, words) => {
  expect(describeFindings(makeComparison({ findings: [finding] }))).toBe(words);
});
