import { expect, it } from 'vitest';
import { checkUntil } from '../../src/page-check/check-until.ts';
import { refuseBadPages } from '../../src/page-check/refuse-bad-pages.ts';
import type { Capture } from '../../src/plan/capture.ts';
import type { PageProblem } from '../../src/results/model.ts';
import { makeCapture } from '../helpers/virtual-run.ts';

const missing: PageProblem = { kind: 'error_status', status: 404, message: 'The page answered with HTTP 404.' };
const never = new Promise<never>(() => {});
const answers: Record<string, Promise<PageProblem | undefined>> = {
  'https://site.example/bad': Promise.resolve(missing),
  'https://site.example/good': Promise.resolve(undefined),
};
const check = (url: string): Promise<PageProblem | undefined> => answers[url] ?? never;
const sites = ['bad', 'good', 'slow'].map((name) => `https://site.example/${name}`);

it('waits for no answer once the run must end; those that are there still count', async () => {
  const ended = new AbortController();
  const until = checkUntil(check, ended.signal);
  const asked = sites.map((url) => until(url));
  ended.abort();
  const found = await Promise.all([...asked, ...sites.map((url) => until(url))]);
  expect(found.map((problem) => problem?.kind)).toEqual([
    'error_status',
    undefined,
    'unreachable',
    'error_status',
    undefined,
    'unreachable',
  ]);
  expect(found[2]?.message).toBe('The run had to end before the page had answered a plain request.');
});

it('refuses the pages that are known to be bad when the run must end', async () => {
  const ended = new AbortController();
  const captures = ['bad', 'good', 'slow'].map((name): Capture => ({ ...makeCapture(name), pageCheck: { mode: 'fail' } }));
  const refused = refuseBadPages(captures, check, ended.signal);
  setImmediate(() => ended.abort());
  expect([...(await refused)].map(([capture, problem]) => [capture.name, problem.kind])).toEqual([['bad', 'error_status']]);
});
