import { expect, it } from 'vitest';
import { createWorkspace, runStep } from '../helpers/bundle.ts';
import { startFakeService } from '../helpers/fake-service.ts';

it('captures 600 pages through a service with a hidden capacity and loses none', async () => {
  const serviceTimeMs = ({ index }: { index: number }): number => 20 + ((index * 37) % 60);
  await using service = await startFakeService({ capacity: { slots: 12, serviceTimeMs, retryAfter: 1 } });
  await using workspace = await createWorkspace();
  const urls = Array.from({ length: 600 }, (_, at) => `page-${at} = https://site.example/${at}`).join('\n');
  const { exitCode, report } = await runStep({
    workspace,
    inputs: {
      urls,
      concurrency: '40',
      'api-url': service.url,
      'api-key': 'sk_live_test',
      baseline: 'none',
      'page-check': 'off',
      'allow-empty': 'true',
      'upload-artifact': 'false',
    },
  });
  expect(exitCode).toBe(0);
  expect(report?.totals).toMatchObject({ captures: 600, captured: 600, failed: 0, skipped: 0 });
  expect(report?.service).toMatchObject({ requests: service.requests.length, credits: 600, possiblyBilled: 0 });
  expect(report?.service.heldBackMs).toBeGreaterThan(0);
  expect(service.peakConcurrency).toBeLessThanOrEqual(40);
  // After every engine_busy nothing was sent for as long as it asked, by the run's own clock, which rounds to milliseconds.
  const requests = (report?.captures ?? []).flatMap(({ timeline = [] }) => timeline.filter((entry) => entry.kind === 'request'));
  const refused = requests.filter(({ result }) => result === 'engine_busy');
  expect(refused.length).toBeGreaterThan(0);
  for (const { startMs, durationMs } of refused) {
    const sinceMs = startMs + durationMs;
    expect(requests.filter((request) => request.startMs > sinceMs + 2 && request.startMs < sinceMs + 998)).toEqual([]);
  }
});
