import { describe, expect, it } from 'vitest';
import { readPagePictures } from '../../helpers/page-pictures.ts';
import { changedCapture, grey, uploadedFiles, uploadedResults } from '../../helpers/uploaded-results.ts';
import { makeZip } from '../../helpers/zip.ts';
import { makeReport } from '../../report/support/reports.ts';
import { commit, event, openPull, publish, type World } from './support/publish.ts';

describe('mode: publish', () => {
  it('posts what the untrusted run found, on the pull request that GitHub names', async () => {
    const published = await publish({ zip: uploadedResults(commit) });
    expect([published.exitCode, published.stdout]).toEqual([0, expect.anything()]);
    expect(published.outputs).toMatchObject({ outcome: 'changed', changed: '1' });
    expect(published.comment).toContain('pricing');
    expect(published.comment).toContain(commit);
    // A fork's branch is its author's.
    expect(published.comment).toContain(
      'The author of the pull request runs <code>visual-capture accept --run 30433642 --repository octo/site</code>',
    );
    expect(published.summary).toContain('accept --run 30433642 --repository octo/site');
    expect(published.requests.find(({ operation }) => operation === 'issues/create-comment')?.path['issue_number']).toBe('7');
    expect(published.requests.find(({ operation }) => operation === 'pulls/list')?.url.searchParams.get('head')).toBe(
      'stranger:patch-1',
    );
    expect(published.pictureRefs).toBe('refs/visual-capture/pr/7');
    expect(published.uploads).toEqual(['visual-capture', 'visual-capture.html']);
    expect(published.files).toContain('visual-capture/actual/pricing/1280x800.png');
    expect(published.annotations).toEqual([]);
  });

  it('takes nothing of the artifact but results and pictures', async () => {
    const report = makeReport([changedCapture('pricing')]);
    const zip = makeZip([
      ...uploadedFiles(report),
      { path: 'report.html', content: '<script>alert("theirs")</script>' },
      { path: 'evil.sh', content: 'rm -rf' },
    ]);
    const published = await publish({ zip });
    expect(published.page).not.toContain('theirs');
    expect(published.page).toContain('Visual Capture');
    expect(published.files).not.toContain('visual-capture/evil.sh');
  });

  it.each([
    ['another commit is its newest', { ...openPull, head: { sha: 'b'.repeat(40), repo: { id: 999 } } }],
    ['another repository has a branch of that name', { ...openPull, head: { sha: commit, repo: { id: 5 } } }],
  ])('comments on no pull request of which %s', async (_, pull) => {
    const published = await publish({ zip: uploadedResults(commit), pulls: [pull] });
    expect(published.exitCode).toBe(0);
    expect(published.comment).toBeUndefined();
    expect(published.stdout).toContain('is not the newest commit of an open pull request');
  });

  it('believes no word of the artifact about the run, the verdict or the pull request', async () => {
    const report = makeReport([changedCapture('pricing')], {
      run: { ci: { url: 'https://evil.example/run', commit: 'b'.repeat(40) }, failOn: [] },
    });
    const lie = { ...report, outcome: 'passed', totals: { ...report.totals, changed: 0, unchanged: 1 }, pull_request: 1 };
    const published = await publish({
      zip: makeZip([{ path: 'results.json', content: JSON.stringify(lie) }, ...uploadedFiles(report).slice(1)]),
    });
    expect(published.outputs).toMatchObject({ outcome: 'changed', changed: '1', unchanged: '0' });
    expect(published.comment).not.toContain('evil.example');
    expect(published.report?.run.ci).toEqual({
      url: 'https://github.com/octo/site/actions/runs/30433642',
      commit,
      artifactName: 'visual-capture',
    });
    expect(published.report?.run.failOn).toEqual(['changed', 'failed']);
  });

  it('shows hostile words as words', async () => {
    const capture = changedCapture('pricing', {
      status: 'failed',
      error: {
        code: 'unexpected_response',
        message: '@everyone <img src=x onerror=alert(1)> [x](javascript:alert(1))',
        fix: '</script>| ``` #1',
      },
    });
    const { comment = '', page } = await publish({ zip: uploadedResults(commit, [capture]) });
    expect(comment).not.toMatch(/@everyone|<img src=x|\]\(javascript:/);
    expect(page).not.toContain('<img src=x onerror');
  });

  it('shows what is unchanged as thumbnails that it makes itself', async () => {
    const unchanged = changedCapture('index', { status: 'unchanged', files: { actual: 'actual/index/1280x800.png' } });
    const { page } = await publish({ zip: uploadedResults(commit, [changedCapture('pricing'), unchanged]) });
    expect(readPagePictures(page)).toMatchObject({
      'actual/pricing/1280x800.png': 'whole',
      'actual/index/1280x800.png': 'thumbnail',
    });
  });

  it('leaves out pictures that cannot be decoded, and says so', async () => {
    const report = makeReport([{ ...changedCapture('pricing'), sha256: {} }]);
    const files = uploadedFiles(report).map((file) =>
      file.path === 'diff/pricing/1280x800.png' ? { ...file, content: '<svg onload=alert(1)>' } : file,
    );
    const published = await publish({ zip: makeZip(files) });
    expect(published.exitCode).toBe(0);
    expect(published.report?.captures[0]?.files).toEqual({
      actual: 'actual/pricing/1280x800.png',
      baseline: 'baseline/pricing/1280x800.png',
    });
    expect(published.annotations[0]?.message).toContain('1 picture of the artifact cannot be decoded');
  });

  const honest = uploadedFiles(makeReport([changedCapture('pricing')]));
  it.each<[string, Uint8Array, string]>([
    ['a path out of the folder', makeZip([...honest, { path: '../../.bashrc', content: 'x' }]), 'leads elsewhere'],
    [
      'a picture that was swapped',
      makeZip(honest.map((file, at) => (at === 0 ? file : { ...file, content: grey }))),
      'the hash of',
    ],
  ])('refuses an artifact with %s, and posts nothing', async (_, zip, message) => {
    const published = await publish({ zip });
    expect(published.exitCode).toBe(1);
    expect(published.annotations[0]?.message).toContain(message);
    expect(published.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect([published.uploads, published.files.filter((path) => path.endsWith('.html'))]).toEqual([[], []]);
  });

  it.each<[string, Partial<World>, number, string]>([
    ['was not of a pull request', { payload: event({ event: 'push' }) }, 0, 'there is nothing to publish'],
    ['uploaded nothing', { artifactName: 'other' }, 0, 'uploaded no artifact "visual-capture"'],
    ['is none: another event started this one', { payload: {} }, 1, 'on: workflow_run'],
  ])('says so when the run %s', async (_, world, exitCode, message) => {
    const published = await publish({ zip: uploadedResults(commit), ...world });
    expect(published.exitCode).toBe(exitCode);
    expect(published.stdout).toContain(message);
    expect(published.comment).toBeUndefined();
  });
});
