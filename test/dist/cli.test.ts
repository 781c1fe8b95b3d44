import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliBundle, createWorkspace, type Finished, put, runBundle, type Workspace } from '../helpers/bundle.ts';
import { answers, startFakeService } from '../helpers/fake-service.ts';
import { grey, red, site } from './support/site.ts';

const cli = (workspace: Workspace, args: readonly string[], env: Record<string, string> = {}): Promise<Finished> =>
  runBundle(cliBundle, { args, cwd: workspace.path, env });

describe('visual-capture', () => {
  it.each([
    [[], 'Usage: visual-capture COMMAND'],
    [['chek'], 'There is no command "chek". Did you mean "check"?'],
    [['check', '--treshold', '1', '--config'], 'Unknown option --treshold. Did you mean "threshold"?\n--config needs a value'],
    [['schema', 'x'], 'Unexpected argument "x"'],
    [['check', 'x.dev'], 'the target "x.dev" is relative, and base-url is not set'],
    [['check', '--output', 'a', '--output', 'b'], '--output is given twice.'],
    [['compare', 'a.png'], 'Arguments are missing'],
    [['compare', 'a.png', 'b.png'], 'There is no file or folder a.png.'],
    [
      ['check', '--full-page=perhaps', '--urls', 'https://x.dev', '--engine', 'local'],
      'full-page must be true or false, not "perhaps"',
    ],
    [['serve', '--port', 'x'], '--port must be a whole number from 0 to 65535, not "x".'],
    [['serve', '--fault', 'busy'], 'there is no fault "busy"'],
    [['accept'], 'There is no visual-capture/results.json. Run visual-capture check first'],
  ])('ends with 2 and the remedy for %j', async (args, expected) => {
    await using workspace = await createWorkspace();
    const { exitCode, stderr } = await cli(workspace, args);
    expect(stderr).toContain(expected);
    expect(exitCode).toBe(2);
  });

  it('prints help, version and the schema', async () => {
    await using workspace = await createWorkspace();
    expect((await cli(workspace, ['--help'])).stdout).toMatch(/^ {2}check +Capture the targets/m);
    expect((await cli(workspace, ['check', '--help'])).stdout).toContain('--max-diff-ratio N');
    expect((await cli(workspace, ['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(JSON.parse((await cli(workspace, ['schema'])).stdout)).toMatchObject({ title: 'visual-capture.yml' });
  });
});

describe('visual-capture check and accept', () => {
  it('checks, takes the reviewed bytes as baselines, and then finds nothing changed', async () => {
    await using service = await startFakeService({ script: site });
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-baselines/red/1280x800.png', grey);
    const args = ['check', '--urls', 'https://x.dev/red', '--urls', 'https://x.dev/new', '--api-url', service.url];
    const env = { APISCREENSHOT_API_KEY: 'sk_live_secret' };

    const first = await cli(workspace, args, env);
    expect(first.exitCode).toBe(1);
    expect(first.stdout).toContain('1 changed and 1 added of 2 captures');
    expect(first.stdout + first.stderr).not.toContain('sk_live_secret');

    const unknown = await cli(workspace, ['accept', 'read/1280x800']);
    expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining('Did you mean "red/1280x800"?')]);

    const accepted = await cli(workspace, ['accept', 'red/1280x800']);
    expect([accepted.exitCode, accepted.stdout]).toEqual([0, 'visual-baselines/red/1280x800.png\n']);
    expect(await readFile(join(workspace.path, 'visual-baselines/red/1280x800.png'))).toEqual(Buffer.from(red));
    const sent = service.requests.length;
    const second = await cli(workspace, args, env);
    expect([second.exitCode, service.requests.length - sent]).toEqual([0, 2]);
    expect(second.stdout).toContain('1 added of 2 captures');
  });

  it('warns that a key among the arguments can be read by others', async () => {
    await using service = await startFakeService({ script: answers.picture(grey) });
    await using workspace = await createWorkspace();
    const { stderr, exitCode } = await cli(workspace, [
      'check',
      '--api-key',
      'k',
      '--api-url',
      service.url,
      '--urls',
      'https://x.dev/',
    ]);
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining('Set the environment variable APISCREENSHOT_API_KEY instead'),
    ]);
  });
});

describe('visual-capture plan', () => {
  it('says what would be captured and what it would cost, and sends nothing', async () => {
    await using service = await startFakeService();
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-baselines/a/1280x800.png', grey);
    const urls = ['a = https://x.dev/x', 'b = https://x.dev/x', 'c = http://localhost/', 'd = https://user:pass@x.dev/d'];
    const { exitCode, stdout } = await cli(workspace, [
      'plan',
      '--api-url',
      service.url,
      '--max-captures',
      '1',
      '--urls',
      urls.join('\n'),
    ]);
    expect(stdout.split('\n')).toEqual([
      'a/1280x800  https://x.dev/x  (has a baseline)',
      'b/1280x800  https://x.dev/x  (new)',
      'c/1280x800  http://localhost/  (refused as private_url: localhost is a name of this machine)',
      'd/1280x800  https://***@x.dev/d  (new)',
      '',
      '4 captures, 2 requests (1 shared, because they ask for the same).',
      'Cost: 2 credits.',
      'What differs is taken again, at most 2 times (retakes), at a credit each time.',
      'The run would stop as capture_limit: max-captures is 1.',
      '',
    ]);
    expect([exitCode, service.requests]).toEqual([0, []]);
  });
});

describe('visual-capture compare', () => {
  it.each([
    ['equal', grey, 0, 'unchanged'],
    ['different', red, 1, 'changed'],
  ])('tells two %s files', async (_, actual, exitCode, status) => {
    await using workspace = await createWorkspace();
    await put(workspace, 'a.png', grey);
    await put(workspace, 'b.png', actual);
    const finished = await cli(workspace, ['compare', 'a.png', 'b.png', '--json', '--output', 'out']);
    expect(finished.exitCode).toBe(exitCode);
    expect(JSON.parse(finished.stdout)).toMatchObject({ status, comparison: { diffPixels: exitCode * 48, diffRatio: exitCode } });
  });

  it('keeps to the bounds', async () => {
    await using workspace = await createWorkspace();
    await put(workspace, 'a.png', grey);
    await put(workspace, 'b.png', red);
    expect((await cli(workspace, ['compare', 'a.png', 'b.png', '--max-diff-pixels', '48'])).exitCode).toBe(0);
    expect(
      (await cli(workspace, ['compare', 'a.png', 'b.png', '--max-diff-pixels', '48', '--max-diff-ratio', '0.5'])).exitCode,
    ).toBe(1);
  });

  it('names the file that cannot be read', async () => {
    await using workspace = await createWorkspace();
    await put(workspace, 'a.png', grey);
    await put(workspace, 'b.png', grey.subarray(0, 40));
    const { exitCode, stderr } = await cli(workspace, ['compare', 'a.png', 'b.png']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('b.png cannot be read as a PNG')]);
  });

  it('names what is no file that can be read', async () => {
    await using workspace = await createWorkspace();
    await put(workspace, 'a.png', grey);
    const socket = createServer().listen(join(workspace.path, 'b.png'));
    await once(socket, 'listening');
    const { exitCode, stderr } = await cli(workspace, ['compare', 'a.png', 'b.png']);
    socket.close();
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/^Error: Cannot read b\.png: E/)]);
  });

  it('tells two folders in the shape of results.json, and writes the report', async () => {
    await using workspace = await createWorkspace();
    await put(workspace, 'a/same/1280x800.png', grey);
    await put(workspace, 'b/same/1280x800.png', grey);
    await put(workspace, 'a/red.png', grey);
    await put(workspace, 'b/red.png', red);
    await put(workspace, 'a/gone/mobile.png', grey);
    await put(workspace, 'b/new/mobile.png', grey);
    const { exitCode, stdout } = await cli(workspace, ['compare', 'a', 'b', '--json', '--output', 'out']);
    expect(exitCode).toBe(1);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      version: 1,
      outcome: 'changed',
      totals: { captures: 4, unchanged: 1, changed: 1, added: 1, removed: 1 },
    });
    expect(JSON.parse(await readFile(join(workspace.path, 'out/results.json'), 'utf8'))).toMatchObject({ outcome: 'changed' });
    await readFile(join(workspace.path, 'out/report.html'));
    await readFile(join(workspace.path, 'out/diff/red.png'));
  });

  it('ends with 2 when a file of a folder cannot be read', async () => {
    await using workspace = await createWorkspace();
    await put(workspace, 'a/x.png', grey);
    await put(workspace, 'b/x.png', 'no picture');
    expect((await cli(workspace, ['compare', 'a', 'b'])).exitCode).toBe(2);
  });
});
