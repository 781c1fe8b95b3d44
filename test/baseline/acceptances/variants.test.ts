import { describe, expect, test } from 'vitest';
import { recordAccepted } from '../../../src/baseline/acceptances/record.ts';
import { replayAcceptances } from '../../../src/baseline/acceptances/replay.ts';
import { hasRoom } from '../../../src/baseline/acceptances/room.ts';
import type { RunPlace } from '../../../src/baseline/host.ts';
import { openRefBaselines } from '../../../src/baseline/ref.ts';
import type { BaselineSource } from '../../../src/baseline/source.ts';
import { openScratchRepository } from '../../../src/git/scratch-repository.ts';
import { type GitServer, startGitServer } from '../../helpers/git-server.ts';
import { environment, picture, portsAt, textOf, writerOf } from '../support.ts';

const token = 'ghs_test';
const id = 'pricing/1280x800';
const main = 'refs/visual-capture/baselines/main';

/** A run of main that has merged pull request 7. */
const placeAt = ({ url }: GitServer): RunPlace => ({
  remote: { url, token },
  branch: { name: 'main' },
  acceptances: async () => ({ pullRequests: [7], rule: 'any' }),
});

async function acceptOn(server: GitServer, ...contents: readonly { readonly text: string; readonly variant: boolean }[]) {
  await using repository = await openScratchRepository({ url: server.url, token });
  for (const { text, variant } of contents) {
    const variants = variant ? new Map([[id, 1]]) : undefined;
    const pictures = new Map([[id, picture(text)]]);
    await recordAccepted(repository, 7, { pictures, variants, message: 'Accept' }, portsAt(placeAt(server)));
  }
}

const variant = (text: string) => ({ text, variant: true });
const plain = (text: string) => ({ text, variant: false });

async function shown(source: BaselineSource): Promise<(string | undefined)[]> {
  const numbers = (await source.numbers?.(id)) ?? [];
  return Promise.all(numbers.map(async (number) => `${number}: ${textOf(await source.read(id, number))}`));
}

/** What main has after a run with `update-baselines: true` that did this. */
async function merged(server: GitServer, act: (source: BaselineSource) => Promise<unknown>): Promise<(string | undefined)[]> {
  {
    await using source = await openRefBaselines(undefined, portsAt(placeAt(server)));
    await source.prepare?.([id]);
    await act(source);
    await writerOf(source).save({ wrote: 'all' });
  }
  await using after = await openRefBaselines(undefined, portsAt(placeAt(server)));
  // Awaited before the source is closed.
  return await shown(after);
}

const nothing = async (): Promise<void> => {};

describe('a variant that was accepted on a pull request', () => {
  test('stands beside the baseline in the run that merges it, and stays there', async () => {
    await using server = await startGitServer({ token });
    await server.commit(main, { [`${id}.png`]: 'old' });
    await acceptOn(server, variant('new'));
    const after = await merged(server, async (source) => {
      expect(await shown(source)).toEqual(['1: old', '2: new']);
      expect((await source.read(id, 2))?.environment).toEqual(environment);
    });
    expect(after).toEqual(['1: old', '2: new']);
    expect(await server.git('for-each-ref', '--format=%(refname)', 'refs/visual-capture/acceptances')).toBe('');
    const { captures } = JSON.parse(await server.git('show', `${main}:manifest.json`));
    expect(captures[`${id}~2`]).toMatchObject({ environment, seen: '2026-02-03' });
  });

  test('gives way, with all others, to the picture of a page that looks like none of them', async () => {
    await using server = await startGitServer({ token });
    await server.commit(main, { [`${id}.png`]: 'old', [`${id}~2.png`]: 'older' });
    await acceptOn(server, variant('new'));
    const after = await merged(server, (source) => writerOf(source).write(id, picture('another')));
    expect(after).toEqual(['1: another']);
  });

  test('stands beside what was accepted before it in place of the baseline', async () => {
    await using server = await startGitServer({ token });
    await server.commit(main, { [`${id}.png`]: 'old' });
    await acceptOn(server, plain('new'), variant('newer'));
    expect(await merged(server, nothing)).toEqual(['1: new', '2: newer']);
  });

  test('counts no more when another picture was accepted in place of all later', async () => {
    await using server = await startGitServer({ token });
    await server.commit(main, { [`${id}.png`]: 'old' });
    await acceptOn(server, variant('new'), plain('newest'));
    expect(await merged(server, nothing)).toEqual(['1: old']);
  });

  test('is not kept by a run that only reads, but counts for it', async () => {
    await using server = await startGitServer({ token });
    await server.commit(main, { [`${id}.png`]: 'old' });
    await acceptOn(server, variant('new'));
    const place = { ...placeAt(server), branch: { name: 'main', readOnly: 'not reviewed' } };
    await using source = await openRefBaselines(undefined, portsAt(place));
    await source.prepare?.([id]);
    expect(await shown(source)).toEqual(['1: old']);
    expect((await source.accepted?.(id))?.map((png) => new TextDecoder().decode(png))).toEqual(['new']);
  });

  test('of another shard’s capture is kept by whichever shard ends the acceptances', async () => {
    await using server = await startGitServer({ token });
    await server.commit(main, { [`${id}.png`]: 'old', 'other/1280x800.png': 'x' });
    await acceptOn(server, variant('new'));
    {
      await using source = await openRefBaselines(undefined, portsAt(placeAt(server)));
      await source.prepare?.(['other/1280x800']);
      await writerOf(source).save({ wrote: 'all' });
    }
    expect(await server.git('show', `${main}:${id}~2.png`)).toBe('new');
  });
});

describe('the pictures of a ref', () => {
  test('are all of a capture, and are removed together', async () => {
    await using server = await startGitServer({ token });
    await server.commit(main, { [`${id}.png`]: 'one', [`${id}~3.png`]: 'three', 'other/mobile.png': 'x' });
    const after = await merged(server, async (source) => {
      expect(await source.list()).toEqual(['other/mobile', id]);
      expect(source.nameOf(id, 3)).toBe(`${main}:${id}~3.png`);
      await writerOf(source).remove(id);
    });
    expect(after).toEqual([]);
  });

  test('are written one by one where one of several is renewed', async () => {
    await using server = await startGitServer({ token });
    await server.commit(main, { [`${id}.png`]: 'one', [`${id}~2.png`]: 'two' });
    expect(await merged(server, (source) => writerOf(source).write(id, picture('two, renewed'), 2))).toEqual([
      '1: one',
      '2: two, renewed',
    ]);
  });
});

describe('what is accepted one after the other', () => {
  const accepted = (...kinds: readonly string[]) =>
    kinds.map((kind) => ({ blob: kind.slice(1), sha256: kind.slice(1), variant: kind.startsWith('+') }));

  test.each<[string, Record<number, string>, readonly string[], Record<number, string> | undefined]>([
    ['nothing', { 1: 'a' }, [], undefined],
    ['a picture in place of all', { 1: 'a' }, ['=b'], undefined],
    ['one beside it', { 1: 'a' }, ['+b'], { 1: 'a', 2: 'b' }],
    ['the same one again', { 1: 'a', 2: 'b' }, ['+b'], { 1: 'a', 2: 'b' }],
    ['one where a number is free', { 2: 'a' }, ['+b'], { 1: 'b', 2: 'a' }],
    ['one of a page without a baseline', {}, ['+b'], { 1: 'b' }],
    ['more than there may be', { 1: 'a', 2: 'b', 3: 'c', 4: 'd' }, ['+e', '+f'], { 1: 'a', 2: 'b', 3: 'c', 4: 'd', 5: 'e' }],
  ])('leaves by %s what is right', (_, before, kinds, after) => {
    const numbered = new Map(Object.entries(before).map(([number, blob]) => [Number(number), blob]));
    const replayed = replayAcceptances(numbered, accepted(...kinds));
    expect(replayed && Object.fromEntries(replayed)).toEqual(after);
  });

  test('leaves room for five', () => {
    expect(hasRoom(4, [], 'x')).toBe(true);
    expect(hasRoom(5, [], 'x')).toBe(false);
    expect(hasRoom(4, accepted('+a'), 'x')).toBe(false);
    expect(hasRoom(5, accepted('=a'), 'x')).toBe(true);
    expect(hasRoom(4, accepted('+x'), 'x')).toBe(true);
  });
});
