import { describe, expect, it } from 'vitest';
import type { CaptureReport, RunReport } from '../../../../src/results/model.ts';
import { startGitServer } from '../../../helpers/git-server.ts';
import { addedCapture, uploadedResults } from '../../../helpers/uploaded-results.ts';
import { type Answered, ask, checkRun, type Question, reportComment } from './support.ts';

const token = 'ghs_test';
const config = 'baseline: ref\nstatus: true\n';

/** What a check of pull request 7 uploaded. */
const results =
  (captures: readonly CaptureReport[], run: Partial<RunReport> = {}) =>
  (head: string): Buffer =>
    uploadedResults(head, captures, { baselineKind: 'ref', pullRequests: [7], ...run });
async function accept(question: Question, times: readonly string[] = ['/visual accept']): Promise<Answered[]> {
  await using git = await startGitServer({ token });
  const answered: Answered[] = [];
  for (const body of times) {
    answered.push(await ask(git, { config, ...question, body }));
  }
  expect(answered.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect(answered.map(({ reactions }) => reactions)).toEqual(times.map(() => ['+1']));
  return answered;
}

const strict = (captures: readonly CaptureReport[], run: Partial<RunReport> = {}) =>
  results(captures, { failOn: ['changed', 'added', 'failed'], ...run });

describe('an acceptance with baseline: ref', () => {
  it('sets success on the commit that was reviewed when nothing else is open', async () => {
    const [answered] = await accept({ zip: strict([addedCapture('pricing'), addedCapture('new')]) });
    expect(answered?.statuses).toEqual([
      {
        commit: answered?.head,
        state: 'success',
        context: 'visual-capture',
        description: '2 of 2 captures accepted, nothing else is open',
        url: `https://github.com/octo/site/actions/runs/${checkRun}`,
      },
    ]);
    expect(answered?.stdout).toContain('Status visual-capture: success');
  });

  it('sets nothing while another change is open, and success with the last one', async () => {
    const zip = strict([addedCapture('pricing'), addedCapture('new')]);
    const [first, last] = await accept({ zip }, ['/visual accept pricing', '/visual accept new']);
    expect(first?.statuses).toEqual([]);
    expect(last?.statuses.map(({ state }) => state)).toEqual(['success']);
  });

  it('sets nothing while a capture failed, which nobody can accept', async () => {
    const error = { code: 'render_timeout', message: 'It took too long.', fix: 'Make it lighter.' } as const;
    const { id, name, viewport } = addedCapture('slow');
    const failed: CaptureReport = {
      id,
      name,
      viewport,
      status: 'failed',
      unstable: false,
      attempts: 1,
      durationMs: 1,
      files: {},
      error,
    };
    const [answered] = await accept({ zip: strict([addedCapture('pricing'), failed]) });
    expect(answered?.statuses).toEqual([]);
  });

  it('sets nothing where nothing was compared', async () => {
    const nothingCompared = { reason: 'No baseline was compared.', allowed: false };
    const [answered] = await accept({ zip: strict([addedCapture('pricing')], { nothingCompared }) });
    expect(answered?.statuses).toEqual([]);
  });

  it('sets nothing on the word of a fork, whose run uploads what it likes', async () => {
    const [answered] = await accept({ zip: strict([addedCapture('pricing')]), headRepository: 'stranger/site' });
    expect(answered?.statuses).toEqual([]);
  });

  it('sets nothing on a commit of two pull requests, since each has to accept', async () => {
    const [answered] = await accept({ zip: strict([addedCapture('pricing')], { pullRequests: [7, 8] }) });
    expect(answered?.statuses).toEqual([]);
  });

  it('sets nothing unless the input asks for it', async () => {
    const [answered] = await accept({ zip: strict([addedCapture('pricing')]), config: 'baseline: ref' });
    expect(answered?.statuses).toEqual([]);
  });

  it('sets the status of each config by its own results', async () => {
    const artifacts = [
      { name: 'site', zip: strict([addedCapture('pricing')]) },
      { name: 'shop', zip: strict([addedCapture('cart'), addedCapture('basket')]) },
    ];
    const comments = ['site', 'shop'].map((key) => reportComment(checkRun, { key }));
    const inputs = { 'artifact-name': 'site, shop' };
    const [first, second] = await accept({ artifacts, comments, inputs }, [
      '/visual accept pricing cart',
      '/visual accept basket',
    ]);
    expect(first?.statuses.map(({ context }) => context)).toEqual(['visual-capture/site']);
    expect(second?.statuses.map(({ context }) => context)).toEqual(['visual-capture/shop']);
  });

  it('has accepted, with one warning, where the token may not set it', async () => {
    const [answered] = await accept({ zip: strict([addedCapture('pricing')]), statuses: 'none' });
    expect(answered?.exitCode).toBe(0);
    expect(answered?.annotations.map(({ command, message }) => [command, message])).toEqual([
      ['warning', expect.stringContaining('Give the job the permission statuses: write, or set status: false.')],
    ]);
  });
});

it('with baseline: directory sets nothing: the accepted pictures are a commit of their own, which is yet to be checked', async () => {
  await using git = await startGitServer({ token });
  const answered = await ask(git, { config: 'status: true' });
  expect([answered.reactions, answered.statuses, answered.wrong]).toEqual([['+1'], [], []]);
});
