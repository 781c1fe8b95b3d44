import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseFaults } from '../../../src/engine/index.ts';
import { engineLimits } from '../../../src/engine/limits.ts';
import { UserError } from '../../../src/errors/user-error.ts';
import type { Log } from '../../../src/system/ports.ts';
import { silentLog } from '../../helpers/silent-log.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

const html = '<h1>page</h1>';

describe('a request', () => {
  const lines: string[] = [];
  const log: Log = {
    ...silentLog,
    debug: (line) => lines.push(line),
    warn: (line) => lines.push(line),
    error: (line) => lines.push(line),
  };
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startTestEngine({ log });
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  test('whose body is too large is told so, and the connection goes on', async () => {
    const answer = await engine.ask({ html: 'x'.repeat(engineLimits.bodyBytes) });
    expect(answer).toMatchObject({ status: 400, code: 'bad_request', message: expect.stringContaining('larger than') });
    expect(await engine.ask({ html })).toMatchObject({ code: 'picture' });
  });

  test('with fields that the engine does not know is captured, and each is named once', async () => {
    lines.length = 0;
    const body = { html, omitBackground: true } as { html: string };
    expect([(await engine.ask(body)).code, (await engine.ask(body)).code]).toEqual(['picture', 'picture']);
    expect(lines.filter((line) => line.includes('omitBackground'))).toHaveLength(1);
  });

  test('leaves a line in the log, without the key and the query', async () => {
    lines.length = 0;
    await engine.ask({ url: 'http://127.0.0.1:9/page?token=secret' });
    await fetch(`${engine.engine.url}?token=secret`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_live_wrong' },
      body: '{}',
    });
    expect(lines.map((line) => line.replace(/\d+ ms$/, 'N ms'))).toEqual([
      'POST /v1/screenshot: bad_request (http://127.0.0.1:9/page could not be loaded: browsers refuse to open pages at that port, which belongs to another kind of server (ERR_UNSAFE_PORT).) after N ms',
      'POST /v1/screenshot: invalid_api_key (The key is not known.) after N ms',
    ]);
  });

  test('by another method says which one is right', async () => {
    const answer = await fetch(engine.engine.url);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

test('the default key is random, and two engines differ', async () => {
  await using first = await startTestEngine();
  await using second = await startTestEngine();
  expect(first.engine.apiKey).toMatch(/^sk_local_[\w-]{24}$/);
  expect(second.engine.apiKey).not.toBe(first.engine.apiKey);
  await expect(startTestEngine({ port: Number(new URL(first.engine.url).port) })).rejects.toThrow(UserError);
});

describe('a fault', () => {
  const start = (...specs: string[]): Promise<TestEngine> => startTestEngine({ faults: parseFaults(specs) });

  test('with a code answers as the service would, and then it is over', async () => {
    await using engine = await start('engine_busy:first=1,retry-after=7');
    const busy = await engine.ask({ html });
    expect([busy.status, busy.code, busy.headers.get('retry-after')]).toEqual([503, 'engine_busy', '7']);
    expect(await engine.ask({ html })).toMatchObject({ code: 'picture' });
  });

  test('of the connection or the answer is felt as such', async () => {
    await using engine = await start(
      'html-502:match=one',
      'reset:match=two',
      'reset-mid-body:match=three',
      'garbage:match=four',
      'truncated:match=five',
      'silence:match=six',
      'delay:ms=1,match=seven',
    );
    const html502 = await engine.ask({ html: 'one' });
    expect([html502.status, html502.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8']);
    await expect(engine.ask({ html: 'two' })).rejects.toThrow();
    await expect(engine.ask({ html: 'three' })).rejects.toThrow();
    const garbage = await engine.ask({ html: 'four' });
    expect([garbage.status, garbage.headers.get('content-type'), String(garbage.bytes)]).toEqual([
      200,
      'image/png',
      'This is not a picture.',
    ]);
    const truncated = await engine.ask({ html: 'five' });
    expect([truncated.status, truncated.bytes.subarray(1, 4).toString(), truncated.bytes.length]).toEqual([200, 'PNG', 40]);
    await expect(engine.ask({ html: 'six' }, AbortSignal.timeout(300))).rejects.toThrow();
    expect(await engine.ask({ html: 'seven' })).toMatchObject({ code: 'picture' });
  });
});
