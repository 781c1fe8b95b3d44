import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliBundle, createWorkspace, runBundle, runStep } from '../helpers/bundle.ts';
import { browserPath } from '../helpers/test-browser.ts';

const page = (text: string): string => `<!doctype html><title>x</title><body style="font: 40px sans-serif">${text}</body>`;
let text = 'as it was';
const site = createServer((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page(text)));
let origin = '';

beforeAll(async () => {
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
});
afterAll(() => site.close());

describe('the built-in engine, through the built action', () => {
  it('captures a localhost preview with a real Chrome, waits out a busy engine, and sees a change', async () => {
    await using workspace = await createWorkspace();
    const inputs = {
      engine: 'local',
      'browser-path': browserPath,
      urls: `home = ${origin}/`,
      viewports: '400x300@2',
      'upload-artifact': 'false',
    };
    const first = await runStep({ workspace, inputs: { ...inputs, 'update-baselines': 'true' } });
    expect(first.exitCode, first.stdout).toBe(0);
    const same = await runStep({ workspace, inputs, env: { VISUAL_CAPTURE_FAULT: 'engine_busy:first=1,retry-after=1' } });
    expect(same.report?.captures, same.stdout).toMatchObject([
      { status: 'unchanged', attempts: 2, size: { width: 800, height: 600 } },
    ]);
    expect(same.report?.service).toMatchObject({ requests: 2, retries: 1, credits: 0 });
    text = 'as it is';
    const changed = await runStep({ workspace, inputs });
    expect([changed.exitCode, changed.report?.captures[0]?.status]).toEqual([1, 'changed']);
  });

  it('says how to get a browser when browser-path is wrong', async () => {
    await using workspace = await createWorkspace();
    const step = await runStep({ workspace, inputs: { engine: 'local', urls: origin, 'browser-path': '/nowhere/chrome' } });
    expect(step.exitCode).toBe(1);
    expect(step.annotations[0]).toMatchObject({
      properties: { title: 'Visual Capture could not run' },
      message: expect.stringContaining('/nowhere/chrome'),
    });
  });
});

describe('visual-capture serve', () => {
  it('serves the capture contract until it is told to stop', async () => {
    await using workspace = await createWorkspace();
    const server = spawn(process.execPath, [cliBundle, 'serve', '--api-key', 'sk_test', '--allow-private'], {
      cwd: workspace.path,
    });
    let output = '';
    server.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    while (!output.includes('Listening on')) {
      await once(server.stdout, 'data');
    }
    const url = /Listening on (\S+)/.exec(output)?.[1] ?? '';
    const ask = (body: object, key = 'sk_test'): Promise<Response> =>
      fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const picture = await ask({ url: origin, viewport: { width: 320, height: 200 } });
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
    await writeFile(join(workspace.path, 'a.png'), new Uint8Array(await picture.arrayBuffer()));
    expect((await ask({ url: origin }, 'wrong')).status).toBe(401);
    expect(await (await ask({ url: origin, quality: 50 })).json()).toMatchObject({ error: 'bad_request' });
    server.kill('SIGINT');
    const [code] = await once(server, 'exit');
    expect(code).toBe(0);
    expect((await runBundle(cliBundle, { args: ['compare', 'a.png', 'a.png'], cwd: workspace.path })).exitCode).toBe(0);
  });
});
