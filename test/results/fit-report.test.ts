import { expect, test } from 'vitest';
import { renderHtml } from '../../src/report/html/render-html.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { fitReport } from '../../src/results/fit-report.ts';
import type { Report } from '../../src/results/model.ts';
import { maxResultsBytes, parseResults } from '../../src/results/parse-results.ts';
import { imageSource } from '../report/support/pictures.ts';
import { everyStatus, makeCapture, makeFailure, makeReport } from '../report/support/reports.ts';

/** Everything that can be long is, and no two captures fail alike. `fill` is what the long texts are made of. */
function failing(count: number, fill: string): Report {
  const entries = (length: number) => Array.from({ length: 10 }, () => fill.repeat(length));
  return makeReport(
    Array.from({ length: count }, (_, at) =>
      makeCapture(`section/page-${at}`, {
        status: 'failed',
        url: `https://preview.example.com/section/page-${at}`,
        error: { ...makeFailure('render_timeout'), message: `${at} ${fill.repeat(3900)}`, fix: `${at} ${fill.repeat(3900)}` },
        timeline: Array.from({ length: 40 }, (_, nth) => ({
          kind: 'request',
          startMs: nth * 1000.5,
          durationMs: 999.123,
          result: 'engine_busy',
        })),
        pageErrors: {
          exceptions: entries(290),
          consoleErrors: entries(290),
          failedResources: entries(250).map((text) => ({ kind: 'image', url: `https://x.example/${text}`, reason: '404' })),
        },
      }),
    ),
  );
}

test.each(['x', '<'])('10,000 failures that say all they can in "%s" keep to 50 MB, and are read again', async (fill) => {
  const report = fitReport(failing(10_000, fill));
  const json = Buffer.from(renderJson(report));
  expect(json.length).toBeLessThan(maxResultsBytes);
  const again = parseResults(json);
  expect(again.captures).toHaveLength(10_000);
  expect(again.captures[9_999]?.error).toMatchObject({ code: 'render_timeout', message: expect.stringMatching(/^9999 /) });
  expect(Buffer.byteLength(await renderHtml(report, imageSource({})))).toBeLessThan(50_000_000);
  expect(Buffer.byteLength(renderJunit(report))).toBeLessThan(50_000_000);
});

test('a report of an ordinary size is left as it is', () => {
  const report = everyStatus();
  expect(fitReport(report)).toBe(report);
});

test('what is least needed gives way first', () => {
  const report = failing(20, 'x');
  const [capture] = fitReport(report, JSON.stringify(report).length - 25_000).captures;
  expect([capture?.timeline?.length, capture?.pageErrors?.exceptions.length, capture?.error?.message.length]).toEqual([
    20, 10, 3902,
  ]);
  const [least] = fitReport(report, 1).captures;
  expect([least?.timeline, least?.error?.message.length, least?.status]).toEqual([[], 150, 'failed']);
});
