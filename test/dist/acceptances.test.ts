import { expect, test } from 'vitest';
import { recordAccepted } from '../../src/baseline/acceptances/record.ts';
import { openScratchRepository } from '../../src/git/scratch-repository.ts';
import { systemClock, systemRandom } from '../../src/system/clock.ts';
import { exampleEvent } from '../helpers/events.ts';
import { solidPng } from '../helpers/solid-png.ts';
import { openStory, type Story, statusesOf, token } from './support/story.ts';

const repository = { full_name: 'octo/site', default_branch: 'main' };
const red = solidPng(4, 4, [255, 0, 0]);

/** As `mode: accept` does, whose own tests show how it comes to it. */
async function accept(story: Story, pullRequest: number): Promise<void> {
  await using scratch = await openScratchRepository({ url: story.git.url, token });
  const ports = { clock: systemClock, random: systemRandom };
  await recordAccepted(scratch, pullRequest, { pictures: new Map([['a/4x4', { png: red }]]), message: 'Accept' }, ports);
}

const acceptances = (story: Story): Promise<string> =>
  story.git.git('for-each-ref', '--format=%(refname)', 'refs/visual-capture/acceptances');

test('an acceptance counts for its pull request, its merge group and its merging commit, and for nothing else', async () => {
  await using story = await openStory(['/a']);
  const m1 = await story.commit('main');
  await story.push('main', m1);
  const head = await story.commit('feature', m1);
  story.pulls.push({ number: 7, headSha: head }, { number: 8, headSha: await story.commit('other', m1) });
  story.show({ '/a': 'red' });
  expect(statusesOf(await story.pull(7))).toEqual({ 'a/4x4': 'changed' });
  await accept(story, 7);

  const own = await story.pull(7);
  expect([statusesOf(own), own.exitCode, own.report?.captures[0]?.accepted]).toEqual([{ 'a/4x4': 'unchanged' }, 0, true]);
  expect(statusesOf(await story.pull(8))).toEqual({ 'a/4x4': 'changed' });

  const group = {
    merge_group: {
      head_sha: await story.commit('queue', head),
      head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${m1}`,
      base_ref: 'refs/heads/main',
    },
    repository,
  };
  const payload = exampleEvent('merge_group', { action: 'checks_requested', change: group });
  const queued = await story.run({
    event: 'merge_group',
    payload,
    sha: group.merge_group.head_sha,
    ref: group.merge_group.head_ref,
  });
  expect(statusesOf(queued)).toEqual({ 'a/4x4': 'unchanged' });

  const before = await story.commit('main');
  expect(statusesOf(await story.push('main', before, { 'update-baselines': 'false' }))).toEqual({ 'a/4x4': 'changed' });
  const merging = await story.commit('main');
  story.pulls[0] = { number: 7, headSha: head, mergedBy: merging };
  expect(statusesOf(await story.push('main', merging, { 'update-baselines': 'false' }))).toEqual({ 'a/4x4': 'unchanged' });
  expect(await acceptances(story)).toBe('refs/visual-capture/acceptances/7');

  await story.push('main', merging);
  expect(await acceptances(story)).toBe('');
  expect(story.github.wrong).toEqual([]);
});

test('an acceptance ends when its pull request is closed', async () => {
  await using story = await openStory(['/a']);
  await story.push('main', await story.commit('main'));
  await accept(story, 7);
  const closed = (merged: boolean) =>
    exampleEvent('pull_request', {
      action: 'closed',
      change: { pull_request: { number: 7, state: 'closed', merged }, repository },
    });
  const cleanup = { event: 'pull_request_target', sha: 'c0ffee', inputs: { mode: 'cleanup' } };
  await story.run({ ...cleanup, payload: closed(true) });
  expect(await acceptances(story)).toBe('refs/visual-capture/acceptances/7');
  const step = await story.run({ ...cleanup, payload: closed(false) });
  expect([step.exitCode, await acceptances(story)]).toEqual([0, '']);
});
