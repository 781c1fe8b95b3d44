import { expect, test } from 'vitest';
import { actionSource, createWorkspace, type FinishedStep, runStep } from '../../helpers/bundle.ts';
import { eventEnvironment, exampleEvent } from '../../helpers/events.ts';
import { type GitServer, startGitServer } from '../../helpers/git-server.ts';

const token = 'ghs_test';
const ref = 'refs/visual-capture/pr/2';
const acceptances = 'refs/visual-capture/acceptances/2';
const closedEvent = (merged: boolean): object =>
  exampleEvent('pull_request', { action: 'closed', change: { pull_request: { merged } } });
const closed = closedEvent(true);

async function cleanUp(git: GitServer, payload = closed, event = 'pull_request_target'): Promise<FinishedStep> {
  await using workspace = await createWorkspace();
  return await runStep({
    entry: actionSource,
    workspace,
    inputs: { mode: 'cleanup', 'github-token': token },
    env: { GITHUB_SERVER_URL: git.origin, ...(await eventEnvironment(workspace.path, event, payload)) },
  });
}

test('deletes the pictures of a closed pull request and nothing else; a second time is fine', async () => {
  await using git = await startGitServer({ token });
  for (const name of [ref, 'refs/visual-capture/pr/22', 'refs/visual-capture/baselines/main', 'refs/heads/main']) {
    await git.commit(name, { '01.png': 'picture' });
  }
  const first = await cleanUp(git);
  expect(first.exitCode).toBe(0);
  expect(first.stdout).toContain('The pictures of pull request 2 are deleted.');
  expect(await git.git('for-each-ref', '--format=%(refname)')).toBe(
    'refs/heads/main\nrefs/visual-capture/baselines/main\nrefs/visual-capture/pr/22',
  );
  const second = await cleanUp(git);
  expect(second.exitCode).toBe(0);
  expect(second.stdout).toContain('Pull request 2 has no pictures.');
});

test('what was accepted ends with a pull request that is closed without being merged; a merged one keeps it', async () => {
  await using git = await startGitServer({ token });
  for (const name of [acceptances, 'refs/visual-capture/acceptances/22']) {
    await git.commit(name, { '01.png': 'picture' });
  }
  expect((await cleanUp(git, closedEvent(true))).exitCode).toBe(0);
  expect(await git.git('rev-parse', '--verify', acceptances)).toMatch(/^[0-9a-f]{40}$/);
  const step = await cleanUp(git, closedEvent(false));
  expect([step.exitCode, step.stdout]).toEqual([0, expect.stringContaining('What was accepted on it counts no more')]);
  expect(await git.git('for-each-ref', '--format=%(refname)')).toBe('refs/visual-capture/acceptances/22');
  expect((await cleanUp(git, closedEvent(false))).stdout).toContain('Nothing was accepted on it.');
});

test('leaves an open pull request alone', async () => {
  await using git = await startGitServer({ token });
  await git.commit(ref, { '01.png': 'picture' });
  const step = await cleanUp(git, exampleEvent('pull_request', { action: 'synchronize' }));
  expect(step.exitCode).toBe(0);
  expect(step.stdout).toContain('Pull request 2 is open, so its pictures stay.');
  expect(await git.git('for-each-ref', '--format=%(refname)')).toBe(ref);
});

test('what another job pushes meanwhile is deleted as well', async () => {
  let others = 0;
  await using git = await startGitServer({
    token,
    beforePush: async () => {
      if (others++ === 0) {
        await git.commit(ref, { '01.png': 'pushed meanwhile' });
      }
    },
  });
  await git.commit(ref, { '01.png': 'picture' });
  const step = await cleanUp(git);
  expect(step.stdout).toContain('The pictures of pull request 2 are deleted.');
  expect(await git.git('for-each-ref', '--format=%(refname)')).toBe('');
});

test('a token that may not push: the error names the permission', async () => {
  await using git = await startGitServer({ readToken: token });
  await git.commit(ref, { '01.png': 'picture' });
  const step = await cleanUp(git);
  expect(step.exitCode).toBe(1);
  expect(step.annotations[0]?.message).toContain('contents: write');
  expect(step.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain(token);
});

test('an event without a pull request: the error says on which to run it', async () => {
  await using git = await startGitServer({ token });
  const step = await cleanUp(git, exampleEvent('push'), 'push');
  expect(step.exitCode).toBe(1);
  expect(step.annotations[0]?.message).toContain('on: pull_request_target with types: [closed]');
});
