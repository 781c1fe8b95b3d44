import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/report/json.ts';
import type { ShardResults } from '../../src/results/check-shards.ts';
import { findMissingShards, mergeShards } from '../../src/results/merge-shards.ts';
import type { Report } from '../../src/results/model.ts';
import { parseResults } from '../../src/results/parse-results.ts';
import { type CaptureChange, completeCapture, makeCapture, makeChanged, makeReport } from '../report/support/reports.ts';

const about = { failOn: ['changed', 'failed'], allowEmpty: false } as const;
const plan = [['a/1280x800', 'd/1280x800'], ['b/1280x800'], ['c/1280x800']];

/** The results of one shard of the plan. */
function shardOf(index: number, change: Partial<Report['run']> = {}, names = plan[index - 1]!): ShardResults {
  const captures = names.map((id) => makeCapture(id.split('/')[0]!));
  const run = {
    startedAt: `2026-03-02T10:00:0${index}.000Z`,
    durationMs: 10_000 * index,
    shard: { index, count: 3, plan },
    ...change,
  };
  return { artifact: `visual-capture-${index}-of-3`, report: makeReport(captures, { run }) };
}

describe('merging shards', () => {
  it('gives the report of the whole run, whatever the order they come in', () => {
    const merged = mergeShards([shardOf(1), shardOf(2), shardOf(3)], about);
    expect(merged.captures.map(({ id }) => id)).toEqual(['a/1280x800', 'b/1280x800', 'c/1280x800', 'd/1280x800']);
    expect(merged).toMatchObject({
      outcome: 'passed',
      totals: { captures: 4, unchanged: 4 },
      service: { credits: 4, requests: 4 },
    });
    expect(merged.run).toMatchObject({ startedAt: '2026-03-02T10:00:01.000Z', durationMs: 32_000, failOn: about.failOn });
    expect(merged.run.shard).toBeUndefined();
    expect(mergeShards([shardOf(3), shardOf(1), shardOf(2)], about)).toEqual(merged);
  });

  it('groups what captures of several shards share, as they were uploaded', () => {
    const uploaded = (index: number, names: string[]): ShardResults => {
      const shard = shardOf(index, {}, names);
      const captures = names.map((id) => makeChanged(id.split('/')[0] ?? '', ['header', id]));
      const bytes = Buffer.from(renderJson(makeReport(captures, { run: shard.report.run })));
      return { ...shard, report: parseResults(bytes) };
    };
    const merged = mergeShards([uploaded(1, plan[0]!), uploaded(2, plan[1]!), shardOf(3)], about);
    expect(merged.groups).toMatchObject([{ id: 'g1', captures: 3, example: 'a/1280x800' }]);
    expect(merged.captures.map(({ groups }) => groups)).toEqual([['g1'], ['g1'], undefined, ['g1']]);
    expect(JSON.stringify(merged)).not.toContain('"traces"');
    expect(parseResults(Buffer.from(renderJson(merged))).groups).toEqual(merged.groups);
  });

  it('adds up what was taken once because most captures differ', () => {
    const ended = (sample: number, takenOnce: number): Partial<Report['run']> => ({ retakesEnded: { sample, takenOnce } });
    const merged = mergeShards([shardOf(1, ended(5, 20)), shardOf(2), shardOf(3, ended(7, 1))], about);
    expect(merged.run.retakesEnded).toEqual({ sample: 12, takenOnce: 21 });
  });

  it('fails every capture of a shard that is missing, and names the shard', () => {
    const shards = [shardOf(1), shardOf(3)];
    const merged = mergeShards(shards, about);
    expect(findMissingShards(shards)).toEqual([2]);
    expect(merged.outcome).toBe('failed');
    expect(merged.captures[1]).toMatchObject({
      id: 'b/1280x800',
      name: 'b',
      viewport: { width: 1280, height: 800 },
      status: 'failed',
      error: { code: 'shard_missing', message: expect.stringContaining('shard 2/3 uploaded no results') },
    });
  });

  it('fails a capture that its shard does not tell of', () => {
    const merged = mergeShards([shardOf(1, {}, ['a/1280x800']), shardOf(2), shardOf(3)], about);
    expect(merged.captures.at(-1)?.error?.message).toContain('shard 1/3 tells nothing of this capture');
  });

  it.each<[string, ShardResults[], string]>([
    [
      'one shard twice',
      [shardOf(1), { ...shardOf(1), artifact: 'other' }],
      '"other" and "visual-capture-1-of-3" both hold shard 1/3',
    ],
    ['a whole run', [shardOf(1), { artifact: 'whole', report: makeReport([]) }], '"whole" holds no results of a shard'],
    [
      'another split',
      [shardOf(1), shardOf(2, { shard: { index: 2, count: 3, plan: plan.toReversed() } })],
      'was split in another way',
    ],
    [
      'another count',
      [shardOf(1), shardOf(2, { shard: { index: 2, count: 2, plan: plan.slice(1) } })],
      'was split in another way',
    ],
    ['another engine', [shardOf(1), shardOf(2, { engine: 'local' })], 'was made by another engine or version'],
    ['an impossible shard', [shardOf(1, { shard: { index: 9, count: 3, plan } })], 'holds no results of a shard'],
    ['a capture twice', [shardOf(1), shardOf(2, {}, ['a/1280x800'])], 'two of them hold the capture a/1280x800'],
  ])('refuses %s', (_, shards, message) => {
    expect(() => mergeShards(shards, about)).toThrow(message);
  });

  const judgedBy = { rules: '1', previews: '2', commit: '3', baselines: '4', browser: '5' };
  const judged = (index: number, by: Partial<typeof judgedBy> | undefined): ShardResults =>
    shardOf(index, { shard: { index, count: 3, plan, ...(by === undefined ? {} : { judgedBy: { ...judgedBy, ...by } }) } });

  it.each([
    ['rules', 'by other rules', 'the same config file'],
    ['previews', 'on other previews', 'the same base-url'],
    ['commit', 'for another commit', 'check out the same commit'],
    ['baselines', 'with other baselines', 'Re-run all jobs'],
    ['browser', 'in another browser', 'give browser a version'],
  ])('refuses shards that do not agree on their %s, and says what to do', (part, reason, fix) => {
    const shards = [judged(1, {}), judged(2, {}), judged(3, { [part]: 'other' })];
    expect(() => mergeShards(shards, about)).toThrow(
      expect.objectContaining({
        message: `The shards do not belong together: "visual-capture-3-of-3" was judged ${reason} than "visual-capture-1-of-3".`,
        fix: expect.stringContaining(fix),
      }),
    );
  });

  it('joins shards of before they told what they were judged by, but not with newer ones', () => {
    expect(
      mergeShards(
        [1, 2, 3].map((index) => judged(index, undefined)),
        about,
      ).outcome,
    ).toBe('passed');
    expect(() => mergeShards([judged(1, {}), judged(2, undefined)], about)).toThrow('by other rules');
  });

  it('tells of the browser that was downloaded for all of them', () => {
    const browser = { version: '154.0.8100.2', platform: 'linux x64', sha256: 'a'.repeat(64) };
    const merged = mergeShards([shardOf(1, { browser }), shardOf(2, { browser }), shardOf(3, { browser })], about);
    expect(merged.run.browser).toEqual(browser);
  });

  it('tells of the commit and the baselines that all shards agree on', () => {
    const told = {
      commit: 'c0ffee',
      pullRequests: [7],
      baselineCommit: 'decaf',
      baselines: { branch: 'main', relation: 'ancestor', behind: 3 },
      checkout: { commit: 'facade' },
    } as const;
    expect(
      mergeShards(
        [1, 2, 3].map((index) => shardOf(index, told)),
        about,
      ).run,
    ).toMatchObject(told);
  });

  it('judges the whole run when it has nothing to judge, not its shards', () => {
    const empty = shardOf(1, { shard: { index: 1, count: 1, plan: [[]] } }, []);
    expect(mergeShards([empty], about).run.nothingCompared).toEqual({ reason: 'There was nothing to capture.', allowed: false });
  });

  it('tells of baselines that no shard compared anything with, as the results of the shards say', () => {
    const missed = (index: number, change: CaptureChange): ShardResults => {
      const { artifact, report } = shardOf(index);
      return {
        artifact,
        report: { ...report, captures: report.captures.map((capture) => completeCapture({ ...capture, ...change })) },
      };
    };
    const failed = [1, 2, 3].map((index) => missed(index, { status: 'failed', hasBaseline: true }));
    expect(mergeShards(failed, { failOn: ['changed'], allowEmpty: false }).run.nothingCompared).toEqual({
      reason: 'Nothing was compared although there are baselines (4): 4 captures failed.',
      allowed: false,
    });
    const missing = [1, 2, 3].map((index) => missed(index, { status: 'added', baselineUrl: 'https://www.example/a' }));
    expect(mergeShards(missing, about).run.nothingCompared?.reason).toContain('there is no such page for 4 captures');
    // Results from before captures told of their baselines.
    const older = [1, 2, 3].map((index) => missed(index, { status: 'failed' }));
    expect(mergeShards(older, about).run.nothingCompared).toBeUndefined();
  });
});
