import { findLocalFault } from '../errors/local-fault.ts';
import { systemCodeOf } from '../errors/user-error.ts';
import { cleanText } from './clean-text.ts';

/** A request that ended without an answer. */
export interface NetworkFault {
  /** As Node or the HTTP client names it, e.g. `ECONNREFUSED`. */
  readonly code: string;
  readonly detail: string;
  /** The connection was never made, so the request cannot have reached the service. */
  readonly neverSent: boolean;
}

/** The codes of Node and undici that need better words than their own message. */
const words: Readonly<Record<string, { readonly detail: string; readonly neverSent?: true }>> = {
  ECONNREFUSED: { detail: 'the connection was refused', neverSent: true },
  ENOTFOUND: { detail: 'the host name is not known', neverSent: true },
  EAI_AGAIN: { detail: 'the host name could not be looked up', neverSent: true },
  EHOSTUNREACH: { detail: 'the host cannot be reached', neverSent: true },
  ENETUNREACH: { detail: 'the network cannot be reached', neverSent: true },
  UND_ERR_CONNECT_TIMEOUT: { detail: 'no connection could be made in time', neverSent: true },
  UND_ERR_PRX_TLS: { detail: 'the TLS connection to the proxy failed', neverSent: true },
  UND_ERR_PRX_CONN: { detail: 'the proxy closed the connection', neverSent: true },
  ECONNRESET: { detail: 'the connection was reset' },
  EPIPE: { detail: 'the connection was closed while the request was being sent' },
  ETIMEDOUT: { detail: 'the connection timed out' },
  UND_ERR_SOCKET: { detail: 'the connection was closed before the answer was complete' },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: { detail: 'the answer was shorter than announced' },
};

/** The certificate was refused during the handshake, before anything was sent. */
const certificate = /^(?:CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_TLS_CERT)/;

/** There is no TLS at the other end, or none that both sides speak. */
const tls = /^(?:ERR_SSL_|EPROTO)/;

/**
 * What an error of the HTTP client says about the network. Whatever it is, it is a failure of that request alone: a
 * malformed answer must not cost a run.
 * @throws LocalFault when this machine has run out of what a connection takes.
 */
export function describeNetworkFault(error: unknown): NetworkFault {
  const cause = withCode(error);
  const local = findLocalFault(cause, 'open a connection');
  if (local !== undefined) {
    throw local;
  }
  const code = systemCodeOf(cause) || (error instanceof Error ? error.name : 'unknown');
  const known = words[code];
  if (known !== undefined) {
    return { code, detail: `${known.detail} (${code})`, neverSent: known.neverSent === true };
  }
  if (tls.test(code)) {
    return { code, detail: `the TLS connection could not be made (${code})`, neverSent: true };
  }
  const message = cleanText(error instanceof Error ? error.message : '', { maxLength: 200 });
  return {
    code,
    detail: message === '' || message === code ? code : `${message} (${code})`,
    neverSent: certificate.test(code) || /^Proxy response/.test(message),
  };
}

/** The error that has a code: itself or, where it only wraps others (one for each address tried), the first of them. */
function withCode(error: unknown): Error | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  if (systemCodeOf(error) !== '') {
    return error;
  }
  return error instanceof AggregateError
    ? error.errors.map(withCode).find((found) => found !== undefined)
    : withCode(error.cause);
}
