import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type RunnerCommand, readAsRunner } from '../helpers/runner-log.ts';

const module = new URL('../../src/system/guarded-output.ts', import.meta.url).href;
const stopModule = new URL('../../src/system/stop-signal.ts', import.meta.url).href;
const folder = fileURLToPath(new URL('.', import.meta.url));

interface Printed {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly commands: readonly RunnerCommand[];
}

/** Runs a script in a process of its own, whose output is guarded as that of the entries is. */
async function print(script: string): Promise<Printed> {
  const text = `import { guardOutput, writeCommands } from ${JSON.stringify(module)};\nimport { listenForStop } from ${JSON.stringify(stopModule)};\nlistenForStop(() => {});\nguardOutput();\n${script}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', text], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, stderr, exitCode] = await Promise.all([
    child.stdout.setEncoding('utf8').toArray(),
    child.stderr.setEncoding('utf8').toArray(),
    closed,
  ]);
  const [out, err] = [stdout.join(''), stderr.join('')];
  return { exitCode, stdout: out, stderr: err, commands: [...readAsRunner(out).commands, ...readAsRunner(err).commands] };
}

describe('whatever a step prints', () => {
  test.each([
    ['on standard output', `process.stdout.write('::stop-commands::x\\n')`],
    ['on standard error', `process.stderr.write('##[add-mask]x\\n')`],
    ['with console.log', `console.log('  ::set-output name=a::b')`],
    ['with console.error', `console.error('a ##[stop-commands]b')`],
    ['as bytes', `process.stdout.write(Buffer.from('::add-mask::x\\nok\\n'))`],
    ['in two pieces', `process.stdout.write('ok ##'); process.stdout.write('[add-mask]x\\n')`],
    ['in many pieces', `for (const piece of ' ::set-env name=a::b\\n') process.stdout.write(piece)`],
    [
      'in pieces of a character',
      `for (const byte of Buffer.from('\\u3000::add-path::b\\n')) process.stdout.write(Buffer.of(byte))`,
    ],
    ['without an end of the line', `process.stdout.write('::stop-commands::x')`],
    ['on a line of several', `process.stdout.write('fine\\r::set-output name=a::b\\n')`],
    ['that looks like a mask, among other lines', `process.stdout.write('::add-mask::x\\nok\\n')`],
    ['from a stream', `(await import('node:stream')).Readable.from(['::add-path::x\\n']).pipe(process.stdout)`],
    ['as a warning of Node', `process.emitWarning('##[add-mask]x')`],
    ['from a worker', `new (await import('node:worker_threads')).Worker("console.log('::stop-commands::x')", { eval: true })`],
  ])('is no command %s', async (_, script) => {
    const { exitCode, stdout, stderr, commands } = await print(script);
    expect(commands).toEqual([]);
    expect([exitCode, `${stdout}${stderr}`]).toEqual([0, expect.stringMatching(/: :|## \[|#\s*# \[/)]);
  });

  test.each([
    ['an exception', `setTimeout(() => { throw new Error('x\\n::add-mask::y\\n##[stop-commands]z') })`],
    ['a rejection', `Promise.reject(new Error('##[stop-commands]z'))`],
    ['something else that is thrown', `setTimeout(() => { throw '::add-mask::y' })`],
  ])('is no command when it is %s that nobody catches, and the process fails', async (_, script) => {
    const { exitCode, stderr, commands } = await print(script);
    expect([exitCode, commands]).toEqual([1, []]);
    expect(stderr).toContain('Not caught:');
  });
});

describe('commands that are ours', () => {
  test('pass as they are, at the beginning of a line', async () => {
    const { stdout, commands } = await print(
      `process.stdout.write('half a line'); writeCommands(() => process.stdout.write('::set-output name=a::b ##[x]\\n')); console.log('after')`,
    );
    expect(stdout).toBe('half a line\n::set-output name=a::b ##[x]\nafter\n');
    expect(commands.map(({ command }) => command)).toEqual(['set-output']);
  });

  test('end with what writes them, also when that throws', async () => {
    const { commands } = await print(
      `try { writeCommands(() => { throw new Error('x'); }); } catch {}\nconsole.log('::stop-commands::x')`,
    );
    expect(commands).toEqual([]);
  });

  test('masks and remarks of libraries pass, each in one piece', async () => {
    const { commands } = await print(
      `for (const line of ['::add-mask::s3cret', '::debug::x', '::warning::late', '::stop-commands::t', '::set-output name=a::b'])\n process.stdout.write(line + '\\n')`,
    );
    expect(commands.map(({ command }) => command)).toEqual(['add-mask', 'debug', 'warning']);
  });
});

test('all that was printed arrives, in order', async () => {
  const { stdout } = await print(
    `process.stdout.write('a'); process.stdout.write('', () => process.stdout.write('b\\n')); setTimeout(() => { process.stdout.write('end'); process.exit(0) }, 20)`,
  );
  expect(stdout).toBe('ab\nend');
});
