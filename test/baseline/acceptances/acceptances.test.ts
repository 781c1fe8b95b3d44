import { describe, expect, test } from 'vitest';
import { endMergedAcceptances } from '../../../src/baseline/acceptances/end.ts';
import { recordAccepted } from '../../../src/baseline/acceptances/record.ts';
import type { Acceptances, RunPlace } from '../../../src/baseline/host.ts';
import { openRefBaselines } from '../../../src/baseline/ref.ts';
import { openScratchRepository } from '../../../src/git/scratch-repository.ts';
import { type GitServer, startGitServer } from '../../helpers/git-server.ts';
import { picture, portsAt, writerOf } from '../support.ts';

const token = 'ghs_token';
const id = 'index/mobile';
const of = (...pullRequests: readonly number[]): Acceptances => ({ pullRequests, rule: 'any' });

const placeAt = ({ url }: GitServer, acceptances?: Acceptances): RunPlace => ({
  remote: { url, token },
  branch: { name: 'main', readOnly: 'not reviewed' },
  ...(acceptances === undefined ? {} : { acceptances: async () => acceptances }),
});

/** Accepts the pictures on a pull request, one after the other, each in a commit of its own. */
async function acceptOn(server: GitServer, pullRequest: number, ...contents: readonly string[]): Promise<void> {
  // Many are pushed to the server's own folder, which takes a fraction of the time that HTTP does.
  const remote = contents.length > 3 ? { url: server.repository } : { url: server.url, token };
  await using repository = await openScratchRepository(remote);
  for (const content of contents) {
    const pictures = new Map([[id, { png: Buffer.from(content) }]]);
    await recordAccepted(repository, pullRequest, { pictures, message: 'Accept' }, portsAt(placeAt(server)));
  }
}

/** What a run finds accepted. */
async function readAll(server: GitServer, acceptances?: Acceptances): Promise<string[]> {
  await using source = await openRefBaselines(undefined, portsAt(placeAt(server, acceptances)));
  await source.prepare?.([id]);
  return (await source.accepted!(id)).map((png) => Buffer.from(png).toString());
}

const numbered = (count: number, from = 0): string[] => Array.from({ length: count }, (_, nth) => `picture ${from + nth}`);
const refsOf = (server: GitServer): Promise<string> => server.git('for-each-ref', '--format=%(refname)');

describe('accepted pictures', () => {
  test('are kept newest first, and the oldest of too many are dropped', async () => {
    await using server = await startGitServer({ token });
    await acceptOn(server, 7, ...numbered(23));
    expect(await readAll(server, of(7))).toEqual(numbered(20, 3).reverse());
  });

  test('are the newest again when they are accepted again, and kept once', async () => {
    await using server = await startGitServer({ token });
    await acceptOn(server, 7, 'one', 'two', 'one');
    expect(await readAll(server, of(7))).toEqual(['one', 'two']);
  });

  test('survive acceptances at the same time', async () => {
    let interfere: (() => Promise<void>) | undefined = async () => {
      interfere = undefined;
      await acceptOn(server, 7, 'theirs');
    };
    await using server = await startGitServer({ token, beforePush: async () => interfere?.() });
    await acceptOn(server, 7, 'ours');
    expect(await readAll(server, of(7))).toEqual(['ours', 'theirs']);
  });

  test('count for their pull request, and for nothing else', async () => {
    await using server = await startGitServer({ token });
    await acceptOn(server, 7, 'of 7');
    await acceptOn(server, 71, 'of 71');
    expect(await readAll(server, of(7))).toEqual(['of 7']);
    expect(await readAll(server, of(8))).toEqual([]);
    expect(await readAll(server)).toEqual([]);
  });

  test('of several pull requests count together in a merge queue', async () => {
    await using server = await startGitServer({ token });
    await acceptOn(server, 7, 'both', 'of 7');
    await acceptOn(server, 8, 'of 8', 'both');
    expect(await readAll(server, of(7, 9, 8))).toEqual(['of 7', 'both', 'of 8']);
  });

  test('count for one commit on several pull requests where each of them has the very same', async () => {
    await using server = await startGitServer({ token });
    await acceptOn(server, 7, 'both', 'of 7');
    await acceptOn(server, 8, 'of 8', 'both');
    expect(await readAll(server, { pullRequests: [7, 8], rule: 'every' })).toEqual(['both']);
    expect(await readAll(server, { pullRequests: [7, 8, 9], rule: 'every' })).toEqual([]);
  });

  test('of the one ref that held those of all pull requests are read no more', async () => {
    await using server = await startGitServer({ token });
    await server.commit('refs/visual-capture/accepted', { [`${id}/1-${'a'.repeat(64)}.png`]: 'old' });
    expect(await readAll(server, of(7))).toEqual([]);
  });
});

describe('acceptances of a merged pull request', () => {
  /** A run of main that merged these pull requests and writes a baseline. */
  async function update(server: GitServer, wrote: 'all' | 'missing' = 'all'): Promise<readonly string[]> {
    const place = { ...placeAt(server, of(7, 8)), branch: { name: 'main' } };
    const ports = portsAt(place);
    await using source = await openRefBaselines(undefined, ports);
    await source.prepare?.([id]);
    await writerOf(source).write(id, picture('merged'));
    await writerOf(source).save({ wrote });
    return ports.said;
  }

  test('end once the baselines are written', async () => {
    await using server = await startGitServer({ token });
    await acceptOn(server, 7, 'merged');
    await acceptOn(server, 9, 'other');
    const said = await update(server);
    expect(await refsOf(server)).toBe('refs/visual-capture/acceptances/9\nrefs/visual-capture/baselines/main');
    expect(said.join('\n')).toContain('What was accepted on pull request 7 is among the baselines now');
  });

  test('stay while the baselines cannot be written', async () => {
    await using server = await startGitServer({
      token,
      preReceive: 'while read old new ref; do case "$ref" in *baselines*) exit 1;; esac; done',
    });
    await acceptOn(server, 7, 'merged');
    await expect(update(server)).rejects.toThrow('refused by');
    expect(await refsOf(server)).toBe('refs/visual-capture/acceptances/7');
  });

  test('that cannot be deleted do not fail the run', async () => {
    const preReceive =
      'while read old new ref; do case "$new $ref" in 0000000*" refs/visual-capture/acceptances"*) echo "never delete" >&2; exit 1;; esac; done';
    await using server = await startGitServer({ token, preReceive });
    await server.commit('refs/visual-capture/acceptances/7', { 'a.png': 'x' });
    const said = await update(server);
    expect(await refsOf(server)).toBe('refs/visual-capture/acceptances/7\nrefs/visual-capture/baselines/main');
    expect(said.join('\n')).toContain(
      'info: refs/visual-capture/acceptances/7 is left behind, and does no harm: [remote rejected] (pre-receive hook declined): never delete.',
    );
  });

  test('a server that is gone is no fault', async () => {
    const server = await startGitServer({ token });
    await using repository = await openScratchRepository({ url: server.url, token });
    await server[Symbol.asyncDispose]();
    const ports = portsAt(placeAt(server));
    await endMergedAcceptances(repository, of(7), ports);
    expect(ports.said).toEqual([expect.stringMatching(/^info: .*is left behind/)]);
  });

  test('stay while a run writes only what was missing', async () => {
    await using server = await startGitServer({ token });
    await acceptOn(server, 7, 'merged');
    await update(server, 'missing');
    expect(await refsOf(server)).toContain('refs/visual-capture/acceptances/7');
  });
});

describe('before anything is captured', () => {
  test('they are fetched, so that nothing is asked of the server later', async () => {
    await using server = await startGitServer({ token });
    await acceptOn(server, 7, 'one', 'two');
    await using source = await openRefBaselines(undefined, portsAt(placeAt(server, of(7))));
    await source.prepare?.([id]);
    const asked = server.requests.length;
    expect(await source.accepted!(id)).toHaveLength(2);
    await source.prepare?.(['gone/mobile']);
    expect(await source.accepted!(id)).toHaveLength(2);
    expect(server.requests).toHaveLength(asked);
  });

  test('a server that does not answer is told', async () => {
    const server = await startGitServer({ token });
    await using source = await openRefBaselines(undefined, portsAt(placeAt(server, of(7))));
    await server[Symbol.asyncDispose]();
    await source.prepare?.([]);
    await expect(source.prepare?.([id])).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('The accepted pictures could not be fetched'),
    });
  });
});
