import { expect, test } from 'vitest';
import type { Report } from '../../src/results/model.ts';
import { cliSource, createWorkspace, put, runBundle } from '../helpers/bundle.ts';
import { type Block, drawPng } from '../helpers/draw-png.ts';

const [width, height] = [400, 500];
const header = (colour: Block['colour']): Block[] => [
  { x: 0, y: 0, width, height: 60, colour },
  ...Array.from(
    { length: 12 },
    (_, n): Block => ({ x: 20 + n * 7, y: 10 + n * 3, width: 90, height: 2, colour: [n * 9, 40, 80] }),
  ),
];
const text = (seed: number): Block[] =>
  Array.from(
    { length: 9 },
    (_, n): Block => ({
      x: 30,
      y: 130 + n * 40,
      width: 60 + ((n * 37 + seed * 53) % 200),
      height: 12,
      colour: [60, 60, seed * 20],
    }),
  );
/** Right below the header, so that what changes there touches it. */
const hero = (colour: Block['colour']): Block[] => [
  { x: 0, y: 60, width, height: 50, colour },
  { x: 40, y: 80, width: 200, height: 9, colour: [9, 9, 9] },
];

test('a header that changed on every page is one group of the folders, also where it touches another change', async () => {
  await using workspace = await createWorkspace();
  for (const [seed, name] of ['a', 'b', 'c'].entries()) {
    const before = [...header([240, 240, 240]), ...hero([200, 220, 255]), ...text(seed)];
    const after = [...header([30, 60, 90]), ...hero(name === 'c' ? [255, 220, 120] : [200, 220, 255]), ...text(seed)];
    await put(workspace, `before/${name}/400x500.png`, drawPng(width, height, before));
    await put(workspace, `after/${name}/400x500.png`, drawPng(width, height, after));
  }
  const { exitCode, stdout } = await runBundle(cliSource, {
    cwd: workspace.path,
    args: ['compare', 'before', 'after', '--json'],
  });
  const { captures, groups }: Report = JSON.parse(stdout);
  expect(exitCode).toBe(1);
  expect(groups).toEqual([
    {
      id: 'g1',
      captures: 3,
      size: { width, height: 60 },
      example: 'a/400x500',
      regions: { 'a/400x500': [0], 'b/400x500': [0], 'c/400x500': [0] },
    },
  ]);
  expect(captures.map(({ comparison }) => comparison?.regions.length)).toEqual([1, 1, 2]);
  expect(captures[2]?.comparison?.regions[1]).toMatchObject({ x: 0, y: 60, width, height: 50 });
  expect(stdout).not.toContain('traces');
  const told = await runBundle(cliSource, { cwd: workspace.path, args: ['compare', 'before', 'after'] });
  expect(told.stdout).toContain('g1 Header, 400×60 px, 3 captures\n  a/400x500, b/400x500, c/400x500\n');
  expect(told.stdout).toContain('Changed besides\n≠ c (400x500)');
});
