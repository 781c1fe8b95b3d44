import { isLoopbackHost } from '../address/loopback.ts';
import { credentialVariables, gitVariables, isolatedEnvironment, settingsEnvironment } from './environment.ts';
import type { Setting } from './machine-settings.ts';

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

/**
 * The environment that git runs in: of the inherited variables only what git needs, and of git's settings on this machine
 * only `machine`. The remote's address and the token travel in it as configuration, so that neither stands in an argument
 * (which every process of the machine may read), a file or a log.
 */
export function gitEnvironment(
  remote: GitRemote,
  inherited: Readonly<Record<string, string | undefined>>,
  machine: readonly Setting[] = [],
): Record<string, string> {
  const settings: Setting[] = [
    ...machine,
    [`remote.${remoteName}.url`, remote.url],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
    ['core.hooksPath', '/dev/null'],
    ['core.attributesFile', '/dev/null'],
    // A server that stalls (less than 1 kB/s for a minute) must not hold the job until its own time limit.
    ['http.lowSpeedLimit', '1000'],
    ['http.lowSpeedTime', '60'],
    ...authorization(remote),
  ];
  const names = remote.token === undefined ? [...gitVariables, ...credentialVariables] : gitVariables;
  return { ...isolatedEnvironment(inherited, names), ...settingsEnvironment(settings) };
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
  return [[`http.${origin}/.extraheader`, `AUTHORIZATION: basic ${basicCredentials(token)}`]];
}
