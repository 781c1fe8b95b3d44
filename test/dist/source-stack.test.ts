import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { cliBundle, createWorkspace, put, runBundle, runStep } from '../helpers/bundle.ts';

/** The line of a source that has a text, as a stack trace names it. */
async function lineOf(source: string, text: string): Promise<string> {
  const lines = (await readFile(new URL(`../../${source}`, import.meta.url), 'utf8')).split('\n');
  return `${source}:${lines.findIndex((line) => line.includes(text)) + 1}`;
}

it('a fault in the bundled step is told by the lines of the sources', async () => {
  await using workspace = await createWorkspace();
  await put(workspace, 'event.json', 'no JSON');
  const step = await runStep({
    workspace,
    inputs: { urls: 'https://x.dev/' },
    env: { GITHUB_EVENT_PATH: `${workspace.path}/event.json` },
  });
  expect(step.annotations[0]?.properties['title']).toBe('Fault of Visual Capture');
  const told = step.annotations[0]?.message ?? '';
  expect(told).toContain(`readEventPayload (${await lineOf('src/github/event-payload.ts', 'JSON.parse')})`);
  expect(told).toContain(await lineOf('src/step/run-step.ts', '= readWorkflowRun(env)'));
  expect(told).not.toContain('dist/step/index.js');
});

it('so is one in the bundled command line', async () => {
  await using workspace = await createWorkspace();
  const breaks = 'data:text/javascript,JSON.stringify = () => { throw new Error("broken") }';
  const { exitCode, stderr } = await runBundle(cliBundle, {
    cwd: workspace.path,
    args: ['schema'],
    env: { NODE_OPTIONS: `--import "${breaks.replaceAll('"', '%22').replaceAll(' ', '%20')}"` },
  });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('This is a fault of Visual Capture itself; please report it.\nError: broken');
  expect(stderr).toContain(await lineOf('src/cli/schema-command.ts', 'JSON.stringify'));
});
