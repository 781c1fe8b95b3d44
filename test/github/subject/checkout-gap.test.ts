import { expect, test } from 'vitest';
import { findCheckoutGap } from '../../../src/github/subject/checkout-gap.ts';

const ref = '${{ github.event.pull_request.head.sha }}';
const ancestors = (answer: boolean | undefined) => ({ isAncestor: async () => answer });

test.each([
  ['nothing is known of it', undefined, undefined],
  ['it is the captured commit', { commit: 'head', parents: ['x'] }, undefined],
])('there is none when %s', async (_, checkout, expected) => {
  expect(await findCheckoutGap({ commit: 'head' }, checkout, ref, ancestors(false))).toBe(expected);
});

test('a merge adds something only where the base branch has moved', async () => {
  const merge = { commit: 'merge', parents: ['base', 'head'] };
  expect(await findCheckoutGap({ commit: 'head' }, merge, ref, ancestors(true))).toBeUndefined();
  expect(await findCheckoutGap({ commit: 'head' }, merge, ref, ancestors(false))).toEqual({ commit: 'merge', ref });
  expect(await findCheckoutGap({ commit: 'head' }, merge, ref, ancestors(undefined))).toEqual({ commit: 'merge', ref });
});

test('another commit is one, also without a word for what to check out', async () => {
  expect(await findCheckoutGap({ commit: 'head' }, { commit: 'main', parents: [] }, undefined, ancestors(true))).toEqual({
    commit: 'main',
  });
});
