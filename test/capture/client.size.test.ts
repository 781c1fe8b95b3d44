import { createServer, type RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import type { AttemptResult } from '../../src/capture/outcome.ts';
import { connectTo, listen, sendBy } from './support/connect.ts';

const mebibyte = 1024 * 1024;
const tooLarge = {
  kind: 'failure',
  failure: { code: 'unexpected_response', detail: 'HTTP 200 with a picture of more than 64 MiB' },
};

async function sendToServer(answer: RequestListener): Promise<AttemptResult> {
  return sendBy(connectTo(await listen(createServer(answer))));
}

test('a picture that is announced as too large is not waited for', async () => {
  const result = await sendToServer((_, response) => {
    response.writeHead(200, { 'content-type': 'image/png', 'content-length': 64 * mebibyte + 1 });
    // Whoever waits for the bytes meets a broken connection instead.
    response.write('the first bytes', () => response.destroy());
  });
  expect(result).toMatchObject(tooLarge);
});

test('a picture that turns out too large is dropped there', async () => {
  const piece = Buffer.alloc(mebibyte);
  const result = await sendToServer(async (_, response) => {
    response.writeHead(200, { 'content-type': 'image/png' });
    // It ends, so that a client without a limit does not read for ever.
    const pieces = Array.from({ length: 65 }, () => piece);
    await pipeline(Readable.from(pieces), response).catch(() => {});
  });
  expect(result).toMatchObject(tooLarge);
});
