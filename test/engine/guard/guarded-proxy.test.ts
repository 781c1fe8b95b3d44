import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { startGuardedProxy } from '../../../src/engine/guard/guarded-proxy.ts';
import type { Network } from '../../../src/engine/guard/network.ts';

/** Names and their addresses, in place of a name server; what is public leads to an echo server on this machine. */
async function startEcho(names: Readonly<Record<string, readonly string[]>>) {
  const server = createServer((socket) => socket.pipe(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connected: string[] = [];
  const network: Network = {
    lookup: async (hostname) => {
      const addresses = names[hostname];
      if (addresses === undefined) {
        throw new Error(`no such name: ${hostname}`);
      }
      return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    },
    connect: (addresses, port) => {
      connected.push(`${addresses.map(({ address }) => address).join(' ')} ${port}`);
      return connect((server.address() as AddressInfo).port, '127.0.0.1');
    },
  };
  return {
    network,
    connected,
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Goes through the handshake of SOCKS5 for the host and gives the reply code with the open connection. */
async function connectThrough(
  proxyUrl: string,
  host: string | readonly number[],
  port = 443,
): Promise<{ reply: number; socket: Socket }> {
  const socket = connect(Number(new URL(proxyUrl).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(Uint8Array.of(5, 1, 0));
  await once(socket, 'data');
  const address = typeof host === 'string' ? [3, host.length, ...Buffer.from(host)] : [host.length === 4 ? 1 : 4, ...host];
  socket.write(Uint8Array.of(5, 1, 0, ...address, port >> 8, port & 255));
  const [reply] = (await once(socket, 'data')) as [Buffer];
  return { reply: reply[1] ?? -1, socket };
}

const notAllowed = 2;
const unreachable = 4;

test('connects to the very addresses that were checked', async () => {
  await using echo = await startEcho({ 'site.example': ['93.184.216.34', '2606:2800:220:1::1'] });
  await using proxy = await startGuardedProxy(echo.network);
  const { reply, socket } = await connectThrough(proxy.url, 'site.example', 8443);
  expect(reply).toBe(0);
  socket.write('hello');
  expect(String((await once(socket, 'data'))[0])).toBe('hello');
  expect(echo.connected).toEqual(['93.184.216.34 2606:2800:220:1::1 8443']);
  socket.destroy();
});

test('a name that is private the second time is refused the second time', async () => {
  await using echo = await startEcho({});
  const answers = [['93.184.216.34'], ['127.0.0.1']];
  const network: Network = {
    ...echo.network,
    lookup: async () => (answers.shift() ?? []).map((address) => ({ address, family: 4 })),
  };
  await using proxy = await startGuardedProxy(network);
  const replies = [await connectThrough(proxy.url, 'rebind.example'), await connectThrough(proxy.url, 'rebind.example')];
  expect(replies.map(({ reply }) => reply)).toEqual([0, notAllowed]);
  expect(echo.connected).toEqual(['93.184.216.34 443']);
  expect(proxy.refusalOf('rebind.example')).toBe(
    'rebind.example resolves to an address that is not public: 127.0.0.1 is a loopback address',
  );
  for (const { socket } of replies) {
    socket.destroy();
  }
});

test.each([
  ['a name of this machine', 'localhost'],
  ['a loopback address as a name', '127.0.0.1'],
  ['an IPv6 address as a name', '::1'],
  ['an IPv4 address in bytes', [10, 0, 0, 1]],
  ['an IPv6 address in bytes', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1]],
  ['a name with one private address among its addresses', 'mixed.example'],
])('refuses %s', async (_, host) => {
  await using echo = await startEcho({ 'mixed.example': ['93.184.216.34', '169.254.169.254'] });
  await using proxy = await startGuardedProxy(echo.network);
  const { reply, socket } = await connectThrough(proxy.url, host);
  expect(reply).toBe(notAllowed);
  expect(echo.connected).toEqual([]);
  socket.destroy();
});

test('a name that does not resolve is unreachable', async () => {
  await using echo = await startEcho({});
  await using proxy = await startGuardedProxy(echo.network);
  const { reply, socket } = await connectThrough(proxy.url, 'nowhere.example');
  expect(reply).toBe(unreachable);
  socket.destroy();
});

test('what is no SOCKS5 is cut off', async () => {
  await using echo = await startEcho({});
  await using proxy = await startGuardedProxy(echo.network);
  const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write('GET / HTTP/1.1\r\n\r\n');
  await once(socket, 'close');
});
