import { describe, expect, test } from 'vitest';
import { eventRules } from '../../../src/github/subject/event-rules.ts';
import { exampleEvent } from '../../helpers/events.ts';
import { decide, pull } from './support.ts';

const readOnly = expect.any(String);
const headOfExample = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821';

describe('a pull request’s own events', () => {
  const change = {
    pull_request: { number: 2, state: 'open', head: { sha: headOfExample }, base: { ref: 'release/1.0' } },
  };

  test.each(['pull_request', 'pull_request_review', 'pull_request_review_comment'])('%s', async (name) => {
    const found = await decide({ name, payload: exampleEvent(name, { change }), ref: 'refs/pull/2/merge' });
    expect(found).toMatchObject({
      commit: headOfExample,
      shown: headOfExample,
      told: [2],
      branch: { name: 'release/1.0', readOnly },
      accepted: { rule: 'every', pullRequests: [2] },
      asked: [],
    });
  });

  test('pull_request_target, also of a fork and of one that is gone', async () => {
    for (const repo of [{ full_name: 'mallory/site' }, null]) {
      const payload = exampleEvent('pull_request', {
        change: { pull_request: { ...change.pull_request, head: { sha: headOfExample, repo } } },
      });
      const found = await decide({ name: 'pull_request_target', payload, ref: 'refs/heads/main' });
      expect(found).toMatchObject({ commit: headOfExample, told: [2], branch: { name: 'release/1.0', readOnly }, asked: [] });
    }
  });

  test('once it is closed, what was accepted on it counts no more', async () => {
    const payload = exampleEvent('pull_request', { action: 'closed' });
    expect((await decide({ name: 'pull_request', payload })).accepted.pullRequests).toEqual([]);
  });

  const payload = exampleEvent('pull_request', { change });
  const served = { capturesCheckout: true };
  test.each([
    ['GITHUB_SHA, when nothing is known of the checkout', served, 'github-sha'],
    ['the merge that is checked out', { ...served, checkout: { commit: 'merge', parents: ['base', headOfExample] } }, 'merge'],
    ['the head, when it is checked out', { ...served, checkout: { commit: headOfExample, parents: ['x'] } }, headOfExample],
    [
      'GITHUB_SHA, when something else is checked out',
      { ...served, checkout: { commit: 'tools', parents: ['y'] } },
      'github-sha',
    ],
  ])('pages of the checkout: %s', async (_, facts, commit) => {
    expect(await decide({ name: 'pull_request', payload }, {}, facts)).toMatchObject({ commit, shown: headOfExample, told: [2] });
  });
});

describe('issue_comment', () => {
  const payload = exampleEvent('issue_comment', { change: { issue: { number: 7, pull_request: { url: 'x' } } } });

  test('on a pull request: its head, which GitHub tells', async () => {
    const world = { pulls: [pull(7, { baseBranch: 'release/1.0', headCommit: 'its-head' })] };
    expect(await decide({ name: 'issue_comment', payload, ref: 'refs/heads/main' }, world)).toMatchObject({
      commit: 'its-head',
      told: [7],
      branch: { name: 'release/1.0', readOnly },
      accepted: { rule: 'every', pullRequests: [7] },
      asked: ['pull 7'],
    });
  });

  test('GitHub does not tell: nobody is, and nothing is written', async () => {
    const found = await decide({ name: 'issue_comment', payload, ref: 'refs/heads/main' }, { silent: true });
    expect(found).toMatchObject({ commit: 'github-sha', told: [], branch: { readOnly } });
    expect(found.reason).toContain('did not tell the head of pull request 7');
  });

  test('on an issue: nothing', async () => {
    expect(await decide({ name: 'issue_comment', payload: exampleEvent('issue_comment') })).toMatchObject({
      commit: 'github-sha',
      told: [],
      asked: [],
      branch: { readOnly },
    });
  });
});

describe('merge_group', () => {
  const payload = exampleEvent('merge_group', { action: 'checks_requested' });

  test('is what is tested, against the branch that is merged into; nobody is told', async () => {
    expect(await decide({ name: 'merge_group', payload, ref: 'refs/heads/gh-readonly-queue/main/pr-104-9' })).toMatchObject({
      commit: '2ffea6db159f6b6c47a24e778fb9ef40cf6b1c7d',
      told: [],
      branch: { name: 'main', readOnly },
      accepted: { rule: 'any', pullRequests: [104] },
    });
  });

  test('what was accepted on the ones ahead in the queue counts too, on others not', async () => {
    const world = {
      titles: ['Merge pull request #7 from octo/a', 'Better (#8)', 'Fixes (#9)', 'Like #3, but better', 'Old (#2)'],
      pulls: [pull(7), pull(8), pull(9, { baseBranch: 'elsewhere' }), pull(2, { open: false })],
    };
    expect((await decide({ name: 'merge_group', payload }, world)).accepted).toEqual({ rule: 'any', pullRequests: [104, 7, 8] });
  });
});

describe('a branch', () => {
  const push = exampleEvent('push', { change: { commits: [{ id: 'one' }, { id: 'github-sha' }] } });

  test.each([
    ['push', push],
    ['workflow_dispatch', exampleEvent('workflow_dispatch', { change: { repository: { default_branch: 'master' } } })],
    ['schedule', { repository: { default_branch: 'master' } }],
  ])('%s on the default branch: its own, which it may write, also while a pull request releases it', async (name, payload) => {
    const world = { pulls: [pull(5, { headCommit: 'github-sha', baseBranch: 'production' })] };
    const found = await decide({ name, payload, ref: 'refs/heads/master' }, world);
    expect(found).toMatchObject({ commit: 'github-sha', told: [], branch: { name: 'master' } });
    expect(found.branch.readOnly).toBeUndefined();
  });

  test.each(['push', 'workflow_dispatch'])('%s on another branch: its own, while no pull request has it', async (name) => {
    const found = await decide({ name, payload: exampleEvent(name), ref: 'refs/heads/release/1.0' }, {});
    expect(found).toMatchObject({
      told: [],
      branch: { name: 'release/1.0' },
      asked: expect.arrayContaining(['pulls of github-sha']),
    });
    expect(found.branch.readOnly).toBeUndefined();
  });

  test.each(['push', 'workflow_dispatch'])('%s on the head of an open pull request is about that', async (name) => {
    const world = { pulls: [pull(7, { headCommit: 'github-sha', baseBranch: 'release/1.0' })] };
    const found = await decide({ name, payload: exampleEvent(name), ref: 'refs/heads/feature' }, world);
    expect(found).toMatchObject({ told: [7], branch: { name: 'release/1.0', readOnly }, accepted: { pullRequests: [7] } });
  });

  test('when GitHub does not tell whether there is one, nothing is written', async () => {
    const found = await decide({ name: 'push', payload: push, ref: 'refs/heads/feature' }, { silent: true });
    expect(found).toMatchObject({ told: [], branch: { name: 'feature', readOnly: expect.stringContaining('HTTP 403') } });
  });

  test('what was accepted on the pull requests that a push merged counts for it', async () => {
    const world = {
      pulls: [
        pull(1, { open: false, mergeCommit: 'one' }),
        pull(2, { open: false, mergeCommit: 'github-sha' }),
        pull(3, { open: false, headCommit: 'github-sha' }),
      ],
    };
    const found = await decide({ name: 'push', payload: push, ref: 'refs/heads/master' }, world);
    expect(found.accepted).toEqual({ rule: 'any', pullRequests: [2, 1] });
  });

  test.each(['push', 'workflow_dispatch', 'release'])('%s of a tag: the default branch, which is not written', async (name) => {
    const found = await decide({ name, payload: exampleEvent(name), ref: 'refs/tags/v1' });
    expect(found).toMatchObject({
      commit: 'github-sha',
      told: [],
      asked: [],
      branch: { readOnly },
      reason: 'a tag belongs to no pull request',
    });
    expect(found.branch.name).toBeUndefined();
  });
});

const deployed = 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e';
const vercel = exampleEvent('repository_dispatch', {
  change: {
    action: 'vercel.deployment.success',
    client_payload: {
      url: 'https://site-abc.vercel.app',
      environment: 'preview',
      git: { sha: 'pushed', ref: 'feature', shortSha: 'pushed' },
    },
  },
});
const workflowRun = (change: object = {}) =>
  exampleEvent('workflow_run', {
    change: {
      workflow_run: {
        head_sha: 'pushed',
        head_branch: 'feature',
        head_repository: { id: 3, full_name: 'octo/site', owner: { login: 'octo' } },
        ...change,
      },
      repository: { full_name: 'octo/site', default_branch: 'main' },
    },
  });

describe.each([
  ['deployment', exampleEvent('deployment'), deployed, 'refs/heads/feature'],
  ['deployment_status', exampleEvent('deployment_status'), deployed, 'refs/heads/feature'],
  ['deployment_status', exampleEvent('deployment_status'), deployed, undefined],
  ['repository_dispatch', vercel, 'pushed', 'refs/heads/main'],
  [
    'repository_dispatch',
    exampleEvent('repository_dispatch', { change: { client_payload: { sha: 'pushed' } } }),
    'pushed',
    'refs/heads/main',
  ],
  ['workflow_run', workflowRun(), 'pushed', 'refs/heads/main'],
])('a commit: %s', (name, payload, commit, ref) => {
  test('each open pull request that has it as its head is told, and nothing is written', async () => {
    const pulls = [
      pull(9, { headCommit: commit, baseBranch: 'main' }),
      pull(7, { headCommit: commit, baseBranch: 'release/1.0' }),
      pull(5, { headCommit: 'github-sha', baseBranch: 'production' }),
      pull(8, { headCommit: commit, open: false }),
    ];
    expect(await decide({ name, payload, ...(ref === undefined ? {} : { ref }) }, { pulls })).toMatchObject({
      commit,
      shown: commit,
      told: [7, 9],
      branch: { name: 'release/1.0', readOnly },
      accepted: { rule: 'every', pullRequests: [7, 9] },
    });
  });

  test('when GitHub does not answer, nothing is written', async () => {
    const found = await decide({ name, payload, ...(ref === undefined ? {} : { ref }) }, { silent: true });
    expect(found).toMatchObject({ commit, told: [], branch: { readOnly } });
  });
});

describe('the branch of a commit that no pull request has', () => {
  test('a deployment of a branch is of that branch', async () => {
    const found = await decide({
      name: 'deployment_status',
      payload: exampleEvent('deployment_status'),
      ref: 'refs/heads/release/1.0',
    });
    expect(found.branch).toEqual({ name: 'release/1.0' });
  });

  test('a deployment of a commit is of the default branch, if that contains it', async () => {
    const payload = exampleEvent('deployment_status');
    const merged = await decide({ name: 'deployment_status', payload }, { branches: { master: [deployed] } });
    expect(merged.branch).toEqual({ name: 'master' });
    expect((await decide({ name: 'deployment_status', payload })).branch).toEqual({
      readOnly: expect.stringContaining('knows no branch'),
    });
  });

  test('a dispatch is believed on its branch only where GitHub says the same', async () => {
    const decideFor = async (branches: Record<string, string[]>) =>
      (await decide({ name: 'repository_dispatch', payload: vercel }, { branches })).branch;
    expect(await decideFor({ feature: ['pushed'] })).toEqual({ name: 'feature' });
    expect(await decideFor({ master: ['pushed'] })).toEqual({ name: 'master' });
    expect(await decideFor({})).toEqual({ readOnly });
  });

  test('a run of a fork is of no branch of that name here', async () => {
    const payload = workflowRun({
      head_branch: 'main',
      head_repository: { id: 9, full_name: 'mallory/site', owner: { login: 'mallory' } },
    });
    const found = await decide({ name: 'workflow_run', payload });
    expect(found.branch).toEqual({ readOnly: expect.stringContaining('knows no branch') });
    expect(found.asked).toContain('pulls from mallory:main');
  });

  test('a dispatch that names no commit is taken for GITHUB_SHA, and writes nothing', async () => {
    const found = await decide(
      { name: 'repository_dispatch', payload: exampleEvent('repository_dispatch'), ref: 'refs/heads/master' },
      { branches: { master: ['github-sha'] } },
    );
    expect(found).toMatchObject({ commit: 'github-sha', told: [], branch: { readOnly } });
  });

  test.each(['status', 'check_run', 'page_build', ''])(
    '%s: the default branch, read only, and GitHub is not asked',
    async (name) => {
      expect(await decide({ name, ref: 'refs/heads/main' })).toMatchObject({
        commit: 'github-sha',
        told: [],
        asked: [],
        branch: { readOnly },
      });
    },
  );
});

describe('the input commit', () => {
  const named = { commit: 'named' };

  test('outranks the event, and its own pull requests are meant', async () => {
    const payload = exampleEvent('push');
    const world = {
      pulls: [pull(9, { headCommit: 'named' }), pull(1, { headCommit: 'github-sha' })],
      branches: { master: ['named'] },
    };
    expect(await decide({ name: 'push', payload, ref: 'refs/heads/master' }, world, named)).toMatchObject({
      commit: 'named',
      told: [9],
    });
    expect(
      (await decide({ name: 'push', payload, ref: 'refs/heads/other' }, { branches: { master: ['named'] } }, named)).branch,
    ).toEqual({ name: 'master' });
  });

  test('leaves an event’s own pull request in place where that commit has none', async () => {
    const payload = exampleEvent('pull_request');
    expect(await decide({ name: 'pull_request', payload }, {}, named)).toMatchObject({
      commit: 'named',
      shown: headOfExample,
      told: [2],
    });
    const world = { pulls: [pull(9, { headCommit: 'named' })] };
    expect(await decide({ name: 'pull_request', payload }, world, named)).toMatchObject({ commit: 'named', told: [9] });
  });

  test('that the event names as well changes nothing', async () => {
    const payload = exampleEvent('pull_request');
    expect(await decide({ name: 'pull_request', payload }, {}, { commit: headOfExample })).toMatchObject({
      told: [2],
      asked: [],
    });
  });
});

test('a payload that is something else is about nothing', async () => {
  for (const payload of [undefined, null, 'text', [], {}, { pull_request: { number: '2' } }]) {
    for (const name of new Set(eventRules.flatMap(({ events }) => events))) {
      const found = await decide({ name, payload });
      expect([name, found.told, found.commit]).toEqual([name, [], 'github-sha']);
    }
  }
});
