import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/results/model.ts';
import { cliSource, createWorkspace, type Finished, put, runBundle, type Workspace } from '../helpers/bundle.ts';
import { drawPng } from '../helpers/draw-png.ts';
import { readPagePictures } from '../helpers/page-pictures.ts';
import { type Served, serve } from '../helpers/serve.ts';
import { browserPath } from '../helpers/test-browser.ts';

/** What pixelmatch cannot tell from the usual background; `near` is too near for a shade as well. */
const backgrounds = { usual: '#f0eff5', near: '#efeef4', paler: '#e0dfe5' } as const;
let shown: keyof typeof backgrounds = 'usual';
let site: Served;

beforeAll(async () => {
  site = await serve((_, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(
        `<!doctype html><title>x</title><body style="font: 30px sans-serif; background: ${backgrounds[shown]}">Text on a plain page`,
      );
  });
});
afterAll(() => site[Symbol.asyncDispose]());

interface Checked extends Finished {
  readonly report: Report;
}

const config = (more = '') =>
  `engine: local\nviewports: [small=400x300@2]\ntargets:\n  - url: ${site.url}/\n    name: home\n${more}`;

async function check(workspace: Workspace, background: typeof shown, ...flags: string[]): Promise<Checked> {
  shown = background;
  const args = ['check', '--browser-path', browserPath, ...flags];
  const finished = await runBundle(cliSource, { args, cwd: workspace.path });
  const report = JSON.parse(await readFile(join(workspace.path, 'visual-capture/results.json'), 'utf8'));
  return { ...finished, report };
}

async function workspaceWithBaseline(): Promise<Workspace> {
  const workspace = await createWorkspace();
  await put(workspace, 'visual-capture.yml', config());
  const first = await check(workspace, 'usual', '--update-baselines', 'true');
  expect(first.exitCode, first.stderr).toBe(0);
  return workspace;
}

const baselineOf = (workspace: Workspace) => readFile(join(workspace.path, 'visual-baselines/home/small.png'));

describe('a page whose background takes another shade', () => {
  it('is unchanged with a warning, shown whole in the report, and accepted like a change', async () => {
    await using workspace = await workspaceWithBaseline();
    const { exitCode, stdout, report } = await check(workspace, 'paler');
    expect([exitCode, report.outcome, report.totals.unchanged]).toEqual([0, 'passed', 1]);
    expect(stdout).toContain('! A shade changed: home (small)');
    expect(report.captures).toMatchObject([
      {
        status: 'unchanged',
        attempts: 2,
        unstable: false,
        comparison: {
          diffPixels: 0,
          regions: [],
          findings: [
            {
              kind: 'shade',
              counts: false,
              places: 1,
              shades: [{ x: 0, y: 0, width: 800, height: 600, from: '#f0eff5', to: '#e0dfe5' }],
            },
          ],
          explanation: expect.stringContaining('#f0eff5 became #e0dfe5 (800×600 px at 0, 0)'),
        },
      },
    ]);
    const page = await readFile(join(workspace.path, 'visual-capture/report.html'), 'utf8');
    expect(readPagePictures(page)).toEqual({
      'actual/home/small.png': 'whole',
      'baseline/home/small.png': 'whole',
      'diff/home/small.png': 'whole',
    });

    const accepted = await runBundle(cliSource, { args: ['accept'], cwd: workspace.path });
    expect([accepted.exitCode, accepted.stdout]).toEqual([0, 'visual-baselines/home/small.png\n']);
    const again = await check(workspace, 'paler');
    expect(again.report.captures[0]).toMatchObject({ status: 'unchanged', attempts: 1 });
    expect(again.stdout).not.toContain('shade');
  });

  it('is changed with shades: fail, within what may differ', async () => {
    await using workspace = await workspaceWithBaseline();
    const { exitCode, report } = await check(workspace, 'paler', '--shades', 'fail');
    expect([exitCode, report.captures[0]?.status]).toEqual([1, 'changed']);
    const { diffPixels = 0, regions = [], findings = [] } = report.captures[0]?.comparison ?? {};
    expect(regions).toEqual([{ x: 0, y: 0, width: 800, height: 600, diffPixels }]);
    expect(diffPixels).toBeGreaterThan(400_000);
    expect(findings).toMatchObject([{ kind: 'shade', counts: true }]);
    const allowed = await check(workspace, 'paler', '--shades', 'fail', '--max-diff-ratio', '1');
    expect(allowed.report.captures[0]?.status).toBe('unchanged');
  });

  it('is nothing with shades: ignore, also of one target', async () => {
    await using workspace = await workspaceWithBaseline();
    await put(workspace, 'visual-capture.yml', config(`    shades: ignore\n  - url: ${site.url}/\n    name: other\n`));
    const { exitCode, stdout, report } = await check(workspace, 'paler');
    expect([exitCode, report.captures[0]?.status, report.captures[0]?.attempts]).toEqual([0, 'unchanged', 1]);
    expect(report.captures[0]?.comparison?.findings).toBeUndefined();
    expect(stdout).not.toContain('shade');
  });

  it('becomes the baseline by update-baselines, which says so', async () => {
    await using workspace = await workspaceWithBaseline();
    const before = await baselineOf(workspace);
    const { stdout, report } = await check(workspace, 'paler', '--update-baselines', 'true');
    expect(report.captures[0]).toMatchObject({ status: 'unchanged', baselineUpdated: true, comparison: { findings: [{}] } });
    expect(stdout).toContain('The new pictures were taken as baselines.');
    const after = await baselineOf(workspace);
    expect(after.equals(before)).toBe(false);
    // With `missing` the baseline is kept.
    await check(workspace, 'usual', '--update-baselines', 'missing');
    expect((await baselineOf(workspace)).equals(after)).toBe(true);
  });

  it('cannot drift away step by step: what is too little to be told does not become the baseline', async () => {
    await using workspace = await workspaceWithBaseline();
    const before = await baselineOf(workspace);
    const { report } = await check(workspace, 'near', '--update-baselines', 'true');
    expect(report.captures[0]).not.toHaveProperty('baselineUpdated');
    expect((await baselineOf(workspace)).equals(before)).toBe(true);
  });
});

describe('visual-capture compare', () => {
  const [before, after] = [
    drawPng(200, 100, [], [240, 239, 245]),
    drawPng(200, 100, [{ x: 10, y: 10, width: 120, height: 40, colour: [224, 223, 229] }], [240, 239, 245]),
  ];
  const shade = { x: 10, y: 10, width: 120, height: 40, diffPixels: 4800, from: '#f0eff5', to: '#e0dfe5' };

  async function compare(...args: string[]): Promise<Finished> {
    await using workspace = await createWorkspace();
    await put(workspace, 'a/x.png', before);
    await put(workspace, 'b/x.png', after);
    return await runBundle(cliSource, { args: ['compare', ...args], cwd: workspace.path });
  }

  it('tells of a shade between two files, and fails by it when told so', async () => {
    const warned = await compare('a/x.png', 'b/x.png');
    expect([warned.exitCode, warned.stdout]).toEqual([
      0,
      'unchanged: 0 of 20,000 pixels differ (0%)\nA shade changed over 24.0% of the picture, by less than the threshold sees: #f0eff5 became #e0dfe5 (120×40 px at 10, 10). That alone is no difference.\n',
    ]);
    const failed = await compare('a/x.png', 'b/x.png', '--shades', 'fail', '--json');
    expect([failed.exitCode, JSON.parse(failed.stdout)]).toMatchObject([
      1,
      { status: 'changed', comparison: { diffPixels: 4800, findings: [{ kind: 'shade', counts: true, shades: [shade] }] } },
    ]);
    const ignored = await compare('a/x.png', 'b/x.png', '--shades', 'ignore');
    expect([ignored.exitCode, ignored.stdout]).toEqual([0, 'unchanged: 0 of 20,000 pixels differ (0%)\n']);
  });

  it('tells of it between two folders', async () => {
    const { exitCode, stdout } = await compare('a', 'b', '--json');
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([
      0,
      { captures: [{ status: 'unchanged', comparison: { findings: [{ kind: 'shade', shades: [shade] }] } }] },
    ]);
  });
});
