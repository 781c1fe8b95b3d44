import { describe, expect, test } from 'vitest';
import { explainGitError } from '../../src/git/explain-git.ts';
import { GitError, readGitError } from '../../src/git/git-error.ts';
import { readPushAnswer } from '../../src/git/push-answer.ts';

describe('what git says of a failure', () => {
  test.each([
    [
      "remote: Permission to octo/site.git denied to github-actions[bot].\nfatal: unable to access 'https://github.com/octo/site.git/': The requested URL returned error: 403",
      'forbidden',
    ],
    ["remote: Repository not found.\nfatal: repository 'https://github.com/octo/site.git/' not found", 'forbidden'],
    ["fatal: could not read Username for 'https://github.com': terminal prompts disabled", 'unauthorized'],
    ["remote: Invalid username or token.\nfatal: Authentication failed for 'https://github.com/octo/site.git/'", 'unauthorized'],
    ['git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.', 'unauthorized'],
    ["fatal: unable to access 'https://x.invalid/': Could not resolve host: x.invalid", 'network'],
    ['error: RPC failed; HTTP 502 curl 22\nfatal: the remote end hung up unexpectedly', 'network'],
    ['fatal: bad object HEAD', 'other'],
    ['', 'other'],
  ])('%s', (stderr, fault) => {
    expect(readGitError(stderr, []).fault).toBe(fault);
  });

  test('is one line, with what the server said, without secrets, passwords and control characters', () => {
    const stderr = "remote: no\u001b[31m for ghs_x\nfatal: unable to access 'https://me:pass@github.com/': error: 403\nmore";
    expect(readGitError(stderr, ['ghs_x']).message).toBe(
      "fatal: unable to access 'https://***@github.com/': error: 403 (remote: no for ***)",
    );
  });

  test('becomes words with a remedy, and anything else stays what it is', () => {
    const explained = explainGitError(new GitError('forbidden', 'fatal: 403'), {
      what: 'It failed',
      permission: 'contents: write',
    });
    expect(explained).toMatchObject({
      name: 'UserError',
      message: 'It failed: fatal: 403',
      fix: expect.stringContaining('contents: write'),
    });
    const bug = new TypeError('a bug');
    expect(explainGitError(bug, { what: 'It failed', permission: 'contents: read' })).toBe(bug);
  });
});

describe('what git says of a push', () => {
  test.each([
    ['*\tabc:refs/x/y\t[new reference]', { kind: 'pushed' }],
    [' \tabc:refs/x/y\t1234567..89abcde', { kind: 'pushed' }],
    ['!\tabc:refs/x/y\t[rejected] (stale info)', { kind: 'lost-race' }],
    ["!\tabc:refs/x/y\t[remote rejected] (cannot lock ref 'refs/x/y': is at 1 but expected 2)", { kind: 'lost-race' }],
    ['!\tabc:refs/x/y\t[remote rejected] (failed to update ref)', { kind: 'lost-race' }],
    [
      '!\tabc:refs/x/y\t[remote rejected] (push declined due to repository rule violations)',
      { kind: 'rejected', reason: '[remote rejected] (push declined due to repository rule violations)' },
    ],
  ])('%s', (line, expected) => {
    expect(readPushAnswer('refs/x/y', `To https://github.com/octo/site.git\n${line}\nDone`, '')).toEqual(expected);
  });

  test('nothing of a ref: it failed before', () => {
    expect(readPushAnswer('refs/x/y', '', 'fatal: early EOF')).toBeUndefined();
  });

  const refusal = '!\tabc:refs/x/y\t[remote rejected] (pre-receive hook declined)';
  const reasonOf = (stderr: string): string => {
    const answer = readPushAnswer('refs/x/y', refusal, stderr);
    return answer?.kind === 'rejected' ? answer.reason : '';
  };

  test('the server’s own reason is quoted, without colours, frames and progress', () => {
    const stderr = [
      'remote: Resolving deltas: 100% (3/3), completed with 1 local object.        ',
      'remote: \u001b[31merror: GH006: Protected branch update failed for refs/heads/x.\u001b[0m        ',
      'remote: ====================        ',
      'remote: ',
      'remote: - Commits must have verified signatures.\u0007',
      'To https://github.com/octo/site.git',
      'error: failed to push some refs',
    ].join('\n');
    expect(reasonOf(stderr)).toBe(
      '[remote rejected] (pre-receive hook declined): GH006: Protected branch update failed for refs/heads/x. - Commits must have verified signatures.',
    );
  });

  test('a long reason is kept short, and begins with what it is about', () => {
    const reason = reasonOf(`remote: error: GH013: Repository rule violations found. ${'x'.repeat(5000)}`);
    expect(reason.length).toBeLessThan(700);
    expect(reason).toContain('GH013: Repository rule violations found.');
  });

  test('a ref that needs the folder of another one is no lost race: no further try makes room for it', () => {
    const stderr = "remote: error: cannot lock ref 'refs/x/y/2': 'refs/x/y' exists; cannot create 'refs/x/y/2'";
    expect(readPushAnswer('refs/x/y/2', '!\tabc:refs/x/y/2\t[remote rejected] (failed to update ref)', stderr)).toEqual({
      kind: 'rejected',
      reason: expect.stringContaining("'refs/x/y' exists"),
    });
  });
});
