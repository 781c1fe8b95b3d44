import { expect, test } from 'vitest';
import { connectGithub } from '../../../src/github/api.ts';
import { renderMarker } from '../../../src/publish/comment/marker.ts';
import { type PublishedComment, publishComment } from '../../../src/publish/comment/publish-comment.ts';
import { systemClock, systemRandom } from '../../../src/system/clock.ts';
import type { Clock } from '../../../src/system/ports.ts';
import { startGitServer } from '../../helpers/git-server.ts';
import { type GithubServerOptions, startGithubServer } from '../../helpers/github-server.ts';
import { serve } from '../../helpers/serve.ts';
import { makeCapture, makeComparison, makeReport } from '../../report/support/reports.ts';

const token = 'ghs_test';
const report = makeReport([
  makeCapture('red', {
    status: 'changed',
    comparison: makeComparison(),
    files: { baseline: 'baseline/red', actual: 'actual/red', diff: 'diff/red' },
  }),
]);

/** Publishes for any number of pull requests with the same ports, as one step does. */
async function publisherFor(
  apiUrl: string,
  serverUrl: string,
  clock: Clock,
): Promise<(pullRequest: number) => Promise<PublishedComment>> {
  const ports = {
    api: await connectGithub(token, apiUrl, clock),
    token,
    triptych: async () => ({ bytes: new Uint8Array([1, 2, 3]), size: { width: 3, height: 1 } }),
    clock,
    signal: new AbortController().signal,
    random: systemRandom,
  };
  return (pullRequest) =>
    publishComment(
      {
        report,
        files: { read: async () => new Uint8Array([0]) },
        when: 'auto',
        key: 'visual-capture',
        repository: { owner: 'octo', name: 'site', serverUrl, apiUrl },
        pullRequest,
        pullRequestHead: 'own',
        fork: false,
        run: { id: 42, attempt: 1, url: `${serverUrl}/octo/site/actions/runs/42`, commit: 'c0ffee' },
      },
      ports,
    );
}

const ours = (text: string) => ({
  login: 'github-actions[bot]',
  body: `${renderMarker({ key: 'visual-capture', runId: 1, attempt: 1 })}${text}`,
});
const gone = { status: 404, body: { message: 'Not Found' } };
const refused = { status: 403, body: { message: 'Resource not accessible by integration' } };

/** One comment for pull request 7 beside those that are there; gives back what was asked of GitHub and what is there then. */
async function publishOnce(options: GithubServerOptions) {
  await using git = await startGitServer({ token });
  await using github = await startGithubServer(options);
  const publish = await publisherFor(github.apiUrl, git.origin, systemClock);
  const published = await publish(7);
  expect(github.wrong).toEqual([]);
  return {
    published,
    bodies: github.comments.map(({ body }) => (body.includes('1 changed') ? 'new' : body.split('\n').at(-1))),
    asked: github.requests.map(({ operation, path }) => [operation, path['comment_id']].filter(Boolean).join(' ')),
  };
}

test('each of several pull requests has its comment and its pictures, with the same ports', async () => {
  await using git = await startGitServer({ token });
  await using github = await startGithubServer({ operations: { 'issues/list-comments': () => ({ status: 200, body: [] }) } });
  const publish = await publisherFor(github.apiUrl, git.origin, systemClock);
  expect([await publish(7), await publish(8)]).toMatchObject([{ kind: 'written' }, { kind: 'written' }]);
  const created = github.requests.filter(({ operation }) => operation === 'issues/create-comment');
  expect(created.map(({ path }) => path['issue_number'])).toEqual(['7', '8']);
  for (const [index, number] of [7, 8].entries()) {
    const commit = await git.git('rev-parse', `refs/visual-capture/pr/${number}`);
    expect(github.comments[index]?.body).toContain(`/blob/${commit}/01.png`);
  }
});

test('a comment that is deleted between listing and updating is written anew', async () => {
  const { published, bodies, asked } = await publishOnce({
    comments: [ours('old')],
    operations: { 'issues/update-comment': () => gone },
  });
  expect(published.kind).toBe('written');
  expect(bodies).toEqual(['old', 'new']);
  expect(asked).toEqual(['issues/list-comments', 'issues/update-comment 100', 'issues/create-comment']);
});

test('where there is a second one, that is brought up to date instead', async () => {
  const { bodies, asked } = await publishOnce({
    comments: [ours('old'), ours('second'), ours('third')],
    operations: { 'issues/update-comment': ({ path }) => (path['comment_id'] === '100' ? gone : undefined) },
  });
  expect(bodies).toEqual(['old', 'new']);
  expect(asked.slice(1)).toEqual(['issues/update-comment 100', 'issues/update-comment 101', 'issues/delete-comment 102']);
});

test.each([
  ['is gone already', gone],
  ['may not be deleted', refused],
])('a second one that %s does not make a failure of what is written', async (_, answer) => {
  const { published, bodies } = await publishOnce({
    comments: [ours('old'), ours('second')],
    operations: { 'issues/delete-comment': () => answer },
  });
  expect(published).toEqual({ kind: 'written', url: 'https://github.com/octo/site/pull/7#issuecomment-100' });
  expect(bodies).toEqual(['new', 'second']);
});

/** Real time, but sleeps of this length end as soon as `when` does, and a minute later by the clock; longer ones never. */
function clockThatEnds(lengthMs: number, when: Promise<unknown>): Clock {
  let aheadMs = 0;
  return {
    nowMs: () => systemClock.nowMs() + aheadMs,
    date: () => systemClock.date(),
    sleep: async (delayMs) => {
      if (delayMs <= 1_000) {
        return;
      }
      await (delayMs === lengthMs ? when : new Promise(() => {}));
      aheadMs += 60_000;
    },
  };
}

test('a git server that never answers costs the pictures once; the comments are written', async () => {
  const asked: string[] = [];
  const arrived = Promise.withResolvers<void>();
  await using git = await serve(({ url }) => {
    asked.push(url ?? '');
    arrived.resolve();
  });
  await using github = await startGithubServer({ operations: { 'issues/list-comments': () => ({ status: 200, body: [] }) } });
  const publish = await publisherFor(github.apiUrl, git.url, clockThatEnds(20_000, arrived.promise));
  expect([await publish(7), await publish(8)]).toMatchObject([{ kind: 'written' }, { kind: 'written' }]);
  expect(github.comments[0]?.body).toContain('Pictures are left out: it took longer than 20 s.');
  expect(github.comments[1]?.body).toContain('Pictures are left out: the server gave no answer before');
  expect(asked).toHaveLength(1);
});

test('a GitHub that never answers is asked for one comment alone, and no picture is pushed', async () => {
  await using git = await startGitServer({ token });
  let requests = 0;
  const arrived = Promise.withResolvers<void>();
  await using github = await serve(() => {
    requests += 1;
    arrived.resolve();
  });
  const publish = await publisherFor(github.url, git.origin, clockThatEnds(10_000, arrived.promise));
  const warning = expect.stringContaining('GitHub gave no answer');
  expect([await publish(7), await publish(8)]).toEqual([
    { kind: 'failed', warning },
    { kind: 'failed', warning },
  ]);
  expect(requests).toBe(1);
  expect(git.requests).toEqual([]);
});
