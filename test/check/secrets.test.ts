import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { locateBundles } from '../../src/check/bundles.ts';
import { check } from '../../src/check/check.ts';
import type { ServiceErrorCode } from '../../src/errors/codes.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import { lineProgress } from '../../src/progress/lines.ts';
import { systemClock } from '../../src/system/clock.ts';
import type { Log } from '../../src/system/ports.ts';
import { createWorkspace } from '../helpers/bundle.ts';
import { answers, startFakeService } from '../helpers/fake-service.ts';

const bundles = locateBundles(new URL('../../src/', import.meta.url));
const secrets = /pa55word|prev1ew|0wnToken|head3r|live-pa55/;

/** All that a run lets out: its log, and every file with its path. The service repeats whatever it was given. */
async function runAgainstEcho(code: ServiceErrorCode): Promise<string> {
  await using workspace = await createWorkspace();
  const echo = (url: string): string => `${'x'.repeat(240)} ${url} (pa55word, prev1ew) with Bearer head3r`;
  await using service = await startFakeService({
    script: ({ body }) => answers.error(code, { message: echo(String((body as { url: string }).url)) }),
  });
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  const log: Log = { debug: say, info: say, warn: say, error: say, startGroup: say, endGroup: () => {} };
  const inputs: Partial<Record<InputName, string>> = {
    'api-key': 'sk_test',
    'api-url': service.url,
    'base-url': 'https://me:pa55word@preview.dev/?x-vercel-protection-bypass=prev1ew',
    urls: '/a?token=0wnToken\n/b',
    'page-headers': 'authorization: Bearer head3r',
    'page-check': 'off',
    baseline: 'url',
    'baseline-url': 'https://me:live-pa55@live.dev',
    'max-attempts': '1',
  };
  const checked = await check(
    { values: new Map(Object.entries(inputs) as [InputName, string][]), env: {}, fork: false, purpose: 'check' },
    { directory: workspace.path, bundles, log, progress: () => lineProgress(log, systemClock) },
    new AbortController().signal,
  );
  expect(checked.report.totals.captures).toBe(2);
  const output = join(workspace.path, 'visual-capture');
  const paths = await readdir(output, { recursive: true });
  const texts = paths.filter((path) => /\.(json|html|xml)$/.test(path)).map((path) => readFile(join(output, path), 'utf8'));
  return [...said, ...paths, ...(await Promise.all(texts))].join('\n');
}

it.each(['bad_request', 'invalid_api_key'] as const)('lets out no secret that comes back as %s', async (code) => {
  const letOut = await runAgainstEcho(code);
  expect(letOut).toContain('https://***@');
  expect(letOut.match(secrets)).toBeNull();
});
