import { expect, test } from 'vitest';
import { connectGithub } from '../../../src/github/api.ts';
import { renderMarker } from '../../../src/publish/comment/marker.ts';
import { rewriteBoxes } from '../../../src/publish/comment/rewrite-boxes.ts';
import { isSealed, sealComment } from '../../../src/publish/comment/seal.ts';
import { listBoxes, renderBox } from '../../../src/report/markdown/boxes.ts';
import { systemClock } from '../../../src/system/clock.ts';
import { startGithubServer } from '../../helpers/github-server.ts';

const marker = { key: 'visual-capture', runId: 5, attempt: 1 };
const textOf = (more: string, runId = marker.runId): string =>
  sealComment([`${renderMarker({ ...marker, runId })}${more}`, renderBox('g1', 'one'), renderBox('g2', 'two')].join('\n\n'));

/** Says of `g1` that it is accepted, in a comment with this text; gives back what the comment is then. */
async function rewrite(body: string, note: string) {
  await using github = await startGithubServer({ comments: [{ login: 'github-actions[bot]', body }] });
  const api = await connectGithub('ghs_test', github.apiUrl, systemClock);
  const repository = { owner: 'octo', name: 'site', serverUrl: 'https://github.com', apiUrl: github.apiUrl };
  const changes = new Map([['g1', { ticked: true, state: 'accepted', note }] as const]);
  const written = await rewriteBoxes(api, { repository, commentId: 100, marker }, changes);
  expect(github.wrong).toEqual([]);
  return { written, body: github.comments[0]?.body ?? '' };
}

test('what is ticked meanwhile stays ticked, and the text is sealed anew', async () => {
  const ticked = textOf('x').replaceAll('- [ ]', '- [x]');
  const { written, body } = await rewrite(ticked, 'Done.');
  expect(written).toEqual({ kind: 'written' });
  expect(listBoxes(body)).toEqual([
    { id: 'g1', ticked: true, state: 'accepted' },
    { id: 'g2', ticked: true, state: 'none' },
  ]);
  expect([isSealed(body), body.includes('<em>Done.</em>')]).toEqual([true, true]);
});

test.each([
  ['that somebody changed', textOf('x').replace('one', 'won'), 'somebody has edited'],
  ['of a newer run', textOf('x', 6), 'a newer run'],
])('a text %s is left as it is', async (_, text, reason) => {
  const { written, body } = await rewrite(text, 'Done.');
  expect(written).toMatchObject({ kind: 'left', reason: expect.stringContaining(reason) });
  expect(body).toBe(text);
});

test('notes give way where there is no room for them', async () => {
  const full = (spare: number): string => textOf('x'.repeat(65_536 - spare - textOf('').length));
  const [roomy, tight, none] = await Promise.all([2_000, 500, 40].map((spare) => rewrite(full(spare), 'n'.repeat(900))));
  const noteOf = (one: { body: string } | undefined): string | undefined => /<em>(.*)<\/em>/.exec(one?.body ?? '')?.[1];
  expect([noteOf(roomy)?.length, noteOf(tight)?.length, noteOf(none)]).toEqual([900, 100, undefined]);
  for (const one of [roomy, tight, none]) {
    expect(one?.body.length).toBeLessThanOrEqual(65_536);
    expect(listBoxes(one?.body ?? '')[0]).toEqual({ id: 'g1', ticked: true, state: 'accepted' });
  }
});
