import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxShards, parseShard, parseShardArtifactName, shardArtifactName, splitIntoShards } from '../../src/plan/shard.ts';

const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 60 });
const counts = fc.integer({ min: 1, max: 12 });
const durations = fc.dictionary(fc.string({ minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 20_000 }));

const split = (all: readonly string[], count: number, known: Record<string, number> = {}): string[][] =>
  splitIntoShards(
    all.map((id) => ({ id })),
    count,
    new Map(Object.entries(known)),
  ).map((shard) => shard.map(({ id }) => id));

describe('splitting captures into shards', () => {
  it('gives every capture to exactly one shard', () => {
    fc.assert(
      fc.property(ids, counts, durations, (all, count, known) => {
        const shards = split(all, count, known);
        expect(shards).toHaveLength(count);
        expect(shards.flat().toSorted()).toEqual(all.toSorted());
      }),
    );
  });

  it('comes to the same whatever the order of the captures', () => {
    fc.assert(
      fc.property(ids, counts, durations, (all, count, known) => {
        const sorted = (shards: string[][]): string[][] => shards.map((shard) => shard.toSorted());
        expect(sorted(split(all.toReversed(), count, known))).toEqual(sorted(split(all, count, known)));
      }),
    );
  });

  it('differs by one capture at most where no duration is known', () => {
    fc.assert(
      fc.property(ids, counts, (all, count) => {
        const sizes = split(all, count).map((shard) => shard.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is never further from the best than the longest capture, by known durations', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 60 }), counts, (times, count) => {
        const known = Object.fromEntries(times.map((ms, index) => [`page-${index}`, ms]));
        const loads = split(Object.keys(known), count, known).map((shard) =>
          shard.reduce((sum, id) => sum + (known[id] ?? 0), 0),
        );
        const total = times.reduce((sum, ms) => sum + ms, 0);
        expect(Math.max(...loads)).toBeLessThanOrEqual(total / count + Math.max(...times));
      }),
    );
  });

  it('puts one slow page against many quick ones', () => {
    const known = { slow: 9000, a: 3000, b: 3000, c: 3000 };
    expect(split(['slow', 'a', 'b', 'c'], 2, known).map((shard) => shard.length)).toEqual([1, 3]);
  });

  it('keeps the order of the plan within a shard', () => {
    const all = Array.from({ length: 20 }, (_, index) => String(index).padStart(2, '0'));
    for (const shard of split(all, 3)) {
      expect(shard).toEqual(shard.toSorted());
    }
  });
});

describe('the input shard', () => {
  it.each(['1/1', '2/4', ' 3 / 4 ', `${maxShards}/${maxShards}`])('takes %s', (written) => {
    expect(parseShard(written)).toHaveProperty('value');
  });

  it.each(['', '0/4', '5/4', '1', '1/0', '-1/4', '1.5/4', 'a/b', '1/4/2', '1/9999', '1/257'])('refuses %j', (written) => {
    expect(parseShard(written)).toHaveProperty('problem', expect.stringContaining('i/n'));
  });

  it('names artifacts so that each is found again', () => {
    const shard = { index: 2, count: 4 };
    const name = shardArtifactName('visual-capture', shard);
    expect(name).toBe('visual-capture-2-of-4');
    expect(parseShardArtifactName(name, 'visual-capture')).toEqual(shard);
    for (const other of [
      'visual-capture',
      'visual-capture-2-of-4.html',
      'visual-capture-x-2-of-4',
      'other-2-of-4',
      'visual-capture-5-of-4',
    ]) {
      expect(parseShardArtifactName(other, 'visual-capture')).toBeUndefined();
    }
  });
});
