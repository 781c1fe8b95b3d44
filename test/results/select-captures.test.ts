import { expect, it } from 'vitest';
import { selectCaptures } from '../../src/results/select-captures.ts';

const captures = ['index', 'docs/a', 'docs/b', 'docs/a/deep', 'a[1]'].flatMap((name) =>
  ['1280x800', 'mobile'].map((viewport) => ({ id: `${name}/${viewport}`, name })),
);

it.each([
  [['index'], ['index/1280x800', 'index/mobile']],
  [['docs/a/mobile'], ['docs/a/mobile']],
  [
    ['docs/b', 'docs/b/mobile'],
    ['docs/b/1280x800', 'docs/b/mobile'],
  ],
  [['**/mobile'], ['index/mobile', 'docs/a/mobile', 'docs/b/mobile', 'docs/a/deep/mobile', 'a[1]/mobile']],
  [['docs/a/**'], ['docs/a/1280x800', 'docs/a/mobile', 'docs/a/deep/1280x800', 'docs/a/deep/mobile']],
  [['a[1]'], ['a[1]/1280x800', 'a[1]/mobile']],
  [[], captures.map(({ id }) => id)],
])('%j', (words, ids) => {
  expect(selectCaptures(captures, words)).toEqual({ selected: captures.filter(({ id }) => ids.includes(id)), unknown: [] });
});

it('tells the words that name nothing', () => {
  expect(selectCaptures(captures, ['index/mobile', 'Index', 'blog/*', '!index'])).toEqual({
    selected: [{ id: 'index/mobile', name: 'index' }],
    unknown: ['Index', 'blog/*', '!index'],
  });
});
