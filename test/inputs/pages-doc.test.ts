import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { stepKinds } from '../../src/plan/step.ts';

const docs = await readFile('docs/pages.md', 'utf8');

test('every step is documented, and nothing that is no step', () => {
  const rows = [...docs.matchAll(/^\| `([a-z-]+): .*` \|/gm)].map(([, kind]) => kind);
  expect(rows).toEqual([...stepKinds]);
});
