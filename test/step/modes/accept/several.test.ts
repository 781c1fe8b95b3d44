import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../../src/system/sha256.ts';
import { startGitServer } from '../../../helpers/git-server.ts';
import { addedCapture, grey, uploadedFiles, uploadedResults } from '../../../helpers/uploaded-results.ts';
import { makeZip } from '../../../helpers/zip.ts';
import { makeReport } from '../../../report/support/reports.ts';
import { ask, checkRun, type Question, reportComment, type UploadedArtifact } from './support.ts';

const token = 'ghs_test';
const branch = 'refs/heads/feature';

/** The artifact of a config with these new pages. */
const artifact = (name: string, ...pages: readonly string[]): UploadedArtifact => ({
  name,
  zip: (head) => uploadedResults(head, pages.map(addedCapture)),
});
const site = artifact('site', 'pricing', 'docs/a');
const shop = artifact('shop', 'cart', 'docs/b');
const comments = ['site', 'shop'].map((key) => reportComment(checkRun, { key }));

/** What a step wrote to the branch, and how it answered. */
async function accept(question: Question) {
  await using git = await startGitServer({ token });
  const answered = await ask(git, { artifacts: [site, shop], comments, files: {}, ...question });
  const files = await git.git('diff', '--name-only', answered.head, branch);
  const commits = await git.git('rev-list', '--count', `${answered.head}..${branch}`);
  expect(answered.wrong).toEqual([]);
  return {
    pages: files.split('\n').flatMap((path) => /^visual-baselines\/(.+)\/1280x800\.png$/.exec(path)?.[1] ?? []),
    commits: Number(commits),
    ...answered,
  };
}

describe('one step for several artifacts', () => {
  const inputs = { 'artifact-name': 'site, shop' };

  it('takes all of them in one commit', async () => {
    const { pages, commits, reactions, replies } = await accept({ inputs: { 'artifact-name': 'site\nshop' } });
    expect([pages, commits, reactions, replies]).toEqual([['cart', 'docs/a', 'docs/b', 'pricing'], 1, ['+1'], []]);
  });

  it('takes what is named, from wherever it is', async () => {
    const { pages, reactions } = await accept({ inputs, body: '/visual accept docs/* cart' });
    expect([pages, reactions]).toEqual([['cart', 'docs/a', 'docs/b'], ['+1']]);
  });

  it('tells a name that none of them has, and accepts nothing', async () => {
    const { pages, reactions, replies, annotations } = await accept({
      inputs,
      body: '/visual accept pricing crat',
    });
    expect([pages, reactions, replies.length]).toEqual([[], ['confused'], 1]);
    expect(annotations[0]?.message).toBe(
      'No capture named "crat" changed or was added in the reviewed run.\nDid you mean "cart"?',
    );
  });

  it('needs no results of a config that has nothing on this pull request', async () => {
    const { pages, reactions } = await accept({ inputs, artifacts: [site], comments: comments.slice(0, 1) });
    expect([pages, reactions]).toEqual([['docs/a', 'pricing'], ['+1']]);
  });

  it('says which results were left out, and takes the others', async () => {
    const old = { name: 'shop', zip: () => uploadedResults('b'.repeat(40), [addedCapture('cart')]) };
    const { pages, reactions, replies } = await accept({ inputs, artifacts: [site, old] });
    expect([pages, reactions]).toEqual([['docs/a', 'pricing'], ['+1']]);
    expect(replies[0]).toMatch(/^2 captures accepted .*Not accepted: The comment on the pull request does not show the results/);
    expect((await accept({ inputs, artifacts: [site, old], body: '/visual accept pricing' })).replies).toEqual([]);
    const named = await accept({ inputs, artifacts: [site, old], body: '/visual accept pricing cart' });
    expect([named.pages, named.reactions]).toEqual([[], ['confused']]);
  });

  it('refuses two pictures for one baseline', async () => {
    const other = (head: string): Buffer => {
      const capture = { ...addedCapture('pricing'), sha256: { actual: sha256(grey) } };
      const ci = { url: 'https://github.com/octo/site/actions/runs/1', commit: head };
      const files = uploadedFiles(makeReport([capture], { run: { ci } }));
      return makeZip(files.map((file) => (String(file.path).endsWith('.png') ? { ...file, content: grey } : file)));
    };
    const { pages, annotations } = await accept({ inputs, artifacts: [site, { name: 'shop', zip: other }] });
    expect(pages).toEqual([]);
    expect(annotations[0]?.message).toContain('Two of the artifacts have a capture "pricing/1280x800"');
  });
});

describe('one step for each artifact', () => {
  const step = (name: string, body: string, change: Question = {}) =>
    accept({ inputs: { 'artifact-name': name }, body, ...change });

  it('takes what is its own, and leaves the rest to the others', async () => {
    const mine = await step('site', '/visual accept pricing cart');
    expect([mine.exitCode, mine.pages, mine.reactions, mine.replies]).toEqual([0, ['pricing'], ['+1'], []]);
    expect(mine.stdout).toContain('Not of this config: cart');
  });

  it.each<[string, string, Question]>([
    ['nothing that is named', '/visual accept pricing', {}],
    ['nothing that changed', '/visual accept', { artifacts: [site, artifact('shop')] }],
    ['no results', '/visual accept', { artifacts: [site], comments: comments.slice(0, 1) }],
  ])('passes with %s, and answers nothing', async (_, body, change) => {
    const { exitCode, pages, reactions, replies, stdout } = await step('shop', body, change);
    expect([exitCode, pages, reactions, replies]).toEqual([0, [], [], []]);
    expect(stdout).toContain('Nothing to accept: ');
  });

  it('answers where it is the only config', async () => {
    const { exitCode, reactions, annotations } = await step('shop', '/visual accept pricing', { comments: comments.slice(1) });
    expect([exitCode, reactions]).toEqual([1, ['confused']]);
    expect(annotations[0]?.message).toContain('No capture named "pricing"');
  });

  it('answers for its own results that cannot be taken', async () => {
    const old = { name: 'shop', zip: () => uploadedResults('b'.repeat(40), [addedCapture('cart')]) };
    const refused = await step('shop', '/visual accept cart', { artifacts: [site, old] });
    expect([refused.exitCode, refused.reactions]).toEqual([1, ['confused']]);
    const other = await step('shop', '/visual accept pricing', { artifacts: [site, old] });
    expect([other.exitCode, other.reactions]).toEqual([0, []]);
  });
});

it('a comment-key is that of all artifacts', async () => {
  const { pages, reactions } = await accept({
    inputs: { 'artifact-name': 'site, shop', 'comment-key': 'pages' },
    comments: [reportComment(checkRun, { key: 'pages' })],
  });
  expect([pages, reactions]).toEqual([['cart', 'docs/a', 'docs/b', 'pricing'], ['+1']]);
});
