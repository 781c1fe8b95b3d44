import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors/problem.ts';
import { loadInputs } from '../../src/inputs/load.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import { openWorkspace } from '../../src/system/workspace.ts';
import { createWorkspace, put } from '../helpers/bundle.ts';

const load = (given: Partial<Record<InputName, string>>, directory = '/nonexistent') => {
  const values = new Map(Object.entries({ 'api-key': 'sk', urls: '/a\n/b', 'base-url': 'https://pr.dev', ...given })) as Map<
    InputName,
    string
  >;
  return loadInputs({ values, env: {}, fork: false, purpose: 'check' }, openWorkspace(directory));
};

const problemsOf = async (given: Partial<Record<InputName, string>>): Promise<string> => {
  const error: unknown = await load(given).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  return String(error);
};

describe('each source', () => {
  test.each([
    [{}, { kind: 'directory', directory: 'visual-baselines' }],
    [{ baseline: 'none' }, { kind: 'none' }],
    [{ baseline: 'ref' }, { kind: 'ref' }],
    [
      { baseline: 'ref', 'baseline-ref': 'visual-baselines' },
      { kind: 'ref', ref: 'visual-baselines' },
    ],
    [
      { baseline: 'artifact', 'artifact-name': 'mine', shard: '1/2' },
      { kind: 'artifact', name: 'mine' },
    ],
    [
      { baseline: 'url', 'baseline-url': 'https://www.dev' },
      { kind: 'url', url: new URL('https://www.dev') },
    ],
  ])('%o', async (given, expected) => {
    expect((await load(given)).baseline).toEqual(expected);
  });

  test('baseline: url gives every page its counterpart, and html none', async () => {
    const { captures } = await load({ baseline: 'url', 'baseline-url': 'https://www.dev', urls: '/a\nhttps://other.dev/b' });
    expect(captures.map(({ baselineUrl }) => baselineUrl)).toEqual(['https://www.dev/a', undefined]);
  });

  test('baseline: url gives a JPEG no counterpart', async () => {
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-capture.yml', 'targets: [/a, {url: /b, format: jpeg}]');
    const { captures } = await load({ baseline: 'url', 'baseline-url': 'https://www.dev', urls: '' }, workspace.path);
    expect(captures.map(({ baselineUrl }) => baselineUrl)).toEqual(['https://www.dev/a', undefined]);
  });
});

describe('is refused', () => {
  test.each([
    [
      'a ref that git does not take',
      { baseline: 'ref', 'baseline-ref': 'a..b' },
      'baseline-ref "a..b" is no name that git takes',
    ],
    ['a ref beside no source', { 'baseline-ref': 'x' }, 'baseline-ref has no effect without baseline: ref'],
    ['a url beside no source', { 'baseline-url': 'https://www.dev' }, 'baseline-url has no effect without baseline: url'],
    ['a source without its url', { baseline: 'url' }, 'baseline: url needs baseline-url'],
    ['no web address', { baseline: 'url', 'baseline-url': 'www.dev' }, 'baseline-url must start with http'],
    ['the preview itself', { baseline: 'url', 'baseline-url': 'https://pr.dev' }, 'compared with itself'],
    [
      'targets that have no counterpart',
      { baseline: 'url', 'baseline-url': 'https://www.dev', urls: 'https://other.dev/a' },
      'none of the targets can be compared',
    ],
    [
      'targets that are all JPEGs',
      { baseline: 'url', 'baseline-url': 'https://www.dev', format: 'jpeg' },
      'none of the targets can be compared with baseline-url: they are html, JPEG',
    ],
    [
      'several hosts and no base-url',
      { baseline: 'url', 'baseline-url': 'https://www.dev', 'base-url': '', urls: 'https://one.dev/a\nhttps://two.dev/b' },
      'the targets are on several hosts (https://one.dev, https://two.dev)',
    ],
  ])('%s', async (_, given, expected) => {
    expect(await problemsOf(given)).toContain(expected);
  });
});
