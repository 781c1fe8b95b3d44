import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { checkHost } from './address-guard.ts';
import type { Network } from './network.ts';
import { readConnectRequest, type SocksReply, writeReply } from './socks.ts';

export interface GuardedProxy extends AsyncDisposable {
  /** For Chrome's `--proxy-server`. */
  readonly url: string;
  /** Why a host was last refused, for the message of a page that could not be loaded. */
  refusalOf(hostname: string): string | undefined;
}

/** How many refusals are remembered. */
const memory = 1_000;

/**
 * The one way out for a guarded browser: a SOCKS5 proxy on 127.0.0.1 that resolves each name itself, refuses it when
 * any of its addresses is not public, and connects to the addresses that it checked. Chrome then resolves nothing, so
 * a name that answers differently the second time (DNS rebinding) gains nothing, and redirects, subresources, frames,
 * workers and web sockets all pass the same check.
 */
export async function startGuardedProxy(network: Network): Promise<GuardedProxy> {
  const refusals = new Map<string, string>();
  const open = new Set<Socket>();

  function refuse(hostname: string, reason: string): SocksReply {
    refusals.delete(hostname);
    refusals.set(hostname, reason);
    const [oldest] = refusals.keys();
    if (refusals.size > memory && oldest !== undefined) {
      refusals.delete(oldest);
    }
    return 'not-allowed';
  }

  /** A connection that breaks is the browser's or the site's business: it is closed and that is all. */
  function track(socket: Socket): void {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
  }

  async function serve(client: Socket): Promise<void> {
    const { hostname, port } = await readConnectRequest(client);
    const verdict = await checkHost(hostname, network);
    if (verdict.kind !== 'public') {
      const reply = verdict.kind === 'blocked' ? refuse(hostname, verdict.reason) : 'host-unreachable';
      client.end(writeReply(reply));
      return;
    }
    const upstream = network.connect(verdict.addresses, port);
    track(upstream);
    try {
      await once(upstream, 'connect');
    } catch {
      client.end(writeReply('host-unreachable'));
      return;
    }
    client.write(writeReply('connected'));
    await Promise.all([pipeline(client, upstream), pipeline(upstream, client)]);
  }

  const server = createServer((client) => {
    track(client);
    serve(client).catch(() => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `socks5://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refusalOf: (hostname) => refusals.get(hostname),
    async [Symbol.asyncDispose]() {
      for (const socket of open) {
        socket.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
