import { describe, expect, test } from 'vitest';
import { loadInputs } from '../../src/inputs/load.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import { describeJudgedBy, type FoundOut } from '../../src/judge/judged-by.ts';
import { judgedByParts } from '../../src/results/model.ts';
import { openWorkspace } from '../../src/system/workspace.ts';
import { createWorkspace, put } from '../helpers/bundle.ts';

type Given = Partial<Record<InputName, string>>;

const sha256 = 'a'.repeat(64);
const found: FoundOut = { commit: 'c0ffee', baselines: 'directory visual-baselines' };
const config = 'targets:\n  - url: /a\n  - url: /b\n    mask: [{x: 0, y: 0, width: 8, height: 8}]\n';

async function judgedBy(change: Given = {}, about: Partial<FoundOut> = {}, text = config) {
  await using workspace = await createWorkspace();
  await put(workspace, 'visual-capture.yml', text);
  const given = { 'api-key': 'sk_test', 'base-url': 'https://pr-7.example', shard: '1/2', ...change };
  const values = new Map(Object.entries(given) as [InputName, string][]);
  const inputs = await loadInputs({ values, env: {}, fork: false, purpose: 'check' }, openWorkspace(workspace.path));
  return describeJudgedBy(inputs, { ...found, ...about });
}

const local = (port: number): Given => ({ engine: 'local', 'base-url': `http://localhost:${port}` });

describe('what shards must agree on', () => {
  test.each<[string, string[], Given, Partial<FoundOut>, string?]>([
    ['the share', [], { shard: '2/2' }, {}],
    ['the names of artifacts and folders', [], { 'artifact-name': 'other', output: 'other' }, {}],
    ['how patient a job is', [], { 'retry-budget': '1', concurrency: '2' }, {}],
    ['the key', [], { 'api-key': 'sk_other' }, {}],
    ['the order of the targets', [], {}, {}, 'targets:\n  - {url: /b, mask: [{x: 0, y: 0, width: 8, height: 8}]}\n  - /a\n'],
    ['the threshold', ['rules'], { threshold: '0.2' }, {}],
    ['what may differ', ['rules'], { 'max-diff-ratio': '0.5' }, {}],
    ['what becomes of shades', ['rules'], { shades: 'fail' }, {}],
    ['retakes', ['rules'], { retakes: '0' }, {}],
    ['what becomes of baselines', ['rules'], { 'update-baselines': 'missing' }, {}],
    ['what fails', ['rules'], { 'fail-on': 'none' }, {}],
    ['a request option', ['rules'], { 'full-page': 'true' }, {}],
    ['how pages are checked', ['rules'], { 'page-check': 'off' }, {}],
    ['a mask of one page', ['rules'], {}, {}, config.replace('width: 8', 'width: 9')],
    ['the service', ['rules'], { 'api-url': 'https://other.example/v1/screenshot' }, {}],
    ['the preview', ['previews'], { 'base-url': 'https://pr-8.example' }, {}],
    ['the commit', ['commit'], {}, { commit: 'decaf' }],
    ['the baselines', ['baselines'], {}, { baselines: 'artifact visual-capture of run 8' }],
    ['the commit of the baselines', ['baselines'], {}, { baselineCommit: 'decaf' }],
    ['the kind of baselines', ['baselines'], { baseline: 'ref' }, {}],
    ['the browser that was downloaded', ['browser'], {}, { browser: { version: '154.0.8100.2', platform: 'linux x64', sha256 } }],
  ])('%s: %j', async (_, parts, change, about, text) => {
    const [one, other] = [await judgedBy(), await judgedBy(change, about, text)];
    expect(judgedByParts.filter((part) => one[part] !== other[part])).toEqual(parts);
  });

  test('which selectors are masked', async () => {
    const of = (mask: string) => judgedBy(local(3000), {}, `mask: ${mask}\ntargets: [/a]\n`);
    expect((await of('.ad')).rules).not.toBe((await of('.date')).rules);
    expect((await of('.ad')).rules).toBe((await of('[.ad]')).rules);
  });

  test('what opens a preview may be made anew for each job', async () => {
    const opened = (token: string): Given => ({ 'base-url': `https://pr-7.example?x-vercel-protection-bypass=${token}` });
    expect(await judgedBy(opened('secret-of-one-job'))).toEqual(await judgedBy(opened('secret-of-another')));
    const headers = (token: string): Given => ({ 'page-headers': `authorization: Bearer ${token}` });
    expect(await judgedBy(headers('secret-of-one-job'))).toEqual(await judgedBy(headers('secret-of-another')));
  });

  test('how pages are signed in to, and nothing of what is typed', async () => {
    const signedIn = (login: string): Promise<unknown> => judgedBy(local(4173), {}, `${config}login: ${login}\n`);
    const login = '{url: /login, steps: [{fill: {"#password": secret-of-one-job}}, {press: Enter}]}';
    expect(await signedIn(login)).not.toEqual(await judgedBy(local(4173)));
    expect(await signedIn(login)).not.toEqual(await signedIn(login.replace('Enter', 'Tab')));
    expect(await signedIn(login)).toEqual(await signedIn(login.replace('one', 'another')));
  });

  test('each job may serve its preview, and the baselines beside it, at a port of its own', async () => {
    const sides = (one: number, other: number): Given => ({
      ...local(one),
      baseline: 'url',
      'baseline-url': `http://127.0.0.1:${other}`,
    });
    expect(await judgedBy(local(4173))).toEqual(await judgedBy(local(5000)));
    expect(await judgedBy(sides(4173, 1))).toEqual(await judgedBy(sides(5000, 2)));
    expect(await judgedBy(sides(4173, 1))).not.toEqual(await judgedBy(local(4173)));
  });

  test('which browser is asked for, and not where it lies on the machine of a job', async () => {
    const browser = (name: string): Given => ({ ...local(3000), browser: name });
    expect((await judgedBy(browser('stable'))).rules).not.toBe((await judgedBy(browser('chrome@154.0.8100.2'))).rules);
    const at = (path: string): Given => ({ ...local(3000), 'browser-path': path });
    expect(await judgedBy(at('/opt/one'))).toEqual(await judgedBy(at('/opt/other')));
  });

  test('is told as hashes', async () => {
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(await judgedBy()).toEqual({ rules: hash, previews: hash, commit: hash, baselines: hash, browser: hash });
  });
});
