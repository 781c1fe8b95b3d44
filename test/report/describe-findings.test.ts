import { expect, test } from 'vitest';
import { describeFindings } from '../../src/report/describe-findings.ts';
import type { Finding } from '../../src/results/model.ts';
import { makeComparison, shadeFinding } from './support/reports.ts';

const button = { x: 1040, y: 50, width: 120, height: 40, diffPixels: 3900, from: '#2563eb', to: '#1d4ed8' };
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
    shadeFinding(),
    'A shade changed over 62.5% of the picture, by less than the threshold sees: #f0eff5 became #e0dfe5 (1280×736 px at 0, 64). That alone is no difference.',
  ],
  [
    {
      ...shadeFinding(button, { ...button, y: 90 }, { ...button, to: '#1e40af' }, { ...button, to: '#1e3a8a' }),
      places: 30,
      counts: true,
    },
    'A shade changed over 62.5% of the picture, by less than the threshold sees: #f0eff5 became #e0dfe5 (1280×736 px at 0, 64), #2563eb became #1d4ed8 (120×40 px at 1,040, 50, and 1 more place), #2563eb became #1e40af (120×40 px at 1,040, 50), and 26 more places changed. Its pixels count as differing.',
  ],
  [
    shadeFinding({ ...button, from: '#e0dfe5', to: '#f0eff5' }),
    'A shade changed over 62.5% of the picture, by less than the threshold sees: #f0eff5 became #e0dfe5 (1280×736 px at 0, 64), #e0dfe5 became #f0eff5 (120×40 px at 1,040, 50). The two took each other’s colours, as when an area moves. That alone is no difference.',
  ],
  [
    { kind: 'taken-once', sample: 5 },
    'It was not taken again: most captures of this run differ, and the 5 that were taken again differed still.',
  ],
])('in words: %o', (finding, words) => {
  expect(describeFindings(makeComparison({ findings: [finding] }))).toBe(words);
});
