import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { startSite } from '../../examples/demo/server.ts';
import { actionBundle, createWorkspace, put, runStep } from '../helpers/bundle.ts';
import { browserPath } from '../helpers/test-browser.ts';

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

test('the workflow in which the action checks itself would pass here', async () => {
  const workflow = parse(await readFile('.github/workflows/self-check.yml', 'utf8'));
  const { steps } = workflow.jobs['self-check'] as { readonly steps: readonly Step[] };
  const [before, after] = await Promise.all([startSite('before'), startSite('after')]);
  try {
    await using workspace = await createWorkspace();
    await put(workspace, '.github/self-check.yml', await readFile('.github/self-check.yml'));
    const urls: Readonly<Record<string, string>> = { '${{ env.BEFORE }}': before.url, '${{ env.AFTER }}': after.url };
    const ran = [];
    for (const [index, step] of steps.entries()) {
      if (step.uses !== './') {
        continue;
      }
      const inputs = Object.entries(step.with ?? {}).map(([name, value]) => [name, urls[String(value)] ?? String(value)]);
      const { outputs, stdout } = await runStep({
        entry: actionBundle,
        workspace,
        inputs: { ...Object.fromEntries(inputs), 'browser-path': browserPath },
      });
      const expected = [...(steps[index + 1]?.run ?? '').matchAll(/ ([a-z]+)=(\w+)/g)].map(([, name, value]) => [name, value]);
      expect(expected.length, step.id).toBeGreaterThan(3);
      expect(outputs, stdout).toMatchObject(Object.fromEntries(expected));
      ran.push(step.id);
    }
    expect(ran).toEqual(['baselines', 'check']);
  } finally {
    before.close();
    after.close();
  }
});
