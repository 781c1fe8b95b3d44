import { readFile } from 'node:fs/promises';
import { compare } from 'odiff-bin';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** Whether a comparator with its default settings calls two PNG files different. */
export type Flags = (baseline: string, actual: string) => Promise<boolean>;

/** What is usual: each one compares one picture with the baseline, and knows nothing of the page. */
export const rivals: Readonly<Record<string, Flags>> = {
  pixelmatch: (baseline, actual) => differs(baseline, actual, 0.1),
  odiff: async (baseline, actual) => !(await compare(baseline, actual, `${actual}.odiff.png`)).match,
  // `toHaveScreenshot` compares with pixelmatch at a threshold of 0.2, and pictures of two sizes never match.
  'Playwright’s settings': (baseline, actual) => differs(baseline, actual, 0.2),
};

async function differs(baseline: string, actual: string, threshold: number): Promise<boolean> {
  const [a, b] = await Promise.all([baseline, actual].map(async (path) => PNG.sync.read(await readFile(path))));
  if (a === undefined || b === undefined || a.width !== b.width || a.height !== b.height) {
    return true;
  }
  return pixelmatch(a.data, b.data, undefined, a.width, a.height, { threshold }) > 0;
}
