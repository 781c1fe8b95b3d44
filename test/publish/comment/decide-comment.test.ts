import { describe, expect, test } from 'vitest';
import { decideComment } from '../../../src/publish/comment/decide-comment.ts';
import { parseMarker, renderMarker } from '../../../src/publish/comment/marker.ts';
import type { CaptureStatus } from '../../../src/results/model.ts';
import { makeCapture, makeComparison, makeReport, shadeFinding } from '../../report/support/reports.ts';

const of = (...statuses: CaptureStatus[]) =>
  makeReport(statuses.map((status, index) => makeCapture(`page-${index}`, { status })));
const written = (runId: number, id = 1) => ({ id, url: 'https://x.test', marker: { key: 'k', runId, attempt: 1 } });

describe('whether to comment', () => {
  test.each(['failed', 'changed', 'added', 'removed', 'skipped'] as const)('%s is worth a first comment', (status) => {
    expect(decideComment('auto', of('unchanged', status), [], 5)).toEqual({ kind: 'create' });
  });

  test('a run without captures is too, for nothing was looked at', () => {
    expect(decideComment('auto', of(), [], 5)).toEqual({ kind: 'create' });
  });

  test('what passed is not, unless always', () => {
    expect(decideComment('auto', of('unchanged', 'captured'), [], 5).kind).toBe('none');
    expect(decideComment('always', of('unchanged'), [], 5)).toEqual({ kind: 'create' });
  });

  test('a page that may not be the one that is meant is worth one, though it did not change', () => {
    const pageProblem = { kind: 'error_status', message: 'It answered with HTTP 500.' } as const;
    const report = makeReport([makeCapture('index', { pageProblem })]);
    expect(decideComment('auto', report, [], 5)).toEqual({ kind: 'create' });
  });

  test('a shade that changed is worth one, though the capture counts as unchanged', () => {
    const comparison = makeComparison({ diffPixels: 0, findings: [shadeFinding()] });
    expect(decideComment('auto', makeReport([makeCapture('index', { comparison })]), [], 5)).toEqual({ kind: 'create' });
  });

  test('an older comment is brought up to date by any later run and by another attempt', () => {
    for (const runId of [4, 5]) {
      const existing = [written(runId), written(runId, 2)];
      expect(decideComment('auto', of('unchanged'), existing, 5)).toEqual({
        kind: 'update',
        comment: existing[0],
        duplicates: [existing[1]],
      });
    }
  });

  test('a newer run’s comment is left alone', () => {
    expect(decideComment('always', of('changed'), [written(6)], 5).kind).toBe('none');
  });
});

describe('the marker', () => {
  test.each(['visual-capture', 'a -->', '--', '-', 'ünï/cödé %2D', '<!--', ' '])('%j is read as it was written', (key) => {
    const text = renderMarker({ key, runId: 42, attempt: 2 });
    expect(parseMarker(`${text}Body`)).toEqual({ key, runId: 42, attempt: 2 });
    expect(text.slice('<!--'.length, -'-->\n'.length)).not.toMatch(/--|>/);
    expect(text.match(/\n/g)).toHaveLength(1);
  });

  test('anything else is none', () => {
    for (const body of [
      '',
      'x',
      `> ${renderMarker({ key: 'k', runId: 1, attempt: 1 })}`,
      '<!-- visual-capture comment k run x attempt 1 -->',
    ]) {
      expect(parseMarker(body)).toBeUndefined();
    }
  });
});
