import { describe, expect, test } from 'vitest';
import { readPullRequestLink } from '../../src/github/pull-request.ts';
import { decideBaselineBranch } from '../../src/github/run-place.ts';
import { exampleEvent } from '../helpers/events.ts';

function decide(event: string, ref: string | undefined, payload: unknown = {}) {
  return decideBaselineBranch({ event, pullRequest: readPullRequestLink(event, payload, 'c0ffee') }, ref, payload);
}

describe('whose baselines a run is compared with', () => {
  test.each(['pull_request', 'pull_request_target'])('%s: those of the base, read only', (event) => {
    expect(decide(event, 'refs/pull/2/merge', exampleEvent('pull_request', { action: 'opened' }))).toEqual({
      name: 'master',
      readOnly: expect.stringContaining('not reviewed'),
    });
  });

  test('a merge queue: those of the branch that is merged into, read only', () => {
    const payload = exampleEvent('merge_group', { action: 'checks_requested' }) as { merge_group: { base_ref: string } };
    expect(payload.merge_group.base_ref).toMatch(/^refs\/heads\//);
    expect(decide('merge_group', 'refs/heads/gh-readonly-queue/main/pr-1', payload)).toEqual({
      name: payload.merge_group.base_ref.replace('refs/heads/', ''),
      readOnly: expect.stringContaining('not merged yet'),
    });
  });

  test.each(['push', 'schedule', 'workflow_dispatch', 'deployment_status'])(
    '%s on a branch: its own, which it may write',
    (event) => {
      expect(decide(event, 'refs/heads/release/1')).toEqual({ name: 'release/1' });
    },
  );

  test.each([
    ['a tag', 'push', 'refs/tags/v1'],
    ['a deployment of a commit', 'deployment_status', undefined],
    ['a run that follows another, perhaps of a fork', 'workflow_run', 'refs/heads/main'],
    ['a dispatch, perhaps for a preview', 'repository_dispatch', 'refs/heads/main'],
    ['a status, perhaps of a preview', 'status', 'refs/heads/main'],
  ])('%s: those of the default branch, read only', (_, event, ref) => {
    expect(decide(event, ref)).toEqual({ readOnly: expect.stringContaining('belongs to no branch') });
  });

  test('a comment, which does not tell the base: those of the default branch, read only', () => {
    const branch = decide('issue_comment', 'refs/heads/main', {
      issue: { number: 7, state: 'open', pull_request: { url: 'https://api.github.com/repos/octo/site/pulls/7' } },
    });
    expect(branch).toEqual({ readOnly: expect.stringContaining('not reviewed') });
  });
});
