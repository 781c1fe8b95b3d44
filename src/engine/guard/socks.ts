import { once } from 'node:events';
import type { Socket } from 'node:net';

/** The replies of SOCKS5 (RFC 1928, section 6) that the proxy gives. */
const replyCodes = { connected: 0, 'not-allowed': 2, 'host-unreachable': 4 } as const;
export type SocksReply = keyof typeof replyCodes;

const version = 5;
const connectCommand = 1;
const noAuthentication = 0;
const addressTypes = { ipv4: 1, domain: 3, ipv6: 4 } as const;

/**
 * Reads the handshake of SOCKS5 up to the request to connect: written by hand, because Chrome on this machine is the only
 * client, and all it asks for is one command without a password. The host is spelt as `URL.hostname` spells it.
 * Rejects when the connection ends early or asks for anything else.
 */
export async function readConnectRequest(client: Socket): Promise<{ hostname: string; port: number }> {
  const [greeting = 0, methodCount = 0] = await read(client, 2);
  if (greeting !== version) {
    throw new Error('not SOCKS5');
  }
  await read(client, methodCount);
  client.write(Uint8Array.of(version, noAuthentication));

  const [, command, , addressType] = await read(client, 4);
  if (command !== connectCommand) {
    throw new Error('only CONNECT is served');
  }
  const hostname = await readHost(client, addressType);
  const port = (await read(client, 2)).readUInt16BE();
  return { hostname, port };
}

export function writeReply(reply: SocksReply): Uint8Array {
  // The bound address, which nobody reads, is 0.0.0.0:0.
  return Uint8Array.of(version, replyCodes[reply], 0, addressTypes.ipv4, 0, 0, 0, 0, 0, 0);
}

async function readHost(client: Socket, addressType: number | undefined): Promise<string> {
  switch (addressType) {
    case addressTypes.ipv4:
      return (await read(client, 4)).join('.');
    case addressTypes.ipv6: {
      const bytes = await read(client, 16);
      const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(at * 2).toString(16));
      return new URL(`http://[${groups.join(':')}]`).hostname;
    }
    case addressTypes.domain: {
      const [length = 0] = await read(client, 1);
      const name = (await read(client, length)).toString('latin1');
      // Chrome sends IP literals as names too, IPv6 without its brackets.
      return name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
    }
    default:
      throw new Error('an unknown kind of address');
  }
}

/** Exactly so many bytes; what comes after them stays in the stream. */
async function read(client: Socket, length: number): Promise<Buffer> {
  if (length === 0) {
    return Buffer.alloc(0);
  }
  for (;;) {
    const bytes = client.read(length) as Buffer | null;
    if (bytes !== null && bytes.length === length) {
      return bytes;
    }
    if (bytes !== null || client.readableEnded || client.destroyed) {
      throw new Error('the connection ended early');
    }
    const either = new AbortController();
    const { signal } = either;
    // The end of the stream counts as readable too; a broken connection only closes.
    await Promise.race([once(client, 'readable', { signal }), once(client, 'close', { signal })]).finally(() => either.abort());
  }
}
