import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { createPageChecker } from '../../src/page-check/page-checker.ts';
import { systemClock } from '../../src/system/clock.ts';
import { actionSource, createWorkspace, runStep } from '../helpers/bundle.ts';
import { browserPath } from '../helpers/test-browser.ts';

/** A page whose lines end in LF alone, which every browser shows and strict clients refuse. */
async function startLenientPage() {
  const html = '<!doctype html><h1 style="font-size: 99px">Hello</h1>';
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(`HTTP/1.1 200 OK\ncontent-type: text/html\nconnection: close\n\n${html}`));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: async () => void server.close() };
}

const check = async (url: string, mustBeReachable: boolean) => {
  await using pages = createPageChecker({ clock: systemClock, userAgent: 'test', mustBeReachable });
  return (await pages.check(url))?.kind;
};

test('with the hosted service a page that only we cannot read is not accused: the service looks at it', async () => {
  await using page = await startLenientPage();
  expect(await check(page.url, true)).toBe('unreachable');
  expect(await check(page.url, false)).toBeUndefined();
});

test('with the built-in engine the word of its browser counts', async () => {
  await using page = await startLenientPage();
  await using workspace = await createWorkspace();
  const step = await runStep({
    entry: actionSource,
    workspace,
    inputs: {
      engine: 'local',
      'browser-path': browserPath,
      urls: `home = ${page.url}/`,
      'page-check': 'fail',
      'upload-artifact': 'false',
    },
  });
  expect(step.report?.captures, step.stdout).toMatchObject([{ status: 'added' }]);
  expect(step.report?.captures[0]?.pageProblem).toBeUndefined();
  expect([step.exitCode, step.annotations]).toEqual([0, []]);
});
