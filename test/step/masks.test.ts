import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseManifest } from '../../src/baseline/manifest.ts';
import { type Site, startSite } from '../engine/support/site.ts';
import { type ArtifactServer, startArtifactServer } from '../helpers/artifact-server.ts';
import {
  actionSource,
  cliSource,
  createWorkspace,
  type FinishedStep,
  put,
  runBundle,
  runStep,
  type Workspace,
} from '../helpers/bundle.ts';
import { browserPath } from '../helpers/test-browser.ts';

const [adAt, adThen] = [10, 200];
const adBox = (x: number) => ({ x, y: 60, width: 30, height: 40 });
let ad = { left: adAt, colour: 'red' };
let heading = 'black';
let site: Site;

beforeAll(async () => {
  const page = () =>
    `<!doctype html><body style="margin: 0"><div style="height: 20px; width: 100px; background: ${heading}"></div>
     <div class="ad" style="position: absolute; left: ${ad.left}px; top: 60px; width: 30px; height: 40px; background: ${ad.colour}"></div>`;
  site = await startSite({
    '/a': (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page()),
    '/b': (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page()),
  });
});
afterAll(() => site[Symbol.asyncDispose]());

const masked = 'mask: [".ad"]\n';

async function run(
  workspace: Workspace,
  { config = masked, artifacts, ...inputs }: Record<string, string> & { config?: string; artifacts?: never } = {},
  env: Record<string, string> = {},
): Promise<FinishedStep> {
  await put(workspace, 'visual-capture.yml', `${config}targets:\n  - /a\n`);
  return runStep({
    entry: actionSource,
    workspace,
    env,
    inputs: {
      engine: 'local',
      'browser-path': browserPath,
      'base-url': site.origin,
      viewports: 'wide=400x200@2',
      'page-check': 'off',
      'upload-artifact': 'false',
      retakes: '0',
      'baseline-takes': '1',
      ...inputs,
    },
  });
}
const update = { 'update-baselines': 'true' };
const show = (left: number, colour: string, headingColour = 'black'): void => {
  ad = { left, colour };
  heading = headingColour;
};
const manifestOf = async ({ path }: Workspace) =>
  parseManifest(await readFile(join(path, 'visual-baselines/manifest.json'))).get('a/wide');
/** Of one box, at two device pixels per CSS pixel. */
const boxPixels = 30 * 40 * 4;

describe('mask: [".ad"]', () => {
  it('leaves out where the element was in the baseline and where it is now', async () => {
    await using workspace = await createWorkspace();
    show(adAt, 'red');
    const first = await run(workspace, update);
    expect(first.exitCode, first.stdout).toBe(0);
    expect((await manifestOf(workspace))?.masks).toEqual([{ selector: '.ad', boxes: [adBox(adAt)] }]);

    show(adThen, 'blue');
    const moved = await run(workspace);
    expect(moved.report?.captures, moved.stdout).toMatchObject([
      {
        status: 'unchanged',
        masks: [{ selector: '.ad', boxes: [adBox(adThen)] }],
        comparison: { diffPixels: 0, maskedPixels: 2 * boxPixels },
      },
    ]);
    expect(moved.report?.captures[0]).not.toHaveProperty('environmentChanges');
  });

  it('hides no other change, which is drawn beside it, and is known again once that is accepted', async () => {
    await using workspace = await createWorkspace();
    show(adAt, 'red');
    await run(workspace, update);
    show(adThen, 'blue', 'green');
    const changed = await run(workspace);
    expect(changed.report?.captures).toMatchObject([{ status: 'changed', comparison: { diffPixels: 100 * 20 * 4 } }]);
    expect(changed.stdout).toContain('9,600 masked (3.00%)');
    const diff = PNG.sync.read(await readFile(join(workspace.path, 'visual-capture/diff/a/wide.png')));
    const at = (x: number, y: number): string =>
      [...diff.data.subarray((y * diff.width + x) * 4, (y * diff.width + x) * 4 + 3)].join();
    const hatched = /^(225,235|120,160),255$/;
    expect([at(2 * adAt + 10, 140), at(2 * adThen + 10, 140)]).toEqual([
      expect.stringMatching(hatched),
      expect.stringMatching(hatched),
    ]);
    expect(at(700, 300)).not.toMatch(hatched);

    expect((await runBundle(cliSource, { cwd: workspace.path, args: ['accept'] })).exitCode).toBe(0);
    expect((await manifestOf(workspace))?.masks).toEqual([{ selector: '.ad', boxes: [adBox(adThen)] }]);
  });

  it('counts for both sides where the baseline knows of none, and the next update lets it know', async () => {
    await using workspace = await createWorkspace();
    show(adAt, 'red');
    await run(workspace, { ...update, config: '' });
    expect(await manifestOf(workspace)).not.toHaveProperty('masks');
    show(adAt, 'blue');
    expect((await run(workspace)).report?.captures).toMatchObject([
      { status: 'unchanged', comparison: { maskedPixels: boxPixels } },
    ]);
    show(adAt, 'red');
    expect((await run(workspace, update)).report?.captures).toMatchObject([{ status: 'unchanged', baselineUpdated: true }]);
    expect((await manifestOf(workspace))?.masks).toEqual([{ selector: '.ad', boxes: [adBox(adAt)] }]);
  });

  it('is compared again once it is not masked any more', async () => {
    await using workspace = await createWorkspace();
    show(adAt, 'red');
    await run(workspace, update);
    show(adAt, 'blue');
    expect((await run(workspace, { config: 'mask: [".other"]\n' })).report?.captures).toMatchObject([
      { status: 'changed', comparison: { diffPixels: boxPixels, maskedPixels: 0 } },
    ]);
  });

  it('is measured on the page at baseline-url as well', async () => {
    await using workspace = await createWorkspace();
    show(adAt, 'red');
    await using other = await startSite({
      '/a': '<!doctype html><body style="margin: 0"><div style="height: 20px; width: 100px; background: black"></div><div class="ad" style="position: absolute; left: 300px; top: 60px; width: 30px; height: 40px; background: lime"></div>',
    });
    const { report, stdout } = await run(workspace, { baseline: 'url', 'baseline-url': other.origin });
    expect(report?.captures, stdout).toMatchObject([{ status: 'unchanged', comparison: { maskedPixels: 2 * boxPixels } }]);
  });

  it('that matches nothing is a warning that names its line', async () => {
    await using workspace = await createWorkspace();
    show(adAt, 'red');
    const config = 'full-page: false\nmask:\n  - .ad\n  - .gone\n';
    const { report, annotations, exitCode, stdout } = await run(workspace, { ...update, config });
    expect(exitCode, stdout).toBe(0);
    expect(report?.captures[0]?.pageWarnings).toEqual([
      { kind: 'unmatched-masks', selectors: ['.gone'], source: { file: 'visual-capture.yml', line: 2 } },
    ]);
    expect(annotations.map(({ command, message }) => [command, message])).toContainEqual([
      'warning',
      expect.stringContaining(
        'Nothing on the page matches ".gone" of mask (visual-capture.yml:2), so nothing was masked by that. Correct it, or take it out.',
      ),
    ]);
  });

  it('that is no selector fails the capture', async () => {
    await using workspace = await createWorkspace();
    const { report } = await run(workspace, { config: 'mask: ["p["]\n' });
    expect(report?.captures).toMatchObject([{ status: 'failed', error: { code: 'bad_request' } }]);
    expect(report?.captures[0]?.error?.message).toContain('mask has "p["');
  });

  it('is refused with its line where the service does not tell where elements are', async () => {
    await using workspace = await createWorkspace();
    const { annotations, exitCode } = await run(workspace, { engine: 'api', 'api-key': 'sk_live_test', config: `\n${masked}` });
    expect(exitCode).toBe(1);
    expect(annotations).toMatchObject([
      {
        properties: { file: 'visual-capture.yml', line: '2' },
        message: expect.stringContaining(
          'mask has a selector, which goes only with engine: local; with engine: api the service does not',
        ),
      },
    ]);
  });

  it('keeps its boxes through shards and their merge', async () => {
    await using artifacts: ArtifactServer = await startArtifactServer();
    show(adAt, 'red');
    for (const shard of ['1/2', '2/2']) {
      await using workspace = await createWorkspace();
      const inputs = { shard, urls: '/b', 'upload-artifact': 'true' };
      expect((await run(workspace, inputs, artifacts.env)).report?.captures).toHaveLength(1);
    }
    await using workspace = await createWorkspace();
    const merged = await runStep({ entry: actionSource, workspace, env: artifacts.env, inputs: { mode: 'merge' } });
    const boxes = [{ selector: '.ad', boxes: [adBox(adAt)] }];
    expect(
      merged.report?.captures.map(({ id, masks }) => [id, masks]),
      merged.stdout,
    ).toEqual([
      ['a/wide', boxes],
      ['b/wide', boxes],
    ]);
  });
});
