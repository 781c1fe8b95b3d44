import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatRoute, modeNames, parseRoute } from '../../../src/report/page/route.ts';

test('the ordinary link is the id itself', () => {
  expect(formatRoute({ id: 'pricing/1280x800' })).toBe('#pricing/1280x800');
  expect(formatRoute({ id: 'pricing/1280x800', mode: 'slider', region: 2 })).toBe('#pricing/1280x800?mode=slider&region=2');
  expect(formatRoute({})).toBe('#');
  expect(formatRoute({ mode: 'slider' })).toBe('#');
  expect(formatRoute({ group: 'g1' })).toBe('#?group=g1');
  expect(formatRoute({ id: 'pricing/mobile', group: 'g12' })).toBe('#pricing/mobile?group=g12');
});

test('what is written is read again, whatever the name', () => {
  const route = fc.record({
    id: fc.string({ unit: 'grapheme', minLength: 1 }),
    mode: fc.constantFrom(...modeNames.slice(1)),
    region: fc.integer({ min: 1, max: 999_999 }),
  });
  fc.assert(
    fc.property(route, (written) => {
      expect(parseRoute(formatRoute(written))).toEqual(written);
    }),
  );
});

test.each([
  ['', {}],
  ['#', {}],
  ['#a/b?mode=nonsense&region=0', { id: 'a/b' }],
  ['#a/b?region=-1', { id: 'a/b' }],
  ['#a/b?region=1e3', { id: 'a/b' }],
  ['#a/b?group=x1', { id: 'a/b' }],
  ['#?group=g0', {}],
  ['#?group=g1', { group: 'g1' }],
  ['#%zz', { id: '%zz' }],
])('%j is read as far as it is understood', (hash, route) => {
  expect(parseRoute(hash)).toEqual(route);
});
