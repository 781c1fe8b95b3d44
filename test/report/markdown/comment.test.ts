import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { githubLimits } from '../../../src/report/limits.ts';
import { type CommentPicture, renderComment } from '../../../src/report/markdown/comment.ts';
import type { Report } from '../../../src/results/model.ts';
import {
  doubtful,
  everyStatus,
  hostile,
  inWorkflow,
  makeCapture,
  makeComparison,
  makeFailure,
  makeReport,
  outOfCredits,
  withAccepted,
  withSharedChanges,
} from '../support/reports.ts';

const commit = '7f3c2a90b1d84e5f6a7b8c9d0e1f2a3b4c5d6e7f';
const options = {
  runUrl: 'https://github.com/acme/site/actions/runs/1',
  reportUrl: 'https://github.com/acme/site/actions/runs/1/artifacts/3',
  artifactUrl: 'https://github.com/acme/site/actions/runs/1/artifacts/2',
  commit,
  limit: githubLimits.commentLength,
};

/** A picture for every change. */
function picturesOf(report: Report): Map<string, CommentPicture> {
  const changed = report.captures.filter(({ status }) => status === 'changed');
  return new Map(
    [...(report.groups ?? []), ...changed].map(({ id }, index) => [
      id,
      {
        url: `https://github.com/acme/site/blob/${commit}/${index + 1}.png?raw=true`,
        size: { width: 1000, height: 300 },
        shownRegions: 1,
      },
    ]),
  );
}

test.each([
  ['every-status', everyStatus()],
  ['out-of-credits', outOfCredits()],
  ['hostile', hostile()],
  ['doubtful', doubtful()],
  ['accepted', withAccepted()],
  ['groups', withSharedChanges()],
  ['passed', makeReport([makeCapture('index'), makeCapture('pricing')])],
])('golden: %s', async (name, report) => {
  const comment = renderComment(inWorkflow(report), { ...options, pullRequestHead: 'own', pictures: picturesOf(report) });
  await expect(comment).toMatchFileSnapshot(`../../golden/comment-${name}.md`);
});

test('80 captures that share three changes are shown by three pictures, and a fourth for what is on one page alone', () => {
  const report = withSharedChanges();
  const comment = renderComment(report, { ...options, pictures: picturesOf(report) });
  expect(comment.match(/<img /g)).toHaveLength(4);
  expect(comment).toContain('**<code>g1</code>** · Header, 1280×64 px · 40 captures');
});

test('golden: without pictures', async () => {
  const comment = renderComment(everyStatus(), {
    ...options,
    title: 'visual-capture-mobile',
    pictures: new Map(),
    pictureNote: 'Pictures are left out: this job may not push. The permission contents: write adds them.',
  });
  await expect(comment).toMatchFileSnapshot('../../golden/comment-without-pictures.md');
});

describe('the comment never passes its limit', () => {
  const many = (count: number, length: number): Report =>
    makeReport([
      ...Array.from({ length: count }, (_, index) =>
        makeCapture(`section-${index}/${'|'.repeat(length)}`, {
          status: 'changed',
          comparison: makeComparison({ diffRatio: (index + 1) / (2 * count) }),
        }),
      ),
      ...Array.from({ length: count }, (_, index) =>
        makeCapture(`broken-${index}/${'|'.repeat(length)}`, {
          status: 'failed',
          error: makeFailure('unexpected_response', { detail: `${index} ${'<'.repeat(length * 20)}` }),
        }),
      ),
      ...Array.from({ length: count }, (_, index) => makeCapture(`new-${index}/${'x'.repeat(length)}`, { status: 'added' })),
    ]);

  test.each([
    [1, 0],
    [10, 300],
    [60, 20],
    [1000, 200],
  ])('%d captures of each status with names of %d characters', (count, length) => {
    const report = many(count, length);
    const comment = renderComment(report, { ...options, pictures: picturesOf(report) });
    expect(comment.length).toBeLessThanOrEqual(65_536);
    expect(comment).toContain(`${count.toLocaleString('en-US')} failed, ${count.toLocaleString('en-US')} changed`);
    expectClosed(comment);
  });

  test('whatever the limit, tags are closed and tables whole; under the least there is nothing', () => {
    const report = many(40, 30);
    const pictures = picturesOf(report);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 65_536 }), (limit) => {
        const comment = renderComment(report, { ...options, pictures, limit });
        expect(comment.length).toBeLessThanOrEqual(limit);
        expectClosed(comment);
      }),
      { numRuns: 60 },
    );
  });

  test('names of others give way first, then changes in words, then pictures, then failures; the largest stay', () => {
    const report = many(40, 0);
    const pictures = picturesOf(report);
    const at = (limit: number): string => renderComment(report, { ...options, pictures, limit });
    const full = at(65_536);
    expect(full).toContain('new-0/');
    expect(at(full.length - 1)).not.toContain('new-0/');
    expect(at(full.length - 1)).toContain('section-0/');
    const small = at(12_000);
    expect(small).toContain('section-39/');
    expect(small).not.toContain('section-0/');
    expect(small).toMatch(/more changes left out here for size: read them in report\.html/);
    expect(small).toContain('broken-0/');
  });
});

describe('text from outside', () => {
  const words = ['<img src=x onerror=alert(1)>', '</details>', '|', '@octocat', '#12', '`', '-->', '\n\n', '![x](http://x)', '"'];

  test('never becomes markup, a mention or a table cell', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words, 'a', ' '), { maxLength: 8 }), (parts) => {
        const name = `x${parts.join('')}`;
        const report = makeReport([
          makeCapture(name, { status: 'changed', comparison: makeComparison() }),
          makeCapture(`other${name}`, { status: 'changed', comparison: makeComparison({ diffRatio: 0.001 }) }),
          makeCapture(`broken${name}`, { status: 'failed', error: makeFailure('unexpected_response', { detail: name }) }),
          makeCapture(`new${name}`, { status: 'added' }),
        ]);
        const [first] = picturesOf(report);
        const comment = renderComment(report, { ...options, title: name, pictures: new Map(first === undefined ? [] : [first]) });
        expectClosed(comment);
        const html = String(marked.parse(comment, { gfm: true }));
        expect(html.match(/<img/g)).toHaveLength(1);
        expect(html.match(/<tr>/g)).toHaveLength(2);
        expect(html.match(/<td/g)).toHaveLength(5);
        expect(plainText(html)).not.toMatch(/(?<!\w)@\w/);
      }),
      { numRuns: 300 },
    );
  });
});

function plainText(html: string): string {
  return html.replace(/<[^>]*>/g, '').replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

function expectClosed(markdown: string): void {
  for (const tag of ['details', 'summary', 'sub', 'code', 'a']) {
    const opened = markdown.match(new RegExp(`<${tag}[ >]`, 'g'))?.length;
    expect(opened, tag).toBe(markdown.match(new RegExp(`</${tag}>`, 'g'))?.length);
  }
  expect((markdown.match(/^```/gm)?.length ?? 0) % 2).toBe(0);
}
