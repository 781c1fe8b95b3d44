import { expect, test } from 'vitest';
import { exampleEvent } from '../helpers/events.ts';
import { exampleOf } from '../helpers/openapi.ts';
import { openStory, statusesOf } from './support/story.ts';

const mainRef = 'refs/visual-capture/baselines/main';
const repository = { full_name: 'octo/site', default_branch: 'main' };

test('a pull request is not shown what main changed meanwhile, and is told so', async () => {
  await using story = await openStory(['/a', '/b', '/c']);
  const { pulls, show } = story;
  const m1 = await story.commit('main');
  await story.push('main', m1);
  const head = await story.commit('feature', m1);
  pulls.push({ number: 7, headSha: head });
  for (const page of ['/a', '/b']) {
    show({ [page]: 'red' });
    await story.push('main', await story.commit('main'));
  }

  show({ '/a': 'grey', '/b': 'grey', '/c': 'grey' });
  const unchanged = await story.pull(7, { comment: 'always' });
  expect(statusesOf(unchanged)).toEqual({ 'a/4x4': 'unchanged', 'b/4x4': 'unchanged', 'c/4x4': 'unchanged' });
  expect(unchanged.exitCode).toBe(0);
  expect(unchanged.report?.run).toMatchObject({
    commit: head,
    baselineCommit: m1,
    pullRequests: [7],
    baselines: { branch: 'main', relation: 'ancestor', behind: 2, changedSince: ['a/4x4', 'b/4x4'] },
  });
  const told = `Compared with main at ${m1.slice(0, 7)}, 2 updates behind its newest. main has changed since: a, b.`;
  expect(unchanged.stdout.replace(/\s+/g, ' ')).toContain(told);
  expect(unchanged.summary).toContain(told);
  expect(story.github.comments[0]?.body).toContain(told);

  show({ '/c': 'blue' });
  expect(statusesOf(await story.pull(7))).toEqual({ 'a/4x4': 'unchanged', 'b/4x4': 'unchanged', 'c/4x4': 'changed' });
  expect(story.github.wrong).toEqual([]);
});

test('many updates behind, the right one is found by few questions', async () => {
  await using story = await openStory(['/a']);
  const m1 = await story.commit('main');
  await story.push('main', m1);
  let tip = await story.git.git('rev-parse', mainRef);
  const tree = await story.git.git('rev-parse', `${mainRef}^{tree}`);
  for (let nth = 0; nth < 40; nth += 1) {
    const source = await story.commit('main');
    const message = `Update\n\nCaptured from ${source} by https://github.com/octo/site/actions/runs/${nth}`;
    tip = await story.git.git('commit-tree', tree, '-p', tip, '-m', message);
  }
  await story.git.git('update-ref', mainRef, tip);
  story.pulls.push({ number: 7, headSha: await story.commit('feature', m1) });
  const { report } = await story.pull(7, { comment: 'never' });
  expect(report?.run.baselines).toMatchObject({ relation: 'ancestor', behind: 40 });
  expect(report?.run.baselineCommit).toBe(m1);
  const compared = story.github.requests.filter(({ operation }) => operation === 'repos/compare-commits-with-basehead');
  expect(compared.length).toBeLessThanOrEqual(13);
});

test('a run of a feature branch about an open pull request writes nothing, whatever the event', async () => {
  await using story = await openStory(['/a']);
  const m1 = await story.commit('main');
  await story.push('main', m1);
  const head = await story.commit('feature', m1);
  story.pulls.push({ number: 7, headSha: head });
  story.show({ '/a': 'red' });
  const deployment = exampleEvent('deployment_status', { change: { deployment: { sha: head }, repository } });
  const vercel = exampleEvent('repository_dispatch', {
    change: { action: 'vercel.deployment.success', client_payload: { git: { sha: head, ref: 'feature' } }, repository },
  });
  const inputs = { 'update-baselines': 'true', comment: 'always' };
  for (const [event, payload, sha, ref] of [
    ['deployment_status', deployment, m1, 'refs/heads/feature'],
    ['workflow_dispatch', exampleEvent('workflow_dispatch', { change: { repository } }), head, 'refs/heads/feature'],
    ['push', exampleEvent('push', { change: { repository } }), head, 'refs/heads/feature'],
    ['repository_dispatch', vercel, m1, 'refs/heads/main'],
  ] as const) {
    const step = await story.run({ event, payload, sha, ref, inputs });
    expect([event, statusesOf(step), step.exitCode]).toEqual([event, { 'a/4x4': 'changed' }, 1]);
    expect(step.report?.run).toMatchObject({ commit: head, pullRequests: [7], baselineCommit: m1 });
    expect(step.stdout).toContain('what a pull request shows is not reviewed yet');
  }
  expect(story.github.comments).toHaveLength(1);
  expect(await story.git.git('for-each-ref', '--format=%(refname)', 'refs/visual-capture/baselines')).toBe(mainRef);
  expect(story.github.wrong).toEqual([]);
});

test('the pull request that is meant is told, not the release whose head is main', async () => {
  await using story = await openStory(['/a']);
  const m1 = await story.commit('main');
  await story.push('main', m1);
  const head = await story.commit('feature', m1);
  story.pulls.push(
    { number: 5, headSha: m1, headRef: 'main', baseRef: 'production' },
    { number: 7, headSha: head },
    { number: 8, headSha: head },
  );
  const payload = exampleEvent('repository_dispatch', { change: { client_payload: { git: { sha: head } }, repository } });
  const step = await story.run({
    event: 'repository_dispatch',
    payload,
    sha: m1,
    ref: 'refs/heads/main',
    inputs: { comment: 'always' },
  });
  expect(step.report?.run.pullRequests).toEqual([7, 8]);
  const written = story.github.requests.filter(({ operation }) => operation === 'issues/create-comment');
  expect([...new Set(written.map(({ path }) => path['issue_number']))]).toEqual(['7', '8']);
});

test('a release branch keeps its own baselines from the first run on, and its pull requests are compared with them in every event', async () => {
  await using story = await openStory(['/a']);
  const m1 = await story.commit('main');
  await story.push('main', m1);
  const r1 = await story.commit('release/1.0', m1);
  const first = await story.push('release/1.0', r1);
  expect(statusesOf(first)).toEqual({ 'a/4x4': 'unchanged' });
  const releaseRef = 'refs/visual-capture/baselines/release/1.0';
  expect(await story.git.git('log', '-1', '--format=%B', releaseRef)).toContain(`Captured from ${r1} by`);

  story.show({ '/a': 'red' });
  await story.push('main', await story.commit('main'));
  const head = await story.commit('fix', r1);
  story.pulls.push({ number: 9, headSha: head, baseRef: 'release/1.0' });
  story.show({ '/a': 'grey' });
  const payload = exampleEvent('deployment_status', { change: { deployment: { sha: head }, repository } });
  for (const step of [await story.pull(9), await story.run({ event: 'deployment_status', payload, sha: m1 })]) {
    expect(statusesOf(step)).toEqual({ 'a/4x4': 'unchanged' });
    expect(step.report?.run).toMatchObject({
      baseline: `ref ${releaseRef}`,
      baselineCommit: r1,
      baselines: { branch: 'release/1.0' },
    });
  }
});

test('what a deleted branch left is not believed, and a new branch of its name starts from what it was compared with', async () => {
  await using story = await openStory(['/a']);
  const m1 = await story.commit('main');
  await story.push('main', m1);
  story.show({ '/a': 'blue' });
  const old = await story.commit('next', m1);
  await story.push('next', old);
  await story.git.git('update-ref', '-d', 'refs/heads/next');

  story.show({ '/a': 'grey' });
  const anew = await story.commit('next', m1);
  const step = await story.push('next', anew);
  expect(statusesOf(step)).toEqual({ 'a/4x4': 'unchanged' });
  expect(step.report?.run.baseline).toBe(`ref ${mainRef}`);
  const nextRef = 'refs/visual-capture/baselines/next';
  expect(await story.git.git('rev-parse', `${nextRef}:a/4x4.png`)).toBe(await story.git.git('rev-parse', `${mainRef}:a/4x4.png`));
  const again = await story.push('next', await story.commit('next'));
  expect(again.report?.run).toMatchObject({ baseline: `ref ${nextRef}`, baselineCommit: anew });
});

test('a ref in the way is told by its name', async () => {
  await using story = await openStory(['/a']);
  const m1 = await story.commit('main');
  await story.push('main', m1);
  await story.push('rel', await story.commit('rel', m1));
  await story.git.git('update-ref', '-d', 'refs/heads/rel');
  const step = await story.push('rel/2', await story.commit('rel/2', m1));
  expect(step.exitCode).toBe(1);
  const said = step.annotations.map(({ message }) => message).join('\n');
  expect(said).toContain('refs/visual-capture/baselines/rel is in the way');
  expect(said).toContain('git push origin --delete refs/visual-capture/baselines/rel');
  expect(step.report?.captures).toHaveLength(1);
});

test('a renamed default branch finds the baselines of its old name, or says whose there are', async () => {
  const renamed = { master: 'main' };
  await using story = await openStory(['/a'], { renamed });
  const m1 = await story.commit('main');
  await story.push('main', m1);
  await story.git.git('update-ref', 'refs/visual-capture/baselines/master', mainRef);
  await story.git.git('update-ref', '-d', mainRef);
  const found = await story.push('main', await story.commit('main'));
  expect(found.report?.run).toMatchObject({ baseline: 'ref refs/visual-capture/baselines/master', baselineCommit: m1 });
  expect(statusesOf(found)).toEqual({ 'a/4x4': 'unchanged' });
  expect(await story.git.git('rev-parse', `${mainRef}:a/4x4.png`)).not.toBe('');

  await story.git.git('update-ref', 'refs/visual-capture/baselines/trunk', mainRef);
  await story.git.git('update-ref', '-d', mainRef);
  await story.git.git('update-ref', '-d', 'refs/visual-capture/baselines/master');
  const gone = await story.push('main', await story.commit('main'), { 'update-baselines': 'false' });
  expect(statusesOf(gone)).toEqual({ 'a/4x4': 'added' });
  expect(gone.stdout).toContain('There are baselines of other branches: trunk.');
});

test('a late run of an older commit does not take back what a newer one wrote', async () => {
  await using story = await openStory(['/a']);
  const m1 = await story.commit('main');
  await story.push('main', m1);
  const m2 = await story.commit('main');
  const m3 = await story.commit('main');
  story.show({ '/a': 'blue' });
  await story.push('main', m3);
  story.show({ '/a': 'red' });
  const late = await story.push('main', m2);
  expect(late.report?.run.baselineCommit).toBe(m1);
  expect(late.stdout).toContain(`A newer run has written ${mainRef} already.`);
  expect(await story.git.git('rev-list', '--count', mainRef)).toBe('2');
});

test('without an ancestor the newest count, and it is said what to do', async () => {
  await using story = await openStory(['/a']);
  const m0 = await story.commit('main');
  const head = await story.commit('feature', m0);
  const m1 = await story.commit('main');
  await story.push('main', m1);
  story.pulls.push({ number: 7, headSha: head });
  const step = await story.pull(7);
  expect(step.report?.run).toMatchObject({ baselineCommit: m1, baselines: { relation: 'unrelated' } });
  expect(step.summary).toContain(`since no ancestor of ${head.slice(0, 7)} has any`);
  expect(step.summary).toContain('Merge main into the branch');
});

test('newer baselines that are still being written are expected, not blamed on the pull request', async () => {
  const under = { url: 'https://github.com/octo/site/actions/runs/999', sha: '' };
  await using story = await openStory(['/a'], {
    operations: {
      'actions/get-workflow-run': () => ({ status: 200, body: runExample({}) }),
      'actions/list-workflow-runs': () => ({
        status: 200,
        body: {
          total_count: 2,
          workflow_runs: [
            runExample({ status: 'in_progress', event: 'push', html_url: under.url, head_sha: under.sha }),
            runExample({ status: 'in_progress', event: 'pull_request', html_url: 'x', head_sha: under.sha }),
          ],
        },
      }),
    },
  });
  const m1 = await story.commit('main');
  await story.push('main', m1);
  const m2 = await story.commit('main');
  under.sha = m2;
  const head = await story.commit('feature', m2);
  story.pulls.push({ number: 7, headSha: head });
  story.show({ '/a': 'red' });
  const step = await story.pull(7);
  expect(step.report?.run.baselines).toMatchObject({ relation: 'ancestor', behind: 0, expected: { commit: m2, url: under.url } });
  expect(step.summary).toContain(`Newer baselines of main are expected: those of ${m2.slice(0, 7)} are still being written`);
  expect(story.github.wrong).toEqual([]);

  story.pulls.push({ number: 8, headSha: await story.commit('other', m1) });
  expect((await story.pull(8)).report?.run.baselines?.expected).toBeUndefined();
});

test('the input commit decides, wherever the run stands', async () => {
  await using story = await openStory(['/a']);
  const m1 = await story.commit('main');
  await story.push('main', m1);
  const head = await story.commit('feature', m1);
  story.pulls.push({ number: 7, headSha: head });
  const payload = exampleEvent('workflow_dispatch', { change: { repository } });
  const given = { event: 'workflow_dispatch', payload, sha: m1, ref: 'refs/heads/main' };
  const step = await story.run({ ...given, inputs: { commit: head, 'update-baselines': 'true' } });
  expect(step.report?.run).toMatchObject({ commit: head, pullRequests: [7] });
  expect(step.stdout).toContain('update-baselines has no effect in this run');

  const wrong = await story.run({ ...given, inputs: { commit: 'main' } });
  expect(wrong.exitCode).toBe(1);
  expect(wrong.stdout).toContain('commit must be the full id of a commit, 40 hexadecimal digits, not "main"');
});

function runExample(change: object): object {
  const example = exampleOf('actions/get-workflow-run', 200) as { repository: { id: number } };
  return { ...example, ...change, workflow_id: 77, head_repository: { ...example.repository } };
}
