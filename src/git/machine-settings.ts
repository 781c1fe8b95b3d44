import { pickVariables } from '../system/program-variables.ts';
import { gitVariables } from './environment.ts';
import { tryGit } from './run-git.ts';

/** A setting of git's; a key may be there several times. */
export type Setting = readonly [key: string, value: string];

/** How a server is reached from here: proxies, and whose certificates count. Not `http.sslVerify`, which trusts everybody. */
const reachingServers =
  /^http\.(?:.+\.)?(?:proxy|proxyauthmethod|proxyssl\w+|sslcainfo|sslcapath|sslbackend|sslcert|sslkey|sslcerttype|sslkeytype|schannel\w+)$/;

/** How a person is known to servers. */
const knownToServers = /^(?:credential\..+|http\.(?:.+\.)?(?:emptyauth|delegation)|core\.(?:sshcommand|askpass)|ssh\.variant)$/;

/** The variables that say where git's settings of a machine and a person are. */
export const settingsVariables = ['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM'];

/**
 * What counts of the settings of this machine and person, in their order: how servers are reached and, where there is no
 * token, as whom. Settings that cannot be read are none.
 * @param directory A repository without settings of this kind.
 * @throws GitError `missing-git`
 */
export async function readMachineSettings(
  directory: string,
  inherited: Readonly<Record<string, string | undefined>>,
  { withToken }: { readonly withToken: boolean },
): Promise<Setting[]> {
  const env = { ...pickVariables(inherited, [...gitVariables, ...settingsVariables]), GIT_DIR: directory };
  const answer = await tryGit(['config', '--null', '--list'], { directory, env });
  const entries = answer.kind === 'done' ? answer.output.toString('utf8').split('\0') : [];
  return entries.flatMap((entry): Setting[] => {
    // `key LF value`; a key without a value means true.
    const [, key = '', value = 'true'] = /^([^\n]*)(?:\n(.*))?$/s.exec(entry) ?? [];
    return reachingServers.test(key) || (!withToken && knownToServers.test(key)) ? [[key, value]] : [];
  });
}
