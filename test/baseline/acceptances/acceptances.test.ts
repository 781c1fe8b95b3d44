import { describe, expect, test } from 'vitest';
import { acceptedRef, recordAccepted } from '../../src/baseline/accepted-ref.ts';
import type { RunPlace } from '../../src/baseline/host.ts';
import { openRefBaselines } from '../../src/baseline/ref.ts';
import { openScratchRepository } from '../../src/git/scratch-repository.ts';
import { sha256 } from '../../src/system/sha256.ts';
import { type GitServer, startGitServer } from '../helpers/git-server.ts';
import { portsAt } from './support.ts';

const token = 'ghs_token';
const id = 'index/mobile';

const placeAt = ({ url }: GitServer): RunPlace => ({
  remote: { url, token },
  branch: { name: 'main', readOnly: 'not reviewed' },
});

/** Accepts the pictures one after the other, each in a commit of its own. */
async function accept(server: GitServer, ...contents: readonly string[]): Promise<void> {
  // Many are pushed to the server's own folder, which takes a fraction of the time that HTTP does.
  const remote = contents.length > 3 ? { url: server.repository } : { url: server.url, token };
  await using repository = await openScratchRepository(remote);
  for (const content of contents) {
    const pictures = new Map([[id, Buffer.from(content)]]);
    await recordAccepted(repository, { pictures, message: 'Accept', baselines: new Map() }, portsAt(placeAt(server)));
  }
}

/** What a run finds accepted. */
async function readAll(server: GitServer): Promise<string[]> {
  await using source = await openRefBaselines(undefined, portsAt(placeAt(server)));
  await source.prepare?.([id]);
  return (await source.accepted!(id)).map((png) => Buffer.from(png).toString());
}

const numbered = (count: number, from = 0): string[] => Array.from({ length: count }, (_, nth) => `picture ${from + nth}`);

/** A tree that came about when files had no numbers. */
const unnumbered = (contents: readonly string[]): Record<string, string> =>
  Object.fromEntries(contents.map((content) => [`${id}/${sha256(content)}.png`, content]));

describe('accepted pictures', () => {
  test('are kept newest first, and the oldest of too many are dropped', async () => {
    await using server = await startGitServer({ token });
    await accept(server, ...numbered(23));
    expect(await readAll(server)).toEqual(numbered(20, 3).reverse());
  });

  test('are the newest again when they are accepted again, and kept once', async () => {
    await using server = await startGitServer({ token });
    await accept(server, 'one', 'two', 'one');
    expect(await readAll(server)).toEqual(['one', 'two']);
  });

  test('without a number are older than all others', async () => {
    await using server = await startGitServer({ token });
    await server.commit(acceptedRef, unnumbered(numbered(30)));
    await accept(server, 'new');
    const kept = await readAll(server);
    expect([kept.length, kept[0]]).toEqual([20, 'new']);
    await accept(server, ...numbered(19, 100));
    expect(await readAll(server)).toEqual([...numbered(19, 100).reverse(), 'new']);
  });

  test('survive acceptances at the same time', async () => {
    let interfere: (() => Promise<void>) | undefined = async () => {
      interfere = undefined;
      await accept(server, 'theirs');
    };
    await using server = await startGitServer({ token, beforePush: async () => interfere?.() });
    await accept(server, 'ours');
    expect(await readAll(server)).toEqual(['ours', 'theirs']);
  });
});

describe('before anything is captured', () => {
  test('they are fetched, so that nothing is asked of the server later', async () => {
    await using server = await startGitServer({ token });
    await accept(server, 'one', 'two');
    await using source = await openRefBaselines(undefined, portsAt(placeAt(server)));
    await source.prepare?.([id]);
    const asked = server.requests.length;
    expect(await source.accepted!(id)).toHaveLength(2);
    await source.prepare?.(['gone/mobile']);
    expect(await source.accepted!(id)).toHaveLength(2);
    expect(server.requests).toHaveLength(asked);
  });

  test('a server that does not answer is told', async () => {
    const server = await startGitServer({ token });
    await using source = await openRefBaselines(undefined, portsAt(placeAt(server)));
    await server[Symbol.asyncDispose]();
    await source.prepare?.([]);
    await expect(source.prepare?.([id])).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('The accepted pictures could not be fetched'),
    });
  });
});
