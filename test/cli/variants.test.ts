import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/results/model.ts';
import { environment } from '../baseline/support.ts';
import { cliSource, createWorkspace, type Finished, put, runBundle, type Workspace } from '../helpers/bundle.ts';
import { drawPng } from '../helpers/draw-png.ts';
import { answers, type FakeService, startFakeService } from '../helpers/fake-service.ts';
import { changedCapture, uploadedFiles } from '../helpers/uploaded-results.ts';
import { makeReport } from '../report/support/reports.ts';

const black = [0, 0, 0] as const;
/** A page with so many of its 64 columns painted black: any two are as many columns apart as their numbers. */
const page = (columns: number): Uint8Array => drawPng(64, 16, [{ x: 0, y: 0, width: columns, height: 16, colour: black }]);

interface Scene extends AsyncDisposable {
  readonly workspace: Workspace;
  readonly service: FakeService;
  /** What the page shows from now on, one picture after the other, the last one again and again. */
  show(...columns: readonly number[]): void;
  run(...args: readonly string[]): Promise<Finished>;
  check(...flags: readonly string[]): Promise<Finished & { readonly report: Report }>;
  files(): Promise<string[]>;
}

/** A project with one page at one viewport. `accepted`: its baselines, in the order of their numbers. */
async function openScene(...accepted: readonly number[]): Promise<Scene> {
  const stack = new AsyncDisposableStack();
  const workspace = stack.use(await createWorkspace());
  let shown = [0];
  const service = stack.use(
    await startFakeService({
      script: () => {
        const [first = 0, ...rest] = shown;
        shown = rest.length === 0 ? shown : rest;
        return answers.picture(page(first));
      },
    }),
  );
  for (const [at, columns] of accepted.entries()) {
    await put(workspace, `visual-baselines/a/64x16${at === 0 ? '' : `~${at + 1}`}.png`, page(columns));
  }
  const run = (...args: readonly string[]): Promise<Finished> =>
    runBundle(cliSource, { cwd: workspace.path, args, env: { APISCREENSHOT_API_KEY: 'sk_live_test' } });
  return {
    workspace,
    service,
    show: (...columns) => {
      shown = [...columns];
    },
    run,
    check: async (...flags) => {
      const common = ['--api-url', service.url, '--base-url', 'https://preview.example.com', '--page-check', 'off'];
      const retakes = flags.includes('--retakes') ? [] : ['--retakes', '0'];
      const finished = await run('check', '--urls', '/a', '--viewports', '64x16', ...common, ...retakes, ...flags);
      const report = JSON.parse(await readFile(join(workspace.path, 'visual-capture/results.json'), 'utf8'));
      return { ...finished, report };
    },
    files: async () =>
      (await readdir(join(workspace.path, 'visual-baselines/a'))).filter((name) => name.endsWith('.png')).toSorted(),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const seen = ({ report }: { readonly report: Report }): readonly unknown[] =>
  report.captures.map(({ status, variant }) => [status, variant]);

describe('accept --variant', () => {
  it('keeps the old picture as well, so that the page may look like either', async () => {
    await using scene = await openScene(10);
    scene.show(20);
    expect(seen(await scene.check())).toEqual([['changed', undefined]]);
    const accepted = await scene.run('accept', '--variant');
    expect([accepted.exitCode, accepted.stdout]).toEqual([0, 'visual-baselines/a/64x16~2.png\n']);
    expect(accepted.stderr).toContain('1 accepted beside what was accepted before. Commit them.');
    expect(await scene.files()).toEqual(['64x16.png', '64x16~2.png']);

    const second = await scene.check();
    expect([second.exitCode, seen(second)]).toEqual([0, [['unchanged', { number: 2, count: 2 }]]]);
    expect(second.stdout).toContain('1 capture equals one of several accepted pictures.');
    scene.show(10);
    expect(seen(await scene.check())).toEqual([['unchanged', { number: 1, count: 2 }]]);
  });

  it('of a page without a baseline gives it its first', async () => {
    await using scene = await openScene();
    await scene.check();
    expect((await scene.run('accept', '--variant')).exitCode).toBe(0);
    expect(await scene.files()).toEqual(['64x16.png']);
  });

  it('adds nothing that is accepted already', async () => {
    await using scene = await openScene(10);
    scene.show(20);
    await scene.check();
    await scene.run('accept', '--variant');
    const again = await scene.run('accept', '--variant');
    expect([again.exitCode, again.stdout]).toEqual([0, '']);
    expect(again.stderr).toContain('1 was accepted before.');
  });

  it('refuses a sixth picture in one message that says which there are and what to do, and writes nothing', async () => {
    await using scene = await openScene(10, 20, 30, 40, 50);
    scene.show(60);
    await scene.check();
    const { exitCode, stderr } = await scene.run('accept', '--variant');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('"a/64x16" has 5 accepted pictures already, which is as many as there may be.');
    expect(stderr).toContain('Delete one of visual-baselines/a/64x16.png to visual-baselines/a/64x16~5.png');
    expect(await scene.files()).toHaveLength(5);
  });

  it('takes the place of one that was deleted, be it the first', async () => {
    await using scene = await openScene(10, 20, 30);
    await rm(join(scene.workspace.path, 'visual-baselines/a/64x16.png'));
    scene.show(30);
    expect(seen(await scene.check())).toEqual([['unchanged', { number: 3, count: 2 }]]);
    scene.show(50);
    expect(seen(await scene.check())).toEqual([['changed', { number: 3, count: 2 }]]);
    expect((await scene.run('accept', '--variant')).stdout).toBe('visual-baselines/a/64x16.png\n');
  });

  it('is no way to delete', async () => {
    await using scene = await openScene(10);
    const { exitCode, stderr } = await scene.run('accept', '--variant', '--removed');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('give one of the two')]);
  });

  it('keeps how each picture was taken, and since when two of them are watched', async () => {
    await using workspace = await createWorkspace();
    const old = { 'pricing/1280x800': { sha256: changedCapture('pricing').sha256?.baseline, environment } };
    const report = makeReport([changedCapture('pricing', { environment, masks: [{ selector: '.ad', boxes: [] }] })]);
    for (const { path, content } of uploadedFiles(report)) {
      await put(workspace, `visual-capture/${String(path)}`, content);
      if (String(path) === 'baseline/pricing/1280x800.png') {
        await put(workspace, 'visual-baselines/pricing/1280x800.png', content);
      }
    }
    await put(workspace, 'visual-baselines/manifest.json', JSON.stringify({ version: 1, captures: old }));
    expect((await runBundle(cliSource, { cwd: workspace.path, args: ['accept', '--variant'] })).exitCode).toBe(0);
    const { captures } = JSON.parse(await readFile(join(workspace.path, 'visual-baselines/manifest.json'), 'utf8'));
    const day = expect.stringMatching(/^\d{4}-\d\d-\d\d$/);
    expect(captures).toEqual({
      'pricing/1280x800': { ...old['pricing/1280x800'], seen: day },
      'pricing/1280x800~2': {
        sha256: changedCapture('pricing').sha256?.actual,
        environment,
        masks: [{ selector: '.ad', boxes: [] }],
        seen: day,
      },
    });
  });
});

describe('a page that has several accepted pictures', () => {
  it('is compared with the nearest when it equals none, and the report says which', async () => {
    await using scene = await openScene(10, 40, 60);
    scene.show(43);
    const { exitCode, stdout, report } = await scene.check();
    expect([exitCode, seen({ report })]).toEqual([1, [['changed', { number: 2, count: 3 }]]]);
    expect(report.captures[0]?.comparison?.diffPixels).toBe(3 * 16);
    expect(await readFile(join(scene.workspace.path, 'visual-capture/baseline/a/64x16.png'))).toEqual(Buffer.from(page(40)));
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'It equals none of its 3 accepted pictures and is compared with the nearest, 64x16~2.png.',
    );
  });

  it('is unchanged when it equals another one in a further take', async () => {
    await using scene = await openScene(10, 40);
    scene.show(44, 10);
    const { report } = await scene.check('--retakes', '1');
    expect(seen({ report })).toEqual([['unchanged', { number: 1, count: 2 }]]);
    expect(report.captures[0]?.unstable).toBe(true);
  });

  it('fails with the name of one that cannot be read, when it is needed', async () => {
    await using scene = await openScene(10, 40);
    await put(scene.workspace, 'visual-baselines/a/64x16~2.png', 'no picture');
    scene.show(10);
    expect(seen(await scene.check())).toEqual([['unchanged', { number: 1, count: 2 }]]);
    scene.show(40);
    const { report } = await scene.check();
    expect(report.captures[0]?.error).toMatchObject({
      code: 'baseline_unreadable',
      message: expect.stringContaining('visual-baselines/a/64x16~2.png'),
      fix: expect.stringContaining('Restore visual-baselines/a/64x16~2.png from git'),
    });
  });

  it('has one baseline again after an accept without --variant, which the others give way to', async () => {
    await using scene = await openScene(10, 20, 30);
    scene.show(60);
    await scene.check();
    expect((await scene.run('accept')).exitCode).toBe(0);
    expect(await scene.files()).toEqual(['64x16.png']);
    expect(seen(await scene.check())).toEqual([['unchanged', undefined]]);
  });

  it('keeps all of them in an update when it equals one, and has the new one alone when it equals none', async () => {
    await using scene = await openScene(10, 20);
    scene.show(20);
    expect(seen(await scene.check('--update-baselines', 'true'))).toEqual([['unchanged', { number: 2, count: 2 }]]);
    expect(await scene.files()).toEqual(['64x16.png', '64x16~2.png']);
    scene.show(60);
    await scene.check('--update-baselines', 'true');
    expect(await scene.files()).toEqual(['64x16.png']);
    expect(seen(await scene.check())).toEqual([['unchanged', undefined]]);
  });

  it('keeps the others when the one that it equals is taken anew, as after a change of the settings', async () => {
    await using scene = await openScene(10, 20);
    const sha256 = createHash('sha256').update(page(20)).digest('hex');
    const captures = { 'a/64x16~2': { sha256, environment } };
    await put(scene.workspace, 'visual-baselines/manifest.json', JSON.stringify({ version: 1, captures }));
    scene.show(20);
    const { report } = await scene.check('--update-baselines', 'true');
    expect(report.captures[0]).toMatchObject({ status: 'unchanged', baselineUpdated: true, variant: { number: 2, count: 2 } });
    expect(await scene.files()).toEqual(['64x16.png', '64x16~2.png']);
    const manifest = JSON.parse(await readFile(join(scene.workspace.path, 'visual-baselines/manifest.json'), 'utf8'));
    expect(manifest.captures['a/64x16~2'].environment.viewport).toBe('64x16@1');
  });

  it('is one capture when nothing asks for it any more, and goes as a whole with prune', async () => {
    await using scene = await openScene(10, 20);
    await put(scene.workspace, 'visual-baselines/gone/64x16.png', page(10));
    await put(scene.workspace, 'visual-baselines/gone/64x16~2.png', page(20));
    scene.show(10);
    const { report } = await scene.check();
    expect(report.captures.map(({ id, status }) => [id, status])).toEqual([
      ['a/64x16', 'unchanged'],
      ['gone/64x16', 'removed'],
    ]);
    await scene.check('--update-baselines', 'true', '--prune');
    const left = await readdir(join(scene.workspace.path, 'visual-baselines'), { recursive: true });
    expect(left.filter((path) => path.endsWith('.png')).toSorted()).toEqual(['a/64x16.png', 'a/64x16~2.png']);
  });

  it('is what the name of no viewport may look like', async () => {
    await using scene = await openScene(10);
    const { exitCode, stderr } = await scene.run('check', 'https://preview.example.com/a', '--viewports', 'wide~2=64x16');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('it ends in ~2, as the further accepted pictures')]);
  });
});

describe('plan', () => {
  const manifestOf = (...seenOn: readonly (string | undefined)[]): string => {
    const captures = seenOn.map((day, at) => [
      `a/64x16${at === 0 ? '' : `~${at + 1}`}`,
      { sha256: 'a'.repeat(64), environment, ...(day === undefined ? {} : { seen: day }) },
    ]);
    return JSON.stringify({ version: 1, captures: Object.fromEntries(captures) });
  };
  const today = new Date().toISOString().slice(0, 10);
  const planned = ['plan', '--urls', '/a', '--viewports', '64x16', '--base-url', 'https://preview.example.com'];

  it('names a picture that was not seen for long, and no other', async () => {
    await using scene = await openScene(10, 20);
    await put(scene.workspace, 'visual-baselines/manifest.json', manifestOf(today, '2020-01-02'));
    const { exitCode, stdout } = await scene.run(...planned);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('visual-baselines/a/64x16~2.png is one of several accepted pictures');
    expect(stdout).toContain('last known to be seen on 2020-01-02');
    expect(stdout.match(/one of several accepted pictures/g)).toHaveLength(1);
  });

  it('knows what the last run here has seen', async () => {
    await using scene = await openScene(10, 20);
    await put(scene.workspace, 'visual-baselines/manifest.json', manifestOf(today, '2020-01-02'));
    scene.show(20);
    await scene.check();
    expect((await scene.run(...planned)).stdout).not.toContain('one of several accepted pictures');
  });

  it('knows what a run that writes baselines has seen, which writes that seldom', async () => {
    await using scene = await openScene(10, 20);
    await put(scene.workspace, 'visual-baselines/manifest.json', manifestOf(today, '2020-01-02'));
    scene.show(20);
    await scene.check('--update-baselines', 'true');
    const manifest = () => readFile(join(scene.workspace.path, 'visual-baselines/manifest.json'), 'utf8');
    const written = await manifest();
    expect(JSON.parse(written).captures['a/64x16~2'].seen).toBe(today);
    await scene.check('--update-baselines', 'true');
    expect(await manifest()).toBe(written);
  });

  it('says nothing of a page that has one picture', async () => {
    await using scene = await openScene(10);
    await put(scene.workspace, 'visual-baselines/manifest.json', manifestOf('2020-01-02'));
    expect((await scene.run(...planned)).stdout).not.toContain('last known to be seen');
  });
});

describe('compare of two folders', () => {
  const compare = async (files: Readonly<Record<string, number>>): Promise<Report> => {
    await using workspace = await createWorkspace();
    for (const [path, columns] of Object.entries(files)) {
      await put(workspace, path, page(columns));
    }
    const { stdout } = await runBundle(cliSource, { cwd: workspace.path, args: ['compare', 'old', 'new', '--json'] });
    return JSON.parse(stdout);
  };

  it('takes the further accepted pictures of the first for what they are', async () => {
    const report = await compare({ 'old/a/x.png': 10, 'old/a/x~2.png': 20, 'new/a/x.png': 20 });
    expect(report.captures.map(({ id, status }) => [id, status])).toEqual([['a/x', 'unchanged']]);
  });

  it('pairs them as any other pictures where both folders have them', async () => {
    const report = await compare({ 'old/a/x.png': 10, 'old/a/x~2.png': 20, 'new/a/x.png': 20, 'new/a/x~2.png': 20 });
    expect(report.captures.map(({ id, status }) => [id, status]).toSorted()).toEqual([
      ['a/x', 'changed'],
      ['a/x~2', 'unchanged'],
    ]);
  });
});
