import type { Server } from 'node:http';
import { createServer, type Server as NetServer } from 'node:net';
import { expect, test } from 'vitest';
import { connectTo, listen, sendBy } from './support/connect.ts';

/** Answers every request with these bytes and ends the connection. */
function rawServer(answer: string): NetServer {
  return createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(Buffer.from(answer, 'latin1')));
  });
}

const head = 'HTTP/1.1 200 OK\r\n';

test.each([
  ['a bad character in a header', `${head}x-bad: a\x01\x00b\r\ncontent-length: 0\r\n\r\n`],
  ['a bad character in a header’s name', `${head}x bad: a\r\ncontent-length: 0\r\n\r\n`],
  ['a broken chunk', `${head}transfer-encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n`],
  ['line feeds alone', 'HTTP/1.1 200 OK\ncontent-length: 0\n\n'],
  ['a length that is no number', `${head}content-length: abc\r\n\r\n`],
  ['two lengths', `${head}content-length: 5\r\ncontent-length: 7\r\n\r\nhello`],
  ['status 099', 'HTTP/1.1 099 Odd\r\ncontent-length: 0\r\n\r\n'],
  ['status 1000', 'HTTP/1.1 1000 Odd\r\ncontent-length: 0\r\n\r\n'],
  ['HTTP/0.9', '<html>hello</html>'],
  ['garbage', '\x00\x01\x02\xff\xfe garbage \r\n\r\n'],
  ['nothing', ''],
  ['an interim answer alone', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'],
])('an answer with %s is a failure of that request alone', async (_, answer) => {
  const url = await listen(rawServer(answer) as Server);
  const result = await sendBy(connectTo(url, { attemptTimeoutMs: 5000 }));
  expect(result).toMatchObject({
    kind: 'failure',
    failure: { code: expect.stringMatching(/^(network_error|unexpected_response)$/) },
  });
});
