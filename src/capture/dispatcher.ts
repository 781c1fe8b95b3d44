import type { LookupFunction } from 'node:net';
import type { Dispatcher } from 'undici';
import { isLoopbackHost } from '../address/loopback.ts';
import { UserError } from '../errors/user-error.ts';
import { longestHeadersBytes } from '../results/page-facts.ts';
import { Agent, EnvHttpProxyAgent } from '../system/http-agents.ts';

export interface DispatcherOptions {
  /** Takes any certificate, also one that nobody vouches for. Default: false. */
  readonly acceptAnyCertificate?: boolean;
}

/**
 * The connections to one origin: at most `maxConnections`, one request each (no HTTP/2, so that one lost connection
 * costs one capture). The proxy of HTTPS_PROXY and HTTP_PROXY is used, but for NO_PROXY and never for this machine.
 * Throws a `UserError` when a proxy variable holds no URL.
 */
export function createDispatcher(
  { hostname }: URL,
  maxConnections: number,
  { acceptAnyCertificate = false }: DispatcherOptions = {},
): Dispatcher {
  const options = { connections: maxConnections, allowH2: false, maxHeaderSize: longestHeadersBytes } as const;
  const tls = acceptAnyCertificate ? { rejectUnauthorized: false } : {};
  if (isLoopbackHost(hostname)) {
    return new Agent({ ...options, connect: { ...tls, ...(hostname.endsWith('.localhost') ? { lookup: lookUpLoopback } : {}) } });
  }
  try {
    return new EnvHttpProxyAgent({ ...options, connect: tls, requestTls: tls });
  } catch (error) {
    throw new UserError(
      'The proxy of the environment cannot be used: HTTPS_PROXY or HTTP_PROXY is not a URL.',
      'Set them to a whole URL such as http://proxy.example:3128, or unset them.',
      { cause: error },
    );
  }
}

/** `app.localhost` is this machine for every browser, whatever the system's resolver makes of it. */
const lookUpLoopback: LookupFunction = (_, { all }, callback) => {
  if (all === true) {
    callback(null, [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]);
  } else {
    callback(null, '127.0.0.1', 4);
  }
};
