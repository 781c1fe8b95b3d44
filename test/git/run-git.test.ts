import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GitError } from '../../src/git/git-error.ts';
import { tryGit } from '../../src/git/run-git.ts';
import { createWorkspace } from '../helpers/bundle.ts';
import { shellWord } from '../helpers/shell-word.ts';

/** A git that has started a program, which never ends by itself and holds a connection for as long as it lives. */
async function startHanging(command: (program: string) => string) {
  const stack = new AsyncDisposableStack();
  const workspace = stack.use(await createWorkspace());
  const connected = Promise.withResolvers<Socket>();
  const server = createServer((socket) => connected.resolve(socket.on('error', () => {})));
  stack.defer(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const program = join(workspace.path, 'hang.mjs');
  const { port } = server.address() as AddressInfo;
  await writeFile(program, `import net from 'node:net'; net.connect(${port}, '127.0.0.1').on('close', () => process.exit());`);
  const run = (rest: { signal?: AbortSignal; limitMs?: number }) =>
    tryGit(['-c', `alias.hang=!${command(`${shellWord(process.execPath)} ${shellWord(program)}`)}`, 'hang'], {
      directory: workspace.path,
      env: { PATH: process.env['PATH'] ?? '' },
      ...rest,
    });
  return { run, connected: connected.promise, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

test('when it is stopped, what git has started ends with it', async () => {
  await using hanging = await startHanging((program) => program);
  const stop = new AbortController();
  const ended = hanging.run({ signal: stop.signal }).catch((error: unknown) => error);
  const socket = await hanging.connected;
  const gone = once(socket, 'close');
  stop.abort('enough');
  expect(await ended).toBe('enough');
  await gone;
});

test('a git that takes too long is given up in the same way', async () => {
  await using hanging = await startHanging((program) => program);
  const ended = hanging.run({ limitMs: 1_000 }).catch((error: unknown) => error);
  const gone = hanging.connected.then((socket) => once(socket, 'close'));
  expect(await ended).toEqual(new GitError('network', 'git -c took longer than 1 s'));
  await gone;
});

test('a git that has ended is not waited for because something it left behind holds its pipes', async () => {
  await using hanging = await startHanging((program) => `${program} &`);
  expect(await hanging.run({})).toMatchObject({ kind: 'done' });
  (await hanging.connected).destroy();
});
