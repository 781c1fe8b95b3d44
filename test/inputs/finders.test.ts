import { expect, it } from 'vitest';
import { type Finders, loadInputs } from '../../src/inputs/load.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import { openWorkspace } from '../../src/system/workspace.ts';
import { createWorkspace } from '../helpers/bundle.ts';

const preview = 'https://preview-7.example';
const failure = { code: 'step_failed', message: 'none' } as const;

/** Loads inputs with `deployment` and `discover`, and tells what was asked, in order. */
async function load(finders: 'both' | 'no preview' | { readonly unavailable: true }) {
  const asked: string[] = [];
  const find: Finders = {
    preview: {
      find: async () => {
        asked.push('deployment');
        return finders === 'both' ? { kind: 'found', address: new URL(preview) } : { kind: 'unavailable', failure };
      },
      awaitAnswer: async ({ base }) => {
        asked.push(`answer of ${base?.origin}`);
        return undefined;
      },
    },
    findTargets: async (_, { base }) => {
      asked.push(`targets of ${base?.origin}`);
      return { found: [{ url: `${base?.origin}/docs`, by: 'sitemap' }], leftOut: [], notes: [], problems: [] };
    },
  };
  await using workspace = await createWorkspace();
  const values = new Map<InputName, string>([
    ['engine', 'local'],
    ['deployment', 'true'],
    ['discover', 'sitemap'],
  ]);
  const { preview: _, ...withoutPreview } = find;
  const inputs = await loadInputs(
    { values, env: {}, fork: false, purpose: 'check' },
    openWorkspace(workspace.path),
    finders === 'no preview' ? withoutPreview : find,
  );
  return { asked, inputs };
}

it('pages are looked for on the deployment, once that answers', async () => {
  const { asked, inputs } = await load('both');
  expect(asked).toEqual(['deployment', `answer of ${preview}`, `targets of ${preview}`]);
  expect(inputs.captures.map(({ page }) => page)).toEqual([{ kind: 'url', url: `${preview}/docs` }]);
});

it.each([['no preview'], [{ unavailable: true }]] as const)(
  'nor are they at an address that nobody knows: %o',
  async (finders) => {
    const { asked, inputs } = await load(finders);
    expect(asked).toEqual(finders === 'no preview' ? [] : ['deployment']);
    expect(inputs.captures).toEqual([]);
  },
);
