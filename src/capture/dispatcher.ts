import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { isLoopbackHost } from '../address/loopback.ts';
import { UserError } from '../errors/user-error.ts';

/**
 * The connections to the service: at most `maxConnections`, one request each (no HTTP/2, so that one lost connection
 * costs one capture). The proxy of HTTPS_PROXY and HTTP_PROXY is used, but for NO_PROXY and never for this machine.
 * Throws a `UserError` when a proxy variable holds no URL.
 */
export function createDispatcher(apiUrl: URL, maxConnections: number): Dispatcher {
  const options = { connections: maxConnections, allowH2: false } as const;
  if (isLoopbackHost(apiUrl.hostname)) {
    return new Agent(options);
  }
  try {
    return new EnvHttpProxyAgent(options);
  } catch (error) {
    throw new UserError(
      'The proxy of the environment cannot be used: HTTPS_PROXY or HTTP_PROXY is not a URL.',
      'Set them to a whole URL such as http://proxy.example:3128, or unset them.',
      { cause: error },
    );
  }
}
