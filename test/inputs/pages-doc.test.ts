import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadInputs } from '../../src/inputs/load.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import { stepKinds } from '../../src/plan/step.ts';
import { openWorkspace } from '../../src/system/workspace.ts';

const docs = await readFile('docs/pages.md', 'utf8');
const examples = [...docs.matchAll(/^## (.*)\n\n```yaml\n([\s\S]*?)```/gm)].map(
  ([, heading = '', yaml = '']) => [heading, yaml] as const,
);

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pages-doc-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test.each(examples)('%s: its example is a config file', async (_, yaml) => {
  await writeFile(join(directory, 'visual-capture.yml'), yaml.includes('targets:') ? yaml : `${yaml}targets: [/]\n`);
  await mkdir(join(directory, 'visual'), { recursive: true });
  await writeFile(join(directory, 'visual/overrides.css'), 'a {}');
  const env = { PREVIEW_PASSWORD: 'correct horse', SESSION: 'of-a-person', PREVIEW_URL: 'https://preview.example' };
  const values = new Map<InputName, string>([
    ['engine', 'local'],
    ...(yaml.includes('base-url:') ? [] : [['base-url', 'https://preview.example'] as const]),
  ]);
  const inputs = await loadInputs({ values, env, fork: false, purpose: 'check' }, openWorkspace(directory));
  expect(inputs.captures.length).toBeGreaterThan(0);
});

test('every step is documented, and nothing that is no step', () => {
  const rows = [...docs.matchAll(/^\| `([a-z-]+): .*` \|/gm)].map(([, kind]) => kind);
  expect(rows).toEqual([...stepKinds]);
});
