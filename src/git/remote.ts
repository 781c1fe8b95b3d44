import { isLoopbackHost } from '../address/loopback.ts';

/** A repository on a server. */
export interface GitRemote {
  /** e.g. `https://github.com/octo/site.git`; a path on this machine works too. */
  readonly url: string;
  /** A token of GitHub. Without one git asks the credential helpers of this machine. */
  readonly token?: string;
}

/** Who writes a commit. */
export interface GitIdentity {
  readonly name: string;
  readonly email: string;
}

/** The account that GitHub shows for commits of workflows; the number is its user id. */
export const workflowIdentity: GitIdentity = {
  name: 'github-actions[bot]',
  email: '41898282+github-actions[bot]@users.noreply.github.com',
};

/** The name under which the scratch repository knows its remote. */
export const remoteName = 'origin';

type Setting = readonly [key: string, value: string];

/**
 * The environment that git runs in. The remote's address and the token travel in it as configuration, so that neither
 * stands in an argument (which every process of the machine may read), a file or a log.
 */
export function gitEnvironment(
  remote: GitRemote,
  inherited: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const settings: Setting[] = [
    [`remote.${remoteName}.url`, remote.url],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
    ['core.hooksPath', '/dev/null'],
    ['push.gpgSign', 'false'],
    // A server that stalls (less than 1 kB/s for a minute) must not hold the job until its own time limit.
    ['http.lowSpeedLimit', '1000'],
    ['http.lowSpeedTime', '60'],
    ...authorization(remote),
  ];
  return {
    ...Object.fromEntries(Object.entries(inherited).flatMap(([name, value]) => keepVariable(name, value))),
    // Messages are read by this program.
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GCM_INTERACTIVE: 'never',
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}

/** What must not be shown. */
export function remoteSecrets({ token }: GitRemote): string[] {
  return token === undefined ? [] : [token];
}

/** GitHub takes a token as the password of the user `x-access-token`. */
export function basicCredentials(token: string): string {
  return Buffer.from(`x-access-token:${token}`).toString('base64');
}

function authorization({ url, token }: GitRemote): Setting[] {
  if (token === undefined || !URL.canParse(url)) {
    return [];
  }
  const { protocol, origin, hostname } = new URL(url);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopbackHost(hostname))) {
    return [];
  }
  const key = `http.${origin}/.extraheader`;
  return [
    ['credential.helper', ''],
    // An empty value takes back what the machine's own configuration may add: two such headers are refused.
    [key, ''],
    [key, `AUTHORIZATION: basic ${basicCredentials(token)}`],
  ];
}

/** A workflow or a hook may have set git variables that point at its own repository, or that log what is sent. */
function keepVariable(name: string, value: string | undefined): [string, string][] {
  const harmless = /^GIT_(EXEC_PATH|SSL_|SSH|PROXY_|TEMPLATE_DIR|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM)$)/.test(name);
  return value === undefined || (name.startsWith('GIT_') && !harmless) ? [] : [[name, value]];
}
