import { describe, expect, test } from 'vitest';
import { urlBaselines } from '../../src/baseline/url.ts';
import type { PageProblemPorts } from '../../src/judge/page-problem.ts';
import { readBaseline } from '../../src/judge/read-baseline.ts';
import type { Capture } from '../../src/plan/capture.ts';
import type { PageProblem } from '../../src/results/model.ts';

const capture: Capture = {
  id: 'a/mobile',
  name: 'a',
  viewport: { name: 'mobile', width: 390, height: 844, scale: 3 },
  page: { kind: 'url', url: 'https://pr.dev/a' },
  baselineUrl: 'https://www.dev/a',
  settings: { format: 'png' },
  compare: { threshold: 0.1, includeAntiAliasing: false, mask: [] },
};
const taken = { bytes: new Uint8Array([1]), format: 'png', size: { width: 1, height: 1 } } as const;

/** A captured baseline whose page answered so. */
async function readAfter(problem: PageProblem | undefined, pageCheck: Capture['pageCheck'] | null = { mode: 'warn' }) {
  const source = urlBaselines(new URL('https://www.dev'));
  source.counterparts.keep(capture.id, { status: 'captured', image: taken, attempts: 1, durationMs: 1, timeline: [] });
  const asked: string[] = [];
  const checkPage = async (url: string): Promise<PageProblem | undefined> => {
    asked.push(url);
    return problem;
  };
  // The pictures are not looked at here.
  const comparer = {} as PageProblemPorts['comparer'];
  return {
    read: await readBaseline(pageCheck === null ? capture : { ...capture, pageCheck }, source, { comparer, checkPage }),
    asked,
  };
}

const answered = (status: number): PageProblem => ({ kind: 'error_status', status, message: `HTTP ${status}.` });

describe('a baseline that is captured in the same run', () => {
  test('is what the other deployment shows', async () => {
    const { read, asked } = await readAfter(undefined);
    expect(read).toEqual({ kind: 'there', baseline: { png: taken.bytes } });
    expect(asked).toEqual(['https://www.dev/a']);
  });

  test.each([404, 410])('is none where that does not have the page yet (HTTP %i)', async (status) => {
    expect((await readAfter(answered(status))).read).toEqual({ kind: 'none' });
  });

  test('is compared with a word of doubt where that has another problem', async () => {
    expect((await readAfter(answered(500))).read).toMatchObject({
      kind: 'there',
      pageProblem: { message: 'The baseline is captured from https://www.dev/a. HTTP 500.' },
    });
  });

  test('is not asked about with page-check: off', async () => {
    const { read, asked } = await readAfter(answered(404), null);
    expect(read).toMatchObject({ kind: 'there' });
    expect(asked).toEqual([]);
  });

  test('that was not reached because the run stopped leaves its capture undone', async () => {
    const source = urlBaselines(new URL('https://www.dev'));
    const failure = { code: 'payment_required' } as const;
    source.counterparts.keep(capture.id, { status: 'skipped', failure, attempts: 0, durationMs: 0, timeline: [] });
    expect(await readBaseline(capture, source, { comparer: {} as PageProblemPorts['comparer'] })).toEqual({
      kind: 'uncaptured',
      failure: { code: 'payment_required', detail: 'the page at baseline-url' },
      url: 'https://www.dev/a',
    });
  });
});
