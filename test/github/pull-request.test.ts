import { describe, expect, test } from 'vitest';
import { fieldOf } from '../../src/basics/record.ts';
import { readWorkflowRun } from '../../src/github/context.ts';
import { readPullRequest } from '../../src/github/pull-request.ts';
import { exampleEvent } from '../helpers/events.ts';

const sha = 'c0ffee';

describe('a pull request', () => {
  const read = (change: object = {}, action = 'opened') =>
    readPullRequest(fieldOf(exampleEvent('pull_request', { action, change: { pull_request: change } }), 'pull_request'));

  test('its head, base and state are read', () => {
    expect(read({}, 'closed')).toEqual({
      number: 2,
      open: false,
      fork: false,
      headCommit: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821',
      baseBranch: 'master',
    });
  });

  test('the commit that merged it is told apart from a merge that was only tried', () => {
    const merge = { merge_commit_sha: 'abc' };
    expect(read({ ...merge, merged_at: null })?.mergeCommit).toBeUndefined();
    expect(read({ ...merge, merged_at: '2026-01-02T03:04:05Z' })?.mergeCommit).toBe('abc');
  });

  test.each([
    ['another repository', { full_name: 'mallory/site' }],
    ['a repository that is gone', null],
  ])('from %s it is a fork', (_, repo) => {
    expect(read({ head: { repo } })?.fork).toBe(true);
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

  test('is read from the environment and the event', () => {
    const run = readWorkflowRun({ ...env, GITHUB_EVENT_NAME: 'pull_request' }, exampleEvent('pull_request'));
    expect(run).toMatchObject({
      id: 42,
      attempt: 3,
      url: 'https://github.example/octo/site/actions/runs/42',
      sha,
      defaultBranch: 'master',
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
