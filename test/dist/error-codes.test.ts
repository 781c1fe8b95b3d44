import { describe, expect, it } from 'vitest';
import { type ErrorCodeName, errorCode, errorCodes, type ServiceErrorCode } from '../../src/errors/codes.ts';
import { apiscreenshot } from '../../src/services/apiscreenshot/apiscreenshot.ts';
import { createWorkspace, type FinishedStep, runStep } from '../helpers/bundle.ts';
import { answers, type FakeScript, startFakeService } from '../helpers/fake-service.ts';

const key = 'sk_live_a-key-nobody-may-see';
const ok = answers.picture();

/** Runs the step over four targets; `/bad` is the one that the script treats differently. */
async function check(script: FakeScript, inputs: Record<string, string> = {}): Promise<FinishedStep & { requests: number }> {
  await using service = await startFakeService({ script });
  await using workspace = await createWorkspace();
  const finished = await runStep({
    workspace,
    inputs: {
      'api-key': key,
      'api-url': service.url,
      'base-url': 'https://preview.example.com',
      urls: '/bad\n/one\n/two\n/three',
      concurrency: '1',
      'upload-artifact': 'false',
      ...inputs,
    },
  });
  expect(finished.stdout.replace(`::add-mask::${key}`, '') + finished.summary + JSON.stringify(finished.report)).not.toContain(
    key,
  );
  return { ...finished, requests: service.requests.length };
}

/** What the service does to a capture for each code, and the code's own numbers. */
const serviceCodes: Readonly<Record<ServiceErrorCode, { requests: number; inputs?: Record<string, string> }>> = {
  bad_request: { requests: 4 },
  selector_not_found: { requests: 4 },
  invalid_api_key: { requests: 1 },
  payment_required: { requests: 1 },
  insufficient_scope: { requests: 1 },
  // Beyond the budget at once, so that the capture fails without waiting.
  rate_limited: { requests: 1, inputs: { 'retry-budget': '1' } },
  engine_unavailable: { requests: 1 },
  engine_busy: { requests: 1, inputs: { 'retry-budget': '1' } },
  render_timeout: { requests: 5 },
};

describe('each code of the service, through the built action', () => {
  it.each(Object.entries(serviceCodes) as [ServiceErrorCode, (typeof serviceCodes)[ServiceErrorCode]][])(
    '%s',
    async (code, { requests, inputs }) => {
      const held = errorCode(code).retry === 'hold';
      const bad = answers.error(code, { message: 'wording may change', ...(held ? { retryAfter: 3600 } : {}) });
      const finished = await check((request) => (request.body?.['url'] === 'https://preview.example.com/bad' ? bad : ok), inputs);
      const { stops } = errorCodes[code];
      const { status } = apiscreenshot.errors[code];
      expect(finished.exitCode).toBe(1);
      const bystander = stops === 'run' || held ? 'skipped' : 'added';
      expect(finished.report?.captures.map((capture) => capture.status)).toEqual(['failed', bystander, bystander, bystander]);
      expect(finished.report?.captures[0]?.error).toMatchObject({ code, status });
      expect(finished.report?.captures[0]?.error?.fix).not.toBe('');
      expect(finished.requests).toBe(requests);
      expect(finished.outputs['outcome']).toBe('failed');
      const annotations = finished.annotations.filter(({ properties }) => properties['title']?.startsWith(code));
      expect(annotations.length, finished.stdout).toBe(1);
      expect(annotations[0]?.message).toContain((finished.report?.stopped ?? finished.report?.captures[0]?.error)?.fix);
    },
  );
});

describe('our own codes, through the built action', () => {
  const own: Readonly<
    Record<
      // unsupported_option needs an option (test/check/try-options.test.ts), page_error a page that this machine can ask
      // (test/check/trust.test.ts), run_failed a full disk (check.test.ts), step_failed a browser (test/check/steps.test.ts).
      Exclude<
        ErrorCodeName,
        | ServiceErrorCode
        | 'baseline_unreadable'
        | 'cancelled'
        | 'time_limit'
        | 'shard_missing'
        | 'page_error'
        | 'run_failed'
        | 'unsupported_option'
        | 'step_failed'
      >,
      { script: FakeScript; inputs?: Record<string, string> }
    >
  > = {
    private_url: { script: ok, inputs: { urls: 'http://localhost:3000/bad\n/one' } },
    network_error: {
      script: (request) => (String(request.body?.['url']).endsWith('/bad') ? answers.reset('before-headers') : ok),
      inputs: { 'max-attempts': '2' },
    },
    attempt_timeout: {
      script: (request) => (String(request.body?.['url']).endsWith('/bad') ? answers.silence() : ok),
      inputs: { 'max-attempts': '1', 'attempt-timeout': '0.3' },
    },
    unexpected_response: { script: (request) => (String(request.body?.['url']).endsWith('/bad') ? answers.htmlPage(404) : ok) },
    capture_limit: { script: ok, inputs: { 'max-captures': '1' } },
  };

  it.each(Object.entries(own))('%s', async (code, { script, inputs }) => {
    const finished = await check(script, inputs);
    expect(finished.exitCode).toBe(1);
    expect(finished.report?.captures.filter(({ error }) => error?.code === code).length, finished.stdout).toBeGreaterThan(0);
    expect(finished.annotations.some(({ properties }) => properties['title']?.startsWith(code))).toBe(true);
  });

  it('time_limit keeps what is there', async () => {
    const finished = await check((request) => (request.index === 0 ? ok : answers.silence()), { 'time-limit': '1' });
    const [first, ...others] = finished.report?.captures ?? [];
    expect(first?.status).toBe('added');
    // How many were sent in time depends on the machine.
    expect(others.map(({ status, error }) => [status, error?.code])).toEqual(
      others.map(({ attempts }) => [attempts > 0 ? 'failed' : 'skipped', 'time_limit']),
    );
    expect(finished.report?.stopped?.code).toBe('time_limit');
  });
});
