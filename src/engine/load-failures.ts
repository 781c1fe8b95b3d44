/** Why a page could not be had, and the next step; whole sentences, plain text. */
export interface LoadFailure {
  readonly message: string;
  readonly fix: string;
}

interface Row {
  /** Chrome's names for it, without `net::`, or our own for what Chrome has no name for; a `*` stands for any ending. */
  readonly codes: readonly string[];
  /** Follows the address: `https://shop.example/ …`. */
  readonly is: string;
  /** In the imperative; `$URL` and `$HOST` are those of the page. */
  readonly fix: string;
}

const certificateFix =
  'Give $HOST a certificate that this machine trusts. For a self-signed one of a preview set accept-certificates: true, which takes the certificates of loopback and of base-url’s host.';
const reachFix =
  'Check that this machine can reach $HOST (network, VPN, firewall, proxy variables), for example with curl, then run the check again.';

/** What the browser says when it cannot show a page, the exact names first. A row is all that a further one needs. */
const rows: readonly Row[] = [
  {
    codes: ['ERR_NAME_NOT_RESOLVED', 'ERR_NAME_RESOLUTION_FAILED', 'ERR_DNS_*'],
    is: 'could not be loaded: no server is known by the name $HOST',
    fix: 'Check the host name in the target and in base-url for a typing mistake, and that this machine’s DNS knows it.',
  },
  {
    codes: ['ERR_CONNECTION_REFUSED'],
    is: 'could not be loaded: nothing listens at that address and port',
    fix: 'Start the preview before the check and wait until it answers at $URL, then run the check again.',
  },
  {
    codes: ['ERR_CONNECTION_TIMED_OUT', 'ERR_TIMED_OUT'],
    is: 'could not be loaded: the server did not answer in time',
    fix: reachFix,
  },
  {
    codes: ['ERR_ADDRESS_UNREACHABLE', 'ERR_NETWORK_ACCESS_DENIED', 'ERR_ADDRESS_INVALID'],
    is: 'could not be loaded: this machine has no way to that address',
    fix: reachFix,
  },
  {
    codes: ['ERR_INTERNET_DISCONNECTED', 'ERR_NETWORK_CHANGED', 'ERR_NETWORK_IO_SUSPENDED'],
    is: 'could not be loaded: this machine’s network was down or changed meanwhile',
    fix: 'Check the network of this machine, then run the check again.',
  },
  {
    codes: ['ERR_EMPTY_RESPONSE'],
    is: 'could not be loaded: the server closed the connection without an answer',
    fix: 'Look at the log of the server behind $HOST: it ended the request of $URL, or speaks https where http was asked for.',
  },
  {
    codes: ['ERR_CONNECTION_RESET', 'ERR_CONNECTION_CLOSED', 'ERR_CONNECTION_ABORTED', 'ERR_SOCKET_NOT_CONNECTED'],
    is: 'could not be loaded: the connection broke before the page was there',
    fix: 'Look at the log of the server behind $HOST, and check that http and https are not mixed up in $URL.',
  },
  {
    codes: ['ERR_INCOMPLETE_CHUNKED_ENCODING', 'ERR_CONTENT_LENGTH_MISMATCH', 'ERR_CONTENT_DECODING_FAILED'],
    is: 'could not be loaded: the answer was cut short or is not encoded as it says',
    fix: 'Look at the log of the server behind $HOST and at what compresses or shortens its answers.',
  },
  {
    codes: ['ERR_INVALID_HTTP_RESPONSE', 'ERR_INVALID_RESPONSE', 'ERR_RESPONSE_HEADERS_*', 'ERR_INVALID_REDIRECT'],
    is: 'could not be loaded: what answered does not speak HTTP as a browser expects it',
    fix: 'Check the port in $URL and that a web server answers there, for example with curl -v.',
  },
  {
    codes: ['ERR_HTTP2_*', 'ERR_QUIC_*', 'ERR_HTTP_1_1_REQUIRED'],
    is: 'could not be loaded: the server broke the rules of HTTP/2 or HTTP/3',
    fix: 'Look at the log of the server or proxy behind $HOST; switching HTTP/2 off there shows whether that is it.',
  },
  {
    codes: ['ERR_HTTP_RESPONSE_CODE_FAILURE'],
    is: 'could not be loaded: the server answered with an error status and no page',
    fix: 'Open $URL and look at the log of the server behind $HOST.',
  },
  {
    codes: ['ERR_TOO_MANY_REDIRECTS'],
    is: 'could not be loaded: it redirects again and again',
    fix: 'Open $URL in a private window: it most likely needs a cookie or a sign-in that the check does not have, or http and https redirect to each other.',
  },
  {
    codes: ['ERR_UNSAFE_PORT'],
    is: 'could not be loaded: browsers refuse to open pages at that port, which belongs to another kind of server',
    fix: 'Serve the preview at another port, such as 3000 or 8080.',
  },
  {
    codes: ['ERR_UNSAFE_REDIRECT', 'ERR_DISALLOWED_URL_SCHEME', 'ERR_UNKNOWN_URL_SCHEME'],
    is: 'could not be loaded: it leads to an address that is no web page',
    fix: 'Check where $URL redirects to: only http and https pages can be captured.',
  },
  {
    codes: ['ERR_BLOCKED_BY_*', 'ERR_ACCESS_DENIED'],
    is: 'could not be loaded: the browser was told to block it',
    fix: 'Check the headers of $URL, such as Content-Security-Policy, X-Frame-Options and Cross-Origin-Resource-Policy, and whether this machine’s browser is managed by a policy.',
  },
  {
    codes: ['ERR_CERT_DATE_INVALID'],
    is: 'could not be loaded: its certificate has expired or is not valid yet',
    fix: `Renew the certificate, and check the clock of this machine. ${certificateFix}`,
  },
  {
    codes: ['ERR_CERT_COMMON_NAME_INVALID'],
    is: 'could not be loaded: its certificate is for another host name',
    fix: certificateFix,
  },
  {
    codes: ['ERR_CERT_*'],
    is: 'could not be loaded: this machine does not trust its certificate',
    fix: certificateFix,
  },
  {
    codes: ['ERR_SSL_PROTOCOL_ERROR'],
    is: 'could not be loaded: what answered does not speak TLS',
    fix: 'If the preview is served without TLS, write http:// in place of https:// in the target or in base-url.',
  },
  {
    codes: ['ERR_SSL_CLIENT_AUTH_*', 'ERR_BAD_SSL_CLIENT_AUTH_CERT'],
    is: 'could not be loaded: the server asks for a certificate of its visitor',
    fix: 'Let the check in without a client certificate: the engine has none to show.',
  },
  {
    codes: ['ERR_SSL_*'],
    is: 'could not be loaded: browser and server found no way to encrypt the connection',
    fix: 'Let the server behind $HOST offer TLS 1.2 or 1.3 with a current cipher.',
  },
  {
    codes: ['ERR_PROXY_*', 'ERR_TUNNEL_*', 'ERR_SOCKS_*', 'ERR_UNEXPECTED_PROXY_AUTH', 'ERR_MANDATORY_PROXY_*'],
    is: 'could not be loaded: the proxy between this machine and the page refused',
    fix: 'Check HTTPS_PROXY and HTTP_PROXY, or name $HOST in NO_PROXY.',
  },
  {
    codes: ['ERR_INVALID_AUTH_CREDENTIALS', 'ERR_MISSING_AUTH_CREDENTIALS', 'basic-authentication'],
    is: 'asks for a user name and a password (HTTP 401)',
    fix: 'Put them into the address from a secret, as in base-url: https://${USER}:${PASSWORD}@$HOST, or send an Authorization header with page-headers.',
  },
  {
    codes: ['download'],
    is: 'is no page: the server sends it as a download (Content-Disposition: attachment, or a type that browsers do not show)',
    fix: 'Name the page that links to it, take the target out, or let the server send it as text/html without Content-Disposition.',
  },
  {
    codes: ['no-content'],
    is: 'is no page: the server answers that there is no content (HTTP 204 or 205)',
    fix: 'Name an address that shows a page, or take the target out.',
  },
  {
    codes: ['ERR_ABORTED'],
    is: 'is no page: it is a download, or has no content',
    fix: 'Name an address that shows a page, or take the target out.',
  },
  {
    codes: ['too-tall'],
    is: 'is larger than a picture can be',
    fix: 'Capture a part of it with selector, or only its first screen with full-page: false.',
  },
  {
    codes: ['ERR_OUT_OF_MEMORY', 'ERR_INSUFFICIENT_RESOURCES'],
    is: 'could not be loaded: this machine ran out of memory or connections',
    fix: 'Capture fewer pages at a time (concurrency), or on a machine with more memory.',
  },
];

/**
 * What Chrome's reason means for a page: `code` is its name (`ERR_NAME_NOT_RESOLVED`, with or without `net::`), or one of
 * our own in the table. `url` is the address that failed; its query, user and password are not told.
 */
export function explainLoadFailure(code: string, url: string): LoadFailure {
  const name = code.replace(/^net::/, '');
  const page = addressOf(url);
  const row = rows.find(({ codes }) => codes.some((known) => covers(known, name)));
  const told = name.startsWith('ERR_') ? ` (${name})` : '';
  const fill = (text: string): string => text.replaceAll('$URL', () => page.url).replaceAll('$HOST', () => page.host);
  return row === undefined
    ? {
        message: `${page.url} could not be loaded${told}.`,
        fix: `Open ${page.url} in a browser on this machine; Chrome explains ${name} there.`,
      }
    : { message: `${page.url} ${fill(row.is)}${told}.`, fix: fill(row.fix) };
}

function covers(known: string, name: string): boolean {
  return known.endsWith('*') ? name.startsWith(known.slice(0, -1)) : known === name;
}

/** An address for a message. Queries, names and passwords carry what opens protected previews. */
function addressOf(url: string): { readonly url: string; readonly host: string } {
  if (!URL.canParse(url)) {
    return { url: 'The page', host: 'its server' };
  }
  const { protocol, host, pathname } = new URL(url);
  return host === '' ? { url: 'The page', host: 'its server' } : { url: `${protocol}//${host}${pathname}`, host };
}
