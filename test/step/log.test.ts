import { describe, expect, it } from 'vitest';
import { startArtifactServer } from '../helpers/artifact-server.ts';
import { actionSource, cliSource, createWorkspace, put, runBundle, runStep } from '../helpers/bundle.ts';
import { answers, startFakeService } from '../helpers/fake-service.ts';
import { readAsRunner } from '../helpers/runner-log.ts';
import { solidPng } from '../helpers/solid-png.ts';

const message = '::add-mask::passed\n::stop-commands::t\r\v::set-output name=outcome::passed\u2028##[set-env name=PATH;]evil';
const name = 'a##[add-mask]name';
const allowed = new Set(['add-mask', 'debug', 'warning', 'error', 'group', 'endgroup']);

/** A service that refuses one page with hostile words, and gives a picture of the other. */
const hostileService = () =>
  startFakeService({
    script: ({ body }) =>
      String(body?.['url']).endsWith('/bad')
        ? answers.error('bad_request', { message })
        : answers.picture(solidPng(8, 6, [200, 0, 0])),
  });

const config = `targets:
  - { name: "${name}", url: https://preview.example.com/bad }
  - { name: fine, url: "https://preview.example.com/fine##[stop-commands]t" }
`;

describe('the log of a step', () => {
  it('holds no command but those of the step, whatever names, service and inputs say', async () => {
    await using service = await hostileService();
    await using artifacts = await startArtifactServer();
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-capture.yml', config);
    const step = await runStep({
      entry: actionSource,
      workspace,
      env: { ...artifacts.env, 'INPUT_##[ADD-MASK]X': 'y', RUNNER_DEBUG: '1' },
      inputs: {
        'api-key': 'sk_live_test',
        'api-url': service.url,
        'page-check': 'off',
        retakes: '0',
        output: 'out ##[add-mask]put',
        'artifact-name': 'visual ##[stop-commands]t',
      },
    });
    const { commands, text } = readAsRunner(step.stdout);
    expect(commands.filter(({ command }) => !allowed.has(command))).toEqual([]);
    expect(commands.filter(({ command, data }) => command === 'add-mask' && /pass|name|put/.test(data))).toEqual([]);
    expect(commands.filter(({ line }) => !line.startsWith('::'))).toEqual([]);
    expect(readAsRunner(step.stderr).commands).toEqual([]);
    expect(text.join('\n')).toContain('## [add-mask]name');
    const errors = commands.filter(({ command }) => command === 'error').map(({ properties, data }) => ({ ...properties, data }));
    expect(errors).toMatchObject([
      { title: 'bad_request — a## [add-mask]name (1280x800)', data: expect.stringContaining('stop-commands') },
    ]);
    // What the runner writes into the log of an annotation is looked at line by line as well.
    const ours = commands.filter(({ command }) => command !== 'debug');
    expect(ours.flatMap(({ data }) => readAsRunner(data).commands)).toEqual([]);
    expect(step.outputs['outcome']).toBe('failed');
  });

  it('holds none when nothing but wrong inputs can be told', async () => {
    await using workspace = await createWorkspace();
    const key = '"x\\n::stop-commands::t ##[add-mask]a"';
    await put(
      workspace,
      'visual-capture.yml',
      `${key}: 1\nviewports: ["1x1\\n::set-output name=outcome::passed"]\nbase-url: "##[add-mask]a"\n`,
    );
    const step = await runStep({ entry: actionSource, workspace, inputs: { 'api-key': 'sk_live_test' } });
    const { commands } = readAsRunner(step.stdout);
    expect([step.exitCode, step.stdout]).toEqual([1, expect.stringContaining(': :stop-commands')]);
    expect(commands.filter(({ command, data }) => !['error', 'add-mask'].includes(command) || data === 'a')).toEqual([]);
  });
});

it('masks every spelling of what opens something: in inputs that are secret, and in addresses', async () => {
  await using workspace = await createWorkspace();
  const basic = Buffer.from('deploy:pa55/word').toString('base64');
  const step = await runStep({
    entry: actionSource,
    workspace,
    inputs: {
      'api-key': 'sk_live_test',
      'base-url': 'not-a-url https://me:s3cretpw@preview.example.com/?sig=a%2Bbcdef',
      'page-headers': `X-One: Bearer first0001\r\nAuthorization: Basic ${basic}\nX-Bypass: true`,
    },
  });
  const masks = readAsRunner(step.stdout)
    .commands.filter(({ command }) => command === 'add-mask')
    .map(({ data }) => data);
  for (const one of [
    'sk_live_test',
    's3cretpw',
    'a+bcdef',
    'a%2Bbcdef',
    'Bearer first0001',
    'first0001',
    basic,
    'pa55/word',
    'pa55%2Fword',
  ]) {
    expect(masks).toContain(one);
  }
  const echoes = ['sk_live_test', ':s3cretpw', 'x-access-token:first0001'].map((text) => Buffer.from(text).toString('base64'));
  for (const echo of echoes) {
    expect(masks.some((mask) => echo.includes(mask))).toBe(true);
  }
  for (const ordinary of ['true', 'deploy', 'me', 'Bearer', 'X-One']) {
    expect(masks).not.toContain(ordinary);
  }
});

it('masks a key that the config file takes from a variable, and each only once', async () => {
  await using workspace = await createWorkspace();
  await put(workspace, 'visual-capture.yml', 'api-key: ${KEY}\ntargets: [http://localhost:1/]\n');
  const step = await runStep({
    entry: actionSource,
    workspace,
    env: { KEY: 'sk_live_of_a_variable' },
    inputs: { 'upload-artifact': 'false' },
  });
  const masks = readAsRunner(step.stdout)
    .commands.filter(({ command }) => command === 'add-mask')
    .map(({ data }) => data);
  expect(masks).toContain('sk_live_of_a_variable');
  expect(new Set(masks).size).toBe(masks.length);
});

describe('the command line', () => {
  it.each([['check'], ['plan']])('holds none either where the runner reads what %s prints', async (command) => {
    await using service = await hostileService();
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-capture.yml', config);
    const { stdout, stderr } = await runBundle(cliSource, {
      cwd: workspace.path,
      args: [command, '--api-url', service.url, '--page-check', 'off', '--retakes', '0'],
      env: { GITHUB_ACTIONS: 'true', APISCREENSHOT_API_KEY: 'sk_live_test' },
    });
    expect(stdout).toContain('## [add-mask]name');
    expect([...readAsRunner(stdout).commands, ...readAsRunner(stderr).commands]).toEqual([]);
  });

  it('spells out what would act on a terminal in messages of wrong inputs', async () => {
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-capture.yml', 'base-url: "\\e]0;owned\\a\\e[2Jx\\u202e"\n');
    const { exitCode, stderr } = await runBundle(cliSource, { cwd: workspace.path, args: ['check', '/'] });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('\\u001b]0;owned')]);
    expect(stderr).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
  });
});
