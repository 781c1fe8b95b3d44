import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { comparePair } from '../../src/compare/compare-pair.ts';
import { createWorkspace, put } from '../helpers/bundle.ts';
import { solidPng } from '../helpers/solid-png.ts';

const picture = solidPng(4, 4, [10, 13, 10]);

/** The picture as git checks it out that was told how to treat it. */
async function checkedOut(attributes: string, endOfLine: string): Promise<Uint8Array> {
  await using workspace = await createWorkspace();
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x.dev', '-c', 'core.autocrlf=true', ...args], {
      cwd: workspace.path,
      stdio: 'ignore',
    });
  await put(workspace, '.gitattributes', attributes);
  await put(workspace, 'a.png', picture);
  git('init');
  git('add', '.');
  git('commit', '-m', 'baselines');
  git('rm', '--cached', '-q', 'a.png');
  git('-c', `core.eol=${endOfLine}`, '-c', `core.autocrlf=${endOfLine === 'crlf'}`, 'checkout', '-f', 'HEAD', '--', '.');
  return await readFile(join(workspace.path, 'a.png'));
}

const settings = { threshold: 0.1, includeAntiAliasing: false, mask: [] };

it.each(['lf', 'crlf'])('a baseline that git took for text is told as that, with %s', async (endOfLine) => {
  const baseline = await checkedOut('*.png text\n', endOfLine);
  expect(comparePair({ baseline, actual: picture, scale: 1, settings })).toEqual({
    kind: 'unreadable',
    which: 'baseline',
    reason: expect.stringMatching(/^its line endings were converted, .* write "\*\.png binary" into \.gitattributes/),
  });
});

it.each(['* text=auto\n', '*.png binary\n', ''])('one that git takes for what it is stays as it is: %j', async (attributes) => {
  expect(Buffer.compare(await checkedOut(attributes, 'crlf'), picture)).toBe(0);
});
