import { describe, expect, test } from 'vitest';
import type { RunPlace } from '../../src/baseline/host.ts';
import { openRefBaselines } from '../../src/baseline/ref.ts';
import { type GitServer, startGitServer } from '../helpers/git-server.ts';
import { environment, picture, portsAt, textOf, writerOf } from './support.ts';

const token = 'ghs_token';
const mainRef = 'refs/visual-capture/baselines/main';

function placeAt(server: GitServer, more: Partial<RunPlace> = {}): RunPlace {
  return {
    remote: { url: server.url, token },
    branch: { name: 'main' },
    workflowRun: { id: 100, url: 'https://github.com/octo/site/actions/runs/100', commit: 'c0ffee' },
    ...more,
  };
}

describe('reading', () => {
  test('without the ref everything is new, and the log says so', async () => {
    await using server = await startGitServer({ token });
    const ports = portsAt(placeAt(server));
    await using source = (await openRefBaselines(undefined, ports))!;
    await source.prepare?.(['index/1280x800']);
    expect(await source.read('index/1280x800')).toBeUndefined();
    expect(await source.list()).toEqual([]);
    await writerOf(source).save();
    expect(await server.git('for-each-ref')).toBe('');
    expect(ports.said).toEqual([`info: There is no ${mainRef} yet, so every capture counts as added.`]);
    expect(source.description).toBe(`ref ${mainRef}`);
    expect(source.nameOf('index/1280x800')).toBe(`${mainRef}:index/1280x800.png`);
  });

  test('a pull request is compared with its base, and may not write', async () => {
    await using server = await startGitServer({ token });
    await server.commit('refs/visual-capture/baselines/release/1', { 'index/mobile.png': 'of the release' });
    await server.commit(mainRef, { 'index/mobile.png': 'of main' });
    const ports = portsAt(placeAt(server, { branch: { name: 'release/1', readOnly: 'not reviewed' } }));
    await using source = await openRefBaselines(undefined, ports);
    expect(textOf(await source.read('index/mobile'))).toBe('of the release');
    expect(source.writing).toEqual({ kind: 'read-only', reason: 'not reviewed' });
  });

  test('a branch without baselines of its own is compared with the default branch, and starts its own from there', async () => {
    await using server = await startGitServer({ token });
    await server.commit('refs/heads/main', { readme: 'x' });
    await server.commit(mainRef, { 'index/mobile.png': 'of main', 'about/mobile.png': 'kept' });
    await using source = await openRefBaselines(undefined, portsAt(placeAt(server, { branch: { name: 'feature' } })));
    expect(textOf(await source.read('index/mobile'))).toBe('of main');
    await writerOf(source).write('index/mobile', picture('of the feature'));
    await writerOf(source).save();
    const ref = 'refs/visual-capture/baselines/feature';
    expect(await server.git('show', `${ref}:index/mobile.png`)).toBe('of the feature');
    expect(await server.git('show', `${ref}:about/mobile.png`)).toBe('kept');
    expect(await server.git('show', `${mainRef}:index/mobile.png`)).toBe('of main');
  });

  test('baseline-ref may name a branch', async () => {
    await using server = await startGitServer({ token });
    await server.commit('refs/heads/visual-baselines', { 'index/mobile.png': 'on a branch' });
    await using source = await openRefBaselines('visual-baselines', portsAt(placeAt(server)));
    expect(textOf(await source.read('index/mobile'))).toBe('on a branch');
  });

  test('files that are no baselines are left out', async () => {
    await using server = await startGitServer({ token });
    await server.commit(mainRef, { 'manifest.json': '{broken', 'top.png': 'x', 'a/b/mobile.png': 'y', 'notes/readme.md': 'z' });
    await using source = await openRefBaselines(undefined, portsAt(placeAt(server)));
    expect(await source.list()).toEqual(['a/b/mobile']);
    expect(await source.read('a/b/mobile')).toEqual({ png: expect.anything() });
  });
});

describe('writing', () => {
  test('is one commit and one push, with how each picture was taken', async () => {
    await using server = await startGitServer({ token });
    await server.commit(mainRef, { 'index/mobile.png': 'old', 'gone/mobile.png': 'gone', 'kept/mobile.png': 'kept' });
    const ports = portsAt(placeAt(server));
    await using source = await openRefBaselines(undefined, ports);
    await writerOf(source).write('index/mobile', { ...picture('new'), durationMs: 2310 });
    await writerOf(source).write('about us/mobile', picture('added'));
    await writerOf(source).remove('gone/mobile');
    const before = server.requests.length;
    const limit = { requests: 60, windowMs: 60_000 };
    const browser = { version: '153.0.8010.0', platform: 'linux x64', sha256: 'a'.repeat(64) };
    await writerOf(source).save({ wrote: 'all', limit, browser });

    const pushes = server.requests.slice(before).filter(({ path }) => path.endsWith('/git-receive-pack'));
    expect(pushes).toHaveLength(1);
    expect(await server.git('rev-list', '--count', mainRef)).toBe('2');
    expect(await server.git('ls-tree', '-r', '--name-only', mainRef)).toBe(
      'about us/mobile.png\nindex/mobile.png\nkept/mobile.png\nmanifest.json',
    );
    expect(await server.git('log', '-1', '--format=%B', mainRef)).toBe(
      'Update 3 baselines\n\nCaptured from c0ffee by https://github.com/octo/site/actions/runs/100',
    );
    expect(ports.said).toEqual([`info: 3 baselines written to ${mainRef}.`]);

    await using again = await openRefBaselines(undefined, portsAt(placeAt(server)));
    expect(await again.read('index/mobile')).toEqual({ png: expect.anything(), environment });
    expect(await again.read('kept/mobile')).toEqual({ png: expect.anything() });
    expect(await again.durations?.()).toEqual({ msById: new Map([['index/mobile', 2400]]), sameInEveryJob: false, limit });
    expect(await again.browsers?.()).toEqual({
      byId: new Map([
        ['about us/mobile', 'Chrome 153.0.8010.0'],
        ['index/mobile', 'Chrome 153.0.8010.0'],
      ]),
      archives: new Map([['chrome@153.0.8010.0 linux x64', 'a'.repeat(64)]]),
    });
  });

  test('survives writers who are faster: fetched, applied again, pushed again', async () => {
    let interfere: (() => Promise<unknown>) | undefined;
    await using server = await startGitServer({ token, beforePush: async () => void (await interfere?.()) });
    await server.commit(mainRef, { 'index/mobile.png': 'old' });
    const ports = portsAt(placeAt(server));
    await using source = await openRefBaselines(undefined, ports);
    await writerOf(source).write('index/mobile', picture('ours'));
    let rounds = 0;
    interfere = async () => {
      rounds += 1;
      if (rounds <= 3) {
        await server.commit(mainRef, { [`theirs/${rounds}.png`]: 'theirs' });
      }
    };
    await writerOf(source).save();
    expect(rounds).toBe(4);
    expect(ports.pausesMs).toEqual([500, 500, 500]);
    expect(await server.git('ls-tree', '-r', '--name-only', mainRef)).toBe(
      'index/mobile.png\nmanifest.json\ntheirs/1.png\ntheirs/2.png\ntheirs/3.png',
    );
    expect(await server.git('show', `${mainRef}:index/mobile.png`)).toBe('ours');
  });

  test('two real runs at once both get through', async () => {
    await using server = await startGitServer({ token });
    await server.commit(mainRef, { 'index/mobile.png': 'old' });
    const sources = await Promise.all([1, 2, 3].map(() => openRefBaselines(undefined, portsAt(placeAt(server)))));
    await Promise.all(
      sources.map(async (source, index) => {
        await writerOf(source).write(`page-${index}/mobile`, picture(`${index}`));
        await writerOf(source).save();
        await source[Symbol.asyncDispose]();
      }),
    );
    await using after = await openRefBaselines(undefined, portsAt(placeAt(server)));
    expect(await after.list()).toEqual(['index/mobile', 'page-0/mobile', 'page-1/mobile', 'page-2/mobile']);
    expect((await after.read('page-1/mobile'))?.environment).toEqual(environment);
  });

  test('a run that took long does not put its older pictures over those of a newer run', async () => {
    await using server = await startGitServer({ token });
    await using old = await openRefBaselines(undefined, portsAt(placeAt(server)));
    const newerRun = { id: 101, url: 'https://github.com/octo/site/actions/runs/101', commit: 'beef' };
    await using newer = await openRefBaselines(undefined, portsAt(placeAt(server, { workflowRun: newerRun })));
    await writerOf(newer).write('index/mobile', picture('newer'));
    await writerOf(newer).save();
    await writerOf(old).write('index/mobile', picture('older'));
    await writerOf(old).write('about/mobile', picture('only in the older run'));
    await writerOf(old).save();
    expect(await server.git('show', `${mainRef}:index/mobile.png`)).toBe('newer');
    expect(await server.git('show', `${mainRef}:about/mobile.png`)).toBe('only in the older run');
  });
});

describe('what goes wrong is told with its remedy', () => {
  test('a token that may only read', async () => {
    await using server = await startGitServer({ token, readToken: 'ghs_read' });
    const place = placeAt(server, { remote: { url: server.url, token: 'ghs_read' } });
    await using source = await openRefBaselines(undefined, portsAt(place));
    await writerOf(source).write('index/mobile', picture('new'));
    await expect(writerOf(source).save()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(/^The new baselines could not be pushed to refs\/visual-capture\/baselines\/main: .*403/),
      fix: expect.stringContaining('contents: write'),
    });
  });

  test('a protected ref', async () => {
    await using server = await startGitServer({ token, preReceive: 'echo "GH013: rule violation" >&2; exit 1' });
    await using source = await openRefBaselines(undefined, portsAt(placeAt(server)));
    await writerOf(source).write('index/mobile', picture('new'));
    await expect(writerOf(source).save()).rejects.toMatchObject({
      message: `The new baselines were refused by ${mainRef}: [remote rejected] (pre-receive hook declined): GH013: rule violation`,
      fix: expect.stringContaining('baseline-ref'),
    });
  });

  test('no access at all, before anything is captured', async () => {
    await using server = await startGitServer({ token });
    const open = openRefBaselines(undefined, portsAt(placeAt(server, { remote: { url: server.url, token: 'wrong' } })));
    await expect(open).rejects.toMatchObject({
      message: expect.stringContaining('The baselines could not be fetched'),
      fix: expect.stringContaining('github-token'),
    });
  });
});
