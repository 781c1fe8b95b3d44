import { describe, expect, it } from 'vitest';
import { acceptancesRef } from '../../../../src/baseline/acceptances/ref.ts';
import { renderMarker } from '../../../../src/publish/comment/marker.ts';
import { sealComment } from '../../../../src/publish/comment/seal.ts';
import { type BoxChange, changeBoxes, listBoxes } from '../../../../src/report/markdown/boxes.ts';
import { renderComment } from '../../../../src/report/markdown/comment.ts';
import { startGitServer } from '../../../helpers/git-server.ts';
import { grey, uploadedFiles } from '../../../helpers/uploaded-results.ts';
import { makeZip } from '../../../helpers/zip.ts';
import { ask, checkRun, editEvent, type Question, sharedReport, sharedResults } from './support.ts';

const token = 'ghs_test';
const own = 'github-actions[bot]';
const branch = 'refs/heads/feature';
const main = 'refs/visual-capture/baselines/main';

/** The comment as a check writes it. */
function commentOf(key = 'visual-capture', runId = checkRun): string {
  const ci = { url: 'https://github.com/octo/site/actions/runs/30433642', commit: 'a'.repeat(40), artifactName: key };
  const markdown = renderComment(sharedReport('', { twice: true, run: { ci } }), {
    artifactUrl: `${ci.url}/artifacts/1`,
    pullRequestHead: 'own',
    runUrl: ci.url,
    commit: ci.commit,
    pictures: new Map(),
    limit: 60_000,
  });
  return sealComment(`${renderMarker({ key, runId, attempt: 1 })}${markdown}`);
}

const clean = commentOf();
const tick = (body: string, ...ids: readonly string[]): string =>
  ids.reduce((ticked, id) => ticked.replace(`- [ ] <!-- box ${id} -->`, `- [x] <!-- box ${id} -->`), body);
const noted = (body: string, id: string, change: BoxChange): string => sealComment(changeBoxes(body, new Map([[id, change]])));
const twice = (commit: string): Buffer => makeZip(uploadedFiles(sharedReport(commit, { twice: true })));
const twiceInRef = (commit: string): Buffer =>
  makeZip(uploadedFiles(sharedReport(commit, { twice: true, run: { baselineKind: 'ref' } })));
const files = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`visual-baselines/${name}/1280x800.png`, grey]));

interface Edit {
  readonly from?: string;
  readonly body: string;
  readonly by?: string;
  /** What the comment is when the step looks; default: what the edit made it. */
  readonly now?: string;
  readonly author?: string;
}

/** What a step makes of an edit of the comment: what it took, and what the comment says in the end. */
async function edit({ from = clean, body, by, now = body, author = own }: Edit, question: Question = {}) {
  await using git = await startGitServer({ token });
  await git.commit(main, Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`${name}/1280x800.png`, grey])));
  const answered = await ask(git, {
    zip: twice,
    files,
    // Beside somebody else's is ours, which says the same.
    comments: [...new Set([author, own])].map((login) => ({ login, body: now })),
    event: editEvent(from, body, by),
    ...question,
  });
  expect(answered.wrong).toEqual([]);
  // The comment itself says it: nobody reacts to it.
  expect(answered.reactions).toEqual([]);
  const changed = await git.git('diff', '--name-only', answered.head, branch);
  const kept = await git.git('ls-tree', '-r', '--name-only', acceptancesRef(7)).catch(() => '');
  const [shown = ''] = answered.shown;
  return {
    ...answered,
    pages: changed.split('\n').flatMap((path) => /^visual-baselines\/(.+)\/1280x800\.png$/.exec(path)?.[1] ?? []),
    kept: [...new Set(kept.split('\n').map((path) => path.split('/')[0]))].filter(Boolean),
    body: shown,
    boxes: listBoxes(shown).map(({ id, ticked, state }) => `${id} ${ticked ? 'x' : '-'} ${state}`),
    commit: await git.git('rev-parse', branch),
  };
}

describe('a ticked box', () => {
  it('of a group accepts it, and says who, where, and what is left over', async () => {
    const { exitCode, pages, replies, boxes, body, written, commit } = await edit({ body: tick(clean, 'g1') });
    expect([exitCode, pages, replies]).toEqual([0, ['a', 'b'], []]);
    expect(written).toHaveLength(2);
    expect(written[0]).toContain('- [x] <!-- box g1 --><!-- working --><em>Accepting for &#64;&#8203;reviewer');
    expect(boxes).toEqual(['g1 x accepted', 'g2 - none', 'all - none']);
    const line = body.split('\n').find((one) => one.includes('box g1'))!;
    expect(line).toContain(`2 captures accepted for reviewer: ${commit} on feature.`);
    expect(line).toContain('c/1280x800 (g2)');
    expect(line).toContain('<code>g1</code>');
  });

  it('of everything accepts all', async () => {
    const { exitCode, pages, boxes } = await edit({ body: tick(clean, 'all') });
    expect([exitCode, pages]).toEqual([0, ['a', 'b', 'c', 'd']]);
    expect(boxes.at(-1)).toBe('all x accepted');
  });

  it('takes its group together with others that are ticked at once', async () => {
    const { pages, boxes } = await edit({ body: tick(clean, 'g1', 'g2') });
    expect([pages, boxes]).toEqual([
      ['a', 'b', 'c', 'd'],
      ['g1 x accepted', 'g2 x accepted', 'all - none'],
    ]);
  });

  it('takes its group together with one that was accepted before', async () => {
    const before = noted(tick(clean, 'g1'), 'g1', { ticked: true, state: 'accepted', note: 'done' });
    const { exitCode, kept, boxes, body } = await edit(
      { from: before, body: tick(before, 'g2') },
      { config: 'baseline: ref', zip: twiceInRef },
    );
    expect([exitCode, kept]).toEqual([0, ['a', 'b', 'c', 'd']]);
    expect([boxes, body.includes('<em>done</em>')]).toEqual([['g1 x accepted', 'g2 x accepted', 'all - none'], true]);
  });

  it('takes what a person ticked while the step waited for its turn', async () => {
    const edits = [
      { login: 'github-actions[bot]', at: '2026-03-02T11:00:00Z' },
      { login: 'reviewer', at: '2026-03-02T12:00:00Z' },
      { login: 'maintainer', at: '2026-03-02T12:00:01Z' },
    ];
    const now = tick(clean, 'g1', 'g2');
    expect((await edit({ body: tick(clean, 'g1'), now }, { edits })).pages).toEqual(['a', 'b', 'c', 'd']);
  });

  it.each([
    ['an app ticked, which may not accept', [{ login: 'stale[bot]', at: '2026-03-02T12:00:01Z' }]],
    ['nobody knows who ticked', []],
  ])('takes nothing with it that %s', async (_, edits) => {
    const permission = (login: string) => (login === 'reviewer' ? 'write' : undefined);
    const { pages, boxes } = await edit({ body: tick(clean, 'g1'), now: tick(clean, 'g1', 'g2') }, { edits, permission });
    expect([pages, boxes]).toEqual([
      ['a', 'b'],
      ['g1 x accepted', 'g2 - refused', 'all - none'],
    ]);
  });

  it('is unticked with the reason when it cannot be accepted', async () => {
    const { exitCode, pages, boxes, body, replies } = await edit(
      { body: tick(clean, 'g1') },
      { zip: () => sharedResults('b'.repeat(40)) },
    );
    expect([exitCode, pages, boxes, replies]).toEqual([1, [], ['g1 - refused', 'g2 - none', 'all - none'], []]);
    expect(body).toContain('Not accepted: The comment on the pull request does not show the results of');
  });

  it('takes nothing of results that are younger than the tick', async () => {
    const artifacts = [{ name: 'visual-capture', zip: twice, createdAt: '2026-03-02T12:00:01Z' }];
    const { pages, body } = await edit({ body: tick(clean, 'g1') }, { artifacts });
    expect([pages, body.includes('younger than the request')]).toEqual([[], true]);
  });

  it('takes no group on the word of a fork’s run', async () => {
    const fork = { headRepository: 'stranger/site', config: 'baseline: ref', zip: twiceInRef };
    const { exitCode, kept, body } = await edit({ body: tick(clean, 'g1') }, fork);
    expect([exitCode, kept, body.includes('comes from a fork')]).toEqual([1, [], true]);
  });

  it('is one config’s, whose steps alone take it', async () => {
    const site = commentOf('site');
    const ticked = { from: site, body: tick(site, 'g2'), by: 'reviewer' };
    const artifacts = ['site', 'shop'].map((name) => ({ name, zip: twice }));
    const mine = await edit(ticked, { artifacts, inputs: { 'artifact-name': 'site, shop' } });
    expect([mine.exitCode, mine.pages]).toEqual([0, ['d']]);
    const other = await edit(ticked, { artifacts, inputs: { 'artifact-name': 'shop' } });
    expect([other.exitCode, other.pages, other.written]).toEqual([0, [], []]);
    expect(other.stdout).toContain('the comment is of another config');
  });
});

describe('who ticks, and in what', () => {
  it.each(['stranger', 'renovate[bot]'])('%s, who may not write, is told nothing on the pull request', async (by) => {
    const permission = (login: string) => (login === 'stranger' ? 'read' : undefined);
    const { exitCode, pages, written, replies, annotations, asked } = await edit({ body: tick(clean, 'g1'), by }, { permission });
    expect([exitCode, pages, written, replies]).toEqual([1, [], [], []]);
    expect(annotations[0]?.message).toContain(`${by} may not accept`);
    expect(asked).toEqual(['repos/get-collaborator-permission-level']);
  });

  const reworded = clean.replace('4 captures', 'a comma');
  it.each<[string, Edit, string]>([
    ['whose words were changed with the tick', { body: tick(reworded, 'g1') }, 'Somebody has changed more of the comment'],
    [
      'whose words were changed before',
      { from: reworded, body: tick(reworded, 'g1') },
      'Somebody has changed more of the comment',
    ],
    [
      'whose words were changed since',
      { body: tick(clean, 'g1'), now: tick(reworded, 'g1') },
      'Somebody has changed more of the comment',
    ],
    ['of somebody else', { body: tick(clean, 'g1'), author: 'stranger' }, 'its author does not count'],
  ])('a comment %s is refused, left as it is, and answered', async (_, change, message) => {
    expect(reworded).not.toBe(clean);
    const permission = (login: string) => (login === 'stranger' ? 'read' : 'write');
    const { exitCode, pages, written, replies, annotations } = await edit(change, { permission });
    expect([exitCode, pages, written]).toEqual([1, [], []]);
    expect(annotations[0]?.message).toContain(message);
    expect(replies.map((one) => one.slice(0, 13))).toEqual(['Not accepted:']);
  });

  it.each<[string, Edit, string]>([
    [
      'our own edit',
      {
        from: tick(clean, 'g1'),
        body: noted(tick(clean, 'g1'), 'g1', { ticked: true, state: 'working', note: 'x' }),
        by: 'our-app[bot]',
      },
      'no box was ticked',
    ],
    [
      'a new run’s edit',
      { from: tick(clean, 'g1'), body: commentOf('visual-capture', checkRun + 1), by: 'our-app[bot]' },
      'no box was ticked',
    ],
    ['a tick that is taken away', { from: tick(clean, 'g1'), body: clean }, 'no box was ticked'],
    ['an edit of another comment', { from: '- [ ] milk', body: '- [x] milk' }, 'not one that a check wrote'],
  ])('%s asks for nothing, and nothing is asked', async (_, change, reason) => {
    const { exitCode, annotations, asked, stdout } = await edit(change, { permission: () => undefined });
    expect([exitCode, annotations, asked]).toEqual([0, [], []]);
    expect(stdout).toContain(`Nothing to accept: ${reason}`.split(' not one')[0]);
    expect(stdout).toContain(reason);
  });

  it.each<[string, string, string]>([
    [
      'was accepted meanwhile',
      noted(tick(clean, 'g1'), 'g1', { ticked: true, state: 'accepted', note: 'x' }),
      'accepted already',
    ],
    ['is unticked meanwhile', clean, 'not ticked any more'],
    ['a new run has reset', tick(commentOf('visual-capture', checkRun + 1), 'g1'), 'a newer run has written the comment anew'],
  ])('a box that %s is nothing to do', async (_, now, reason) => {
    const { exitCode, pages, written, stdout } = await edit({ body: tick(clean, 'g1'), now });
    expect([exitCode, pages, written]).toEqual([0, [], []]);
    expect(stdout).toContain(reason);
  });
});
