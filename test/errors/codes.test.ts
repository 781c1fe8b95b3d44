import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { sampleRun } from '../../scripts/sample-run.ts';
import { type ErrorCodeName, errorCodes, isServiceErrorCode } from '../../src/errors/codes.ts';
import type { FixContext, RunContext } from '../../src/errors/fix-context.ts';
import { describeError, explainFailure } from '../../src/services/describe-error.ts';

const names = Object.keys(errorCodes) as ErrorCodeName[];
const run: RunContext = { ...sampleRun, heldBackMs: 42_000, possiblyBilled: 3, undone: 12 };
const about: FixContext = { url: 'https://x.dev/a', selector: '#plans', place: 'visual-capture.yml:6', run };
const fix = (code: ErrorCodeName, more: Partial<FixContext> = {}): string =>
  describeError(code, 'api').fix({ ...about, ...more });

describe('the table of errors', () => {
  it('has the codes of the contract, and those for what pages, steps and shards owe', () => {
    expect(names.filter(isServiceErrorCode).map((name) => [name, describeError(name, 'api').status])).toEqual([
      ['bad_request', 400],
      ['selector_not_found', 400],
      ['invalid_api_key', 401],
      ['payment_required', 402],
      ['insufficient_scope', 403],
      ['rate_limited', 429],
      ['engine_unavailable', 501],
      ['engine_busy', 503],
      ['render_timeout', 504],
    ]);
    expect(names.filter((name) => !isServiceErrorCode(name))).toEqual([
      'private_url',
      'network_error',
      'attempt_timeout',
      'unexpected_response',
      'page_error',
      'unsupported_option',
      'step_failed',
      'baseline_unreadable',
      'time_limit',
      'capture_limit',
      'cancelled',
      'run_failed',
      'shard_missing',
    ]);
  });

  it('is what docs/errors.md documents, no code more and none less', async () => {
    const docs = await readFile('docs/errors.md', 'utf8');
    expect([...docs.matchAll(/^## (\S+)$/gm)].map((match) => match[1])).toEqual(names);
    expect([...docs.matchAll(/^\| \[`(\S+)`\]/gm)].map((match) => match[1])).toEqual(names);
  });

  it('tells of what fails after its picture was taken that the picture cost its credit', async () => {
    const written = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8');
    const billed = (code: ErrorCodeName): string | undefined =>
      new RegExp(`^## ${code}$[\\s\\S]*?^- Billed: (\\w+)`, 'm').exec(written)?.[1];
    expect(names.filter((name) => billed(name) === 'only')).toEqual(['page_error', 'unsupported_option', 'baseline_unreadable']);
    expect(names.filter((name) => billed(name) === 'possibly')).toEqual([
      'network_error',
      'attempt_timeout',
      'unexpected_response',
      'time_limit',
      'cancelled',
    ]);
  });

  it('takes no word for a code that the service does not send', () => {
    expect(['toString', 'network_error', '', undefined, 3].map(isServiceErrorCode)).toEqual([false, false, false, false, false]);
  });
});

describe('fixes', () => {
  it.each(names)('%s tells a next step in whole sentences, with nothing left open', (code) => {
    for (const context of [about, { run }]) {
      expect(describeError(code, 'api').fix(context)).toMatch(/^[A-Z0-9].+\.$/);
      expect(describeError(code, 'api').fix(context)).not.toMatch(/undefined|NaN|null/);
    }
  });

  it('name the input, line and value at hand', () => {
    expect(fix('selector_not_found')).toContain('"#plans" (visual-capture.yml:6)');
    expect(fix('selector_not_found', { waitUntil: 'load' })).toContain('networkidle0 (now load)');
    expect(fix('engine_busy')).toContain('was held back for 42 s');
    expect(fix('rate_limited')).toContain('concurrency, now 8');
    expect(fix('payment_required')).toContain('12 captures left undone');
    expect(fix('invalid_api_key', { run: { ...run, fork: true, hasApiKey: false } })).toContain('hands no secrets to forks');
    expect(fix('engine_unavailable', { run: { ...run, engine: 'local' } })).toContain('browser-path');
    expect(fix('render_timeout', { waitUntil: 'networkidle0' })).toContain('load (now networkidle0)');
    expect(fix('render_timeout', { waitUntil: 'domcontentloaded' })).not.toContain('wait-until');
    expect(fix('network_error')).toContain('3 lost answers of this run may have been billed');
    expect(fix('network_error', { run: { ...run, possiblyBilled: 0 } })).not.toContain('billed');
  });

  it.each(['payment_required', 'engine_busy', 'time_limit', 'capture_limit', 'cancelled', 'run_failed'] as const)(
    '%s, which stops a run, tells of answers that were lost',
    (code) => {
      expect(fix(code)).toContain('3 lost answers of this run may have been billed.');
      expect(fix(code, { run: { ...run, possiblyBilled: 0 } })).not.toContain('may have been billed');
    },
  );

  it('name the secret of the key where it is known, and on a fork the key that was sent all the same', () => {
    const named = { ...run, hasApiKey: true, apiKeySecret: 'SHOTS_KEY' };
    expect(fix('invalid_api_key', { run: named })).toMatch(/^Check the secret SHOTS_KEY \(input api-key\): .*Authorization/);
    expect(fix('insufficient_scope', { run: named })).toContain('into the secret SHOTS_KEY (input api-key)');
    expect(fix('invalid_api_key', { run: { ...named, fork: true } })).toMatch(/SHOTS_KEY.*Authorization.*comes from a fork/);
    expect(fix('invalid_api_key', { run: { ...named, hasApiKey: false } })).toContain('${{ secrets.SHOTS_KEY }}');
  });

  it('page_error looks at the html of a target that has no address', () => {
    expect(fix('page_error')).toContain('Open https://x.dev/a (visual-capture.yml:6) in a private window');
    expect(describeError('page_error', 'api').fix({ run })).toMatch(
      /^Look at the html of this target: .+ page-check: off or warn in its target\.$/,
    );
  });

  it('advise nothing that is so already, and know a preview that does not answer', () => {
    expect(fix('selector_not_found', { waitUntil: 'networkidle0' })).not.toContain('wait-until');
    expect(describeError('selector_not_found', 'api').fix({ run })).not.toContain('""');
    const down = {
      run: { ...run, engine: 'local' },
      detail: 'http://localhost:3000/ could not be loaded (ERR_CONNECTION_REFUSED).',
    } as const;
    expect(fix('bad_request', down)).toMatch(/^Start the preview before the check/);
  });

  it('give advice to who uses the built-in engine that is neither followed already nor about the hosted service', () => {
    const local = { run: { ...run, engine: 'local', apiUrl: 'the built-in engine', possiblyBilled: 0 } } as const;
    const ofTheService = ['private_url', 'invalid_api_key', 'insufficient_scope', 'payment_required', 'unsupported_option'];
    const possible = names.filter((name) => !ofTheService.includes(name));
    for (const name of possible) {
      expect(fix(name, local), name).not.toMatch(/engine: local|api-url|billed|exactly one of/);
    }
  });

  it('are those of whoever says what to do, and then only in its words', () => {
    const failure = { code: 'bad_request', detail: 'http://x.dev/ is no page.', fix: 'Name a page.' } as const;
    expect(explainFailure(failure, { ...about, run: { ...run, engine: 'local' } }, 'local')).toEqual({
      code: 'bad_request',
      message: 'http://x.dev/ is no page.',
      fix: 'Name a page.',
    });
  });

  it('are told with what happened, in the words of whoever knows', () => {
    expect(explainFailure({ code: 'bad_request', status: 400, detail: 'quality is 0' }, about, 'api')).toMatchObject({
      code: 'bad_request',
      status: 400,
      message: expect.stringMatching(/^The service refused the request \(quality is 0\)\. /),
    });
  });
});
