import { describe, expect, test } from 'vitest';
import { readWorkflowRun } from '../../src/github/context.ts';
import { readPullRequestLink } from '../../src/github/pull-request.ts';
import { exampleEvent } from '../helpers/events.ts';

const sha = 'c0ffee';

describe('the pull request of an event', () => {
  test.each(['pull_request', 'pull_request_review', 'pull_request_review_comment'])('%s names it', (name) => {
    const link = readPullRequestLink(name, exampleEvent(name), sha);
    expect(link).toMatchObject({ kind: 'known', pullRequest: { number: expect.any(Number), open: true, fork: false } });
  });

  test('its head, base and state are read', () => {
    expect(readPullRequestLink('pull_request', exampleEvent('pull_request', { action: 'closed' }), sha)).toEqual({
      kind: 'known',
      pullRequest: {
        number: 2,
        open: false,
        fork: false,
        headCommit: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821',
        baseBranch: 'master',
      },
    });
  });

  test.each([
    ['another repository', { full_name: 'mallory/site' }],
    ['a repository that is gone', null],
  ])('from %s it is a fork', (_, repo) => {
    const payload = exampleEvent('pull_request', { change: { pull_request: { head: { repo } } } });
    expect(readPullRequestLink('pull_request', payload, sha)).toMatchObject({ pullRequest: { fork: true } });
  });

  test('a comment belongs to one only where the issue is one', () => {
    expect(readPullRequestLink('issue_comment', exampleEvent('issue_comment'), sha)).toMatchObject({ kind: 'none' });
    const payload = exampleEvent('issue_comment', { change: { issue: { number: 4, pull_request: { url: 'x' } } } });
    expect(readPullRequestLink('issue_comment', payload, sha)).toMatchObject({ kind: 'known', pullRequest: { number: 4 } });
  });

  test.each([
    ['deployment_status', exampleEvent('deployment_status'), 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e'],
    ['workflow_dispatch', exampleEvent('workflow_dispatch'), sha],
    ['repository_dispatch', exampleEvent('repository_dispatch'), sha],
    ['workflow_run', exampleEvent('workflow_run', { change: { workflow_run: { head_sha: 'abc' } } }), 'abc'],
  ])('%s leaves it to the commit', (name, payload, commit) => {
    expect(readPullRequestLink(name, payload, sha)).toEqual({ kind: 'by-commit', commit });
  });

  test.each(['push', 'merge_group', 'schedule', ''])('%s has none', (name) => {
    expect(readPullRequestLink(name, {}, sha).kind).toBe('none');
  });

  test('a payload that is something else names none', () => {
    for (const payload of [undefined, null, 'text', [], {}, { pull_request: { number: '2' } }]) {
      expect(readPullRequestLink('pull_request', payload, sha).kind).toBe('none');
    }
  });
});

describe('the workflow run', () => {
  const env = {
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_API_URL: 'https://github.example/api/v3',
    GITHUB_REPOSITORY: 'octo/site',
    GITHUB_RUN_ID: '42',
    GITHUB_RUN_ATTEMPT: '3',
    GITHUB_SHA: sha,
  };
  const fork = exampleEvent('pull_request', { change: { pull_request: { head: { repo: { full_name: 'mallory/site' } } } } });

  test('is the head of the pull request, not its merge commit', () => {
    const run = readWorkflowRun({ ...env, GITHUB_EVENT_NAME: 'pull_request' }, exampleEvent('pull_request'));
    expect(run).toMatchObject({
      id: 42,
      attempt: 3,
      url: 'https://github.example/octo/site/actions/runs/42',
      commit: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821',
      repository: { owner: 'octo', name: 'site', apiUrl: 'https://github.example/api/v3' },
      fork: false,
    });
  });

  test('of a fork has no secrets, but with pull_request_target it has', () => {
    const forkOf = (event: string): boolean | undefined => readWorkflowRun({ ...env, GITHUB_EVENT_NAME: event }, fork)?.fork;
    expect([forkOf('pull_request'), forkOf('pull_request_review'), forkOf('pull_request_target')]).toEqual([true, true, false]);
  });

  test('is none outside of a workflow', () => {
    expect(readWorkflowRun({}, {})).toBeUndefined();
  });
});
