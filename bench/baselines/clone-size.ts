// What baselines cost those who clone the repository, and what a check fetches of them: npm run bench baselines
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openScratchRepository } from '../../src/git/scratch-repository.ts';
import { type GitServer, startGitServer } from '../../test/helpers/git-server.ts';

const pictures = 50;
/** Of one picture; random bytes, since a PNG is compressed already. */
const pictureBytes = 60_000;
/** How often the pages changed so far, and how many pictures each time. */
const updates = 20;
const changedEachTime = 10;

const name = (index: number): string => `page-${index}/1280x800.png`;

/** A repository with some code on main and the history of its baselines on `ref`. */
async function fill(server: GitServer, ref: string, folder: string): Promise<void> {
  await server.commit('refs/heads/main', { 'src/site.css': 'body {}\n', 'README.md': '# Site\n' });
  for (let update = 0; update <= updates; update += 1) {
    const first = update === 0 ? 0 : (update * changedEachTime) % pictures;
    const count = update === 0 ? pictures : changedEachTime;
    const files = Array.from({ length: count }, (_, index) => [
      `${folder}${name((first + index) % pictures)}`,
      randomBytes(pictureBytes),
    ]);
    await server.commit(ref, Object.fromEntries(files));
  }
}

const receivedSince = (server: GitServer, start: number): number =>
  server.requests.slice(start).reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);

async function clone(server: GitServer): Promise<number> {
  const start = server.requests.length;
  const target = await mkdtemp(join(tmpdir(), 'clone-'));
  await promisify(execFile)('git', ['clone', '--quiet', server.url, target]);
  await rm(target, { recursive: true });
  return receivedSince(server, start);
}

async function check(server: GitServer, ref: string, wanted: number): Promise<number> {
  const start = server.requests.length;
  await using repository = await openScratchRepository({ url: server.url });
  const commit = await repository.fetchRef(ref);
  if (commit !== undefined) {
    const tree = await repository.readTree(commit);
    await repository.fetchBlobs(commit, [...tree.values()].slice(0, wanted));
  }
  return receivedSince(server, start);
}

const shown = (bytes: number): string => (bytes < 100_000 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(2)} MB`);
const ref = 'refs/visual-capture/baselines/main';

await using inTree = await startGitServer();
await fill(inTree, 'refs/heads/main', 'visual-baselines/');
await using inRef = await startGitServer();
await fill(inRef, ref, '');

process.stdout.write(
  [
    `${pictures} baselines of ${pictureBytes / 1000} kB, ${changedEachTime} of them changed ${updates} times`,
    `git clone, baseline: directory   ${shown(await clone(inTree))}`,
    `git clone, baseline: ref         ${shown(await clone(inRef))}`,
    `a check of all ${pictures} pages        ${shown(await check(inRef, ref, pictures))}`,
    `a check of 5 pages               ${shown(await check(inRef, ref, 5))}`,
    '',
  ].join('\n'),
);
