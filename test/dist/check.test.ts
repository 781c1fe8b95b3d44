import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createWorkspace, put, runStep } from '../helpers/bundle.ts';
import { answers, startFakeService } from '../helpers/fake-service.ts';
import { grey, inputsFor, red, site } from './support/site.ts';

describe('the check, through the built action', () => {
  it('compares with the committed baselines and writes what the contract names', async () => {
    await using service = await startFakeService({ script: site });
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-baselines/same/1280x800.png', grey);
    await put(workspace, 'visual-baselines/red/1280x800.png', grey);
    await put(workspace, 'visual-baselines/broken/1280x800.png', 'no picture');
    await put(workspace, 'visual-baselines/gone/mobile.png', grey);
    await put(workspace, 'visual-capture.yml', 'targets: [/same, /red, /new, /broken]\n');

    const step = await runStep({ workspace, inputs: inputsFor(service.url) });

    expect(step.exitCode).toBe(1);
    expect(step.report?.captures.map(({ id, status, files, error }) => [id, status, files, error?.code])).toEqual([
      ['same/1280x800', 'unchanged', { actual: 'actual/same/1280x800.png', baseline: 'baseline/same/1280x800.png' }, undefined],
      [
        'red/1280x800',
        'changed',
        { actual: 'actual/red/1280x800.png', baseline: 'baseline/red/1280x800.png', diff: 'diff/red/1280x800.png' },
        undefined,
      ],
      ['new/1280x800', 'added', { actual: 'actual/new/1280x800.png' }, undefined],
      ['broken/1280x800', 'failed', { actual: 'actual/broken/1280x800.png' }, 'baseline_unreadable'],
      ['gone/mobile', 'removed', { baseline: 'baseline/gone/mobile.png' }, undefined],
    ]);
    expect(step.report?.captures[1]?.comparison).toMatchObject({
      diffPixels: 48,
      diffRatio: 1,
      baselineSize: { width: 8, height: 6 },
      regions: [{ x: 0, y: 0, width: 8, height: 6, diffPixels: 48 }],
    });
    expect(step.report?.captures[1]?.source).toEqual({ file: 'visual-capture.yml', line: 1 });
    expect(step.outputs).toMatchObject({
      outcome: 'failed',
      captures: '5',
      unchanged: '1',
      changed: '1',
      added: '1',
      removed: '1',
      failed: '1',
      skipped: '0',
      credits: '4',
      results: join(workspace.path, 'visual-capture/results.json'),
      report: join(workspace.path, 'visual-capture/report.html'),
    });
    expect(await readFile(join(workspace.path, 'visual-capture/actual/red/1280x800.png'))).toEqual(Buffer.from(red));
    expect(await readFile(join(workspace.path, 'visual-capture/junit.xml'), 'utf8')).toContain('<testsuite');
    expect(step.summary).toContain('broken');
    expect(
      step.annotations.map(({ command, properties }) => [command, properties['file'], properties['line'], properties['title']]),
    ).toEqual([
      ['error', 'visual-capture.yml', '1', 'baseline_unreadable — broken (1280x800)'],
      ['error', 'visual-capture.yml', '1', 'changed — red (1280x800)'],
    ]);
    const sent = service.requests.map(({ body }) => body);
    expect(sent[0]).toEqual({ url: 'https://preview.example.com/same', viewport: { width: 1280, height: 800 } });
  });

  it('passes when nothing differs, and writes missing baselines when asked to', async () => {
    await using service = await startFakeService({ script: site });
    await using workspace = await createWorkspace();
    const inputs = inputsFor(service.url, { urls: '/a', 'update-baselines': 'missing' });
    const first = await runStep({ workspace, inputs });
    expect([first.exitCode, first.outputs['outcome'], first.outputs['added']]).toEqual([0, 'passed', '1']);
    expect(await readFile(join(workspace.path, 'visual-baselines/a/1280x800.png'))).toEqual(Buffer.from(grey));
    const second = await runStep({ workspace, inputs });
    expect([second.exitCode, second.outputs['unchanged'], second.annotations]).toEqual([0, '1', []]);
  });

  it('takes changed pictures and broken baselines anew when asked to update all, and passes', async () => {
    await using service = await startFakeService({ script: site });
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-baselines/red/1280x800.png', grey);
    await put(workspace, 'visual-baselines/broken/1280x800.png', 'no picture');
    const step = await runStep({
      workspace,
      inputs: inputsFor(service.url, { urls: '/red\n/broken', 'update-baselines': 'true' }),
    });
    expect([step.exitCode, step.outputs['changed'], step.outputs['failed']]).toEqual([0, '1', '0']);
    expect(await readFile(join(workspace.path, 'visual-baselines/red/1280x800.png'))).toEqual(Buffer.from(red));
    expect(await readFile(join(workspace.path, 'visual-baselines/broken/1280x800.png'))).toEqual(Buffer.from(grey));
  });

  it.each([
    ['changed', 1],
    ['failed', 0],
    ['none', 0],
    ['added', 1],
  ])('fails on what fail-on says: %s', async (failOn, exitCode) => {
    await using service = await startFakeService({ script: site });
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-baselines/red/1280x800.png', grey);
    const step = await runStep({ workspace, inputs: inputsFor(service.url, { urls: '/red\n/new', 'fail-on': failOn }) });
    expect([step.exitCode, step.outputs['outcome']]).toEqual([exitCode, 'changed']);
  });

  it('reports jpeg captures without comparing them', async () => {
    await using workspace = await createWorkspace();
    const jpeg = Buffer.from(
      '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AKp//2Q==',
      'base64',
    );
    await using service = await startFakeService({ script: answers.picture(jpeg, 'image/jpeg') });
    const step = await runStep({ workspace, inputs: inputsFor(service.url, { urls: '/a', format: 'jpeg', quality: '60' }) });
    expect(step.report?.captures[0], step.stdout).toMatchObject({
      status: 'captured',
      files: { actual: 'actual/a/1280x800.jpg' },
    });
    expect(service.requests[0]?.body).toMatchObject({ format: 'jpeg', quality: 60 });
    expect(step.exitCode).toBe(0);
  });

  it('sends identical requests once', async () => {
    await using service = await startFakeService({ script: site });
    await using workspace = await createWorkspace();
    const step = await runStep({ workspace, inputs: inputsFor(service.url, { urls: 'a = /x\nb = /x' }) });
    expect([service.requests.length, step.outputs['captures'], step.outputs['credits']]).toEqual([1, '2', '1']);
  });
});

describe('what can go wrong around it', () => {
  it('lists every wrong input and sends nothing', async () => {
    await using service = await startFakeService();
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-capture.yml', 'treshold: 1\ntargets:\n  - /a\n');
    const step = await runStep({ workspace, inputs: inputsFor(service.url, { concurrency: 'many' }) });
    expect(step.exitCode).toBe(1);
    expect(step.annotations.map(({ properties, message }) => [properties['file'], properties['line'], message])).toEqual([
      ['visual-capture.yml', '1', 'unknown key "treshold". Did you mean "threshold"?'],
      [undefined, undefined, 'concurrency must be a whole number from 1 to 200, not "many"'],
    ]);
    expect(service.requests).toEqual([]);
    expect(step.report).toBeUndefined();
  });

  it('says at once that the output folder cannot be written', async () => {
    await using service = await startFakeService();
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-capture', 'a file where the folder should be');
    const step = await runStep({ workspace, inputs: inputsFor(service.url, { urls: '/a' }) });
    expect(step.exitCode).toBe(1);
    expect(step.annotations[0]?.message).toContain('Cannot write visual-capture/results.json');
    expect(service.requests).toEqual([]);
  });

  it('stops spending when a picture cannot be kept, and still reports', async () => {
    // Only the first page is answered: whatever is asked after it is asked while that picture is being kept.
    await using service = await startFakeService({
      script: (request) => (request.index === 0 ? answers.picture(grey) : answers.silence()),
    });
    await using workspace = await createWorkspace();
    // A file where the pictures' folder should be stands for a disk that fills up during the run.
    await put(workspace, 'visual-capture/actual', 'in the way');
    const step = await runStep({
      workspace,
      inputs: inputsFor(service.url, { urls: '/a\n/b\n/c\n/d\n/e', concurrency: '1', 'attempt-timeout': '5' }),
    });
    expect(step.exitCode).toBe(1);
    expect(step.annotations[0]?.message).toContain('Cannot write visual-capture/actual/a/1280x800.png');
    expect(service.requests.length).toBeLessThan(3);
    const tried = service.requests.length;
    expect(step.report?.totals).toMatchObject({ captures: 5, failed: tried, skipped: 5 - tried });
    expect(step.report?.stopped).toMatchObject({
      code: 'run_failed',
      message: expect.stringContaining('Cannot write visual-capture/actual/a/1280x800.png'),
    });
  });

  it('keeps the verdict of a capture whose baseline cannot be written, and stops', async () => {
    await using service = await startFakeService({
      script: (request) => (request.index === 0 ? answers.picture(grey) : answers.silence()),
    });
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-baselines/a', 'in the way');
    const step = await runStep({
      workspace,
      inputs: inputsFor(service.url, {
        urls: '/a\n/b\n/c\n/d\n/e',
        'update-baselines': 'true',
        'baseline-takes': '1',
        concurrency: '1',
        'attempt-timeout': '1',
      }),
    });
    expect(step.exitCode).toBe(1);
    expect(step.annotations[0]?.message).toContain('Cannot write visual-baselines/a/1280x800.png');
    expect(step.report?.captures[0]).toMatchObject({ status: 'added', files: { actual: 'actual/a/1280x800.png' } });
    expect(step.report?.captures[0]?.baselineUpdated).toBeUndefined();
    expect(step.report?.stopped?.code).toBe('run_failed');
    expect(step.report?.totals).toMatchObject({ captures: 5, added: 1, skipped: 5 - service.requests.length });
  });

  it('writes every report when the job is cancelled', async () => {
    await using service = await startFakeService({
      script: (request) => (request.index === 0 ? answers.picture(grey) : answers.silence()),
    });
    await using workspace = await createWorkspace();
    let signalled = false;
    const step = await runStep({
      workspace,
      inputs: inputsFor(service.url, { urls: '/a\n/b\n/c', concurrency: '1' }),
      onOutput: (text, kill) => {
        if (!signalled && text.includes('Added      a/1280x800')) {
          signalled = true;
          kill('SIGTERM');
        }
      },
    });
    const [first, ...others] = step.report?.captures ?? [];
    expect(first?.status).toBe('added');
    expect(others.map(({ status, error }) => [status, error?.code])).toEqual(
      others.map(({ attempts }) => [attempts > 0 ? 'failed' : 'skipped', 'cancelled']),
    );
    expect(await readdir(join(workspace.path, 'visual-capture'))).toEqual(['actual', 'junit.xml', 'report.html', 'results.json']);
    expect(step.exitCode).toBe(1);
  });

  it('warns when the outputs cannot be written, and lets the verdict stand', async () => {
    await using service = await startFakeService({ script: site });
    await using workspace = await createWorkspace();
    const missing = join(workspace.path, 'missing');
    const step = await runStep({ workspace, inputs: inputsFor(service.url, { urls: '/a' }), env: { GITHUB_OUTPUT: missing } });
    expect(step.annotations.map(({ message }) => message)).toEqual([
      expect.stringContaining('The outputs could not be written: Missing file at path:'),
    ]);
    expect(step.exitCode).toBe(0);
  });

  it('escapes what comes from outside in workflow commands', async () => {
    await using service = await startFakeService({
      script: answers.error('bad_request', { message: 'x\n::error::injected%0A::warning::y' }),
    });
    await using workspace = await createWorkspace();
    const step = await runStep({ workspace, inputs: inputsFor(service.url, { urls: '/a' }) });
    expect(step.annotations.map(({ message }) => message.startsWith('injected') || message === 'y')).toEqual([false]);
  });

  it('warns of an input that it does not know', async () => {
    await using service = await startFakeService({ script: site });
    await using workspace = await createWorkspace();
    const step = await runStep({ workspace, inputs: inputsFor(service.url, { urls: '/a', viewport: '1x1' }) });
    expect(step.annotations[0]?.message).toBe('The input "viewport" is not known and has no effect. Did you mean "viewports"?');
    expect(step.exitCode).toBe(0);
  });
});
