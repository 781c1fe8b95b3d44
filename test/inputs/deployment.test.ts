import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deploymentType } from '../../src/inputs/deployment.ts';
import type { Inputs } from '../../src/inputs/inputs.ts';
import { loadInputs } from '../../src/inputs/load.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import { openWorkspace } from '../../src/system/workspace.ts';

const ten = { timeoutMs: 600_000 };

describe('deployment', () => {
  test.each<[unknown, unknown]>([
    [true, { value: ten }],
    ['true', { value: ten }],
    ['false', { value: undefined }],
    ['Preview – docs', { value: { ...ten, environment: 'Preview – docs' } }],
    [{}, { value: ten }],
    [{ environment: 'docs', timeout: '90' }, { value: { environment: 'docs', timeoutMs: 90_000 } }],
    ['{"timeout": 0}', { value: { timeoutMs: 0 } }],
  ])('is read from %j', (raw, expected) => {
    expect(deploymentType.parse(raw)).toEqual(expected);
  });

  test.each<[unknown, string]>([
    ['', 'must be true, the name of an environment, or a mapping'],
    [7, 'must be true, the name of an environment, or a mapping'],
    ['{environment', 'must be true, the name of an environment, or a mapping'],
    [{ enviroment: 'docs' }, 'has no key "enviroment"; it takes environment and timeout'],
    [{ timeout: 'long' }, 'has a timeout that must be a number from 0 to 21600, not "long": the seconds to wait'],
    [{ environment: ' ' }, 'has an environment that is no name: " "'],
  ])('is refused as %j', (raw, expected) => {
    expect(deploymentType.parse(raw)).toEqual({ problem: expect.stringContaining(expected) });
  });
});

describe('where the preview is', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'deployment-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  /** Loads with a deployment at `https://found.example/`; `asked` tells whether it was looked for. */
  async function load(inputs: Partial<Record<InputName, string>>, file: string): Promise<{ inputs: Inputs; asked: boolean }> {
    await writeFile(join(directory, 'visual-capture.yml'), `${file}\ntargets: [/pricing]\n`);
    const values = new Map(Object.entries({ engine: 'local', ...inputs })) as Map<InputName, string>;
    let asked = false;
    const preview = {
      find: async () => {
        asked = true;
        return { kind: 'found', address: new URL('https://found.example/') } as const;
      },
      awaitAnswer: async () => undefined,
    };
    const invocation = { values, env: {}, fork: false, purpose: 'check' } as const;
    return { inputs: await loadInputs(invocation, openWorkspace(directory), { preview }), asked };
  }

  const addressOf = ({ captures }: Inputs): unknown => captures.map(({ page }) => (page.kind === 'url' ? page.url : undefined));

  test.each<[string, Partial<Record<InputName, string>>, string, string, boolean]>([
    ['the deployment', { deployment: 'true' }, '', 'https://found.example/pricing', true],
    ['that of the file', {}, 'deployment: true', 'https://found.example/pricing', true],
    [
      'the invocation’s deployment before the file’s address',
      { deployment: 'true' },
      'base-url: https://file.example',
      'https://found.example/pricing',
      true,
    ],
    [
      'the invocation’s address before the file’s deployment',
      { 'base-url': 'https://own.example' },
      'deployment: true',
      'https://own.example/pricing',
      false,
    ],
    [
      'the file’s address where the invocation wants no deployment',
      { deployment: 'false' },
      'base-url: https://file.example',
      'https://file.example/pricing',
      false,
    ],
    ['a path behind the deployment', { deployment: 'true', 'base-url': '/docs' }, '', 'https://found.example/docs/pricing', true],
    [
      'a query behind the deployment',
      {},
      'deployment: true\nbase-url: "?token=1"',
      'https://found.example/pricing?token=1',
      true,
    ],
  ])('is %s', async (_, given, file, expected, looked) => {
    const { inputs, asked } = await load(given, file);
    expect([addressOf(inputs), asked]).toEqual([[expected], looked]);
  });

  test('is said twice by one author, which is a mistake that keeps GitHub from being asked', async () => {
    await expect(load({}, 'deployment: true\nbase-url: https://file.example')).rejects.toThrow(
      'visual-capture.yml:1: deployment and base-url both say where the preview is. Keep one of them',
    );
  });

  test('is no address of another host that looks like a path', async () => {
    await expect(load({ deployment: 'true', 'base-url': '//evil.example' }, '')).rejects.toThrow(
      'cannot be put behind the address of a deployment',
    );
  });

  test('is told what a later problem is, such as a baseline-url that is the same', async () => {
    await expect(load({ deployment: 'true', baseline: 'url', 'baseline-url': 'https://found.example/' }, '')).rejects.toThrow(
      'baseline-url is the same as base-url',
    );
  });
});
