import { pickVariables, programVariables, proxyVariables } from '../system/program-variables.ts';

/** What git needs to start and to reach a server. Not GIT_SSL_NO_VERIFY, which trusts everybody. */
export const gitVariables: readonly string[] = [
  ...programVariables,
  ...proxyVariables,
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'CURL_CA_BUNDLE', 'GIT_EXEC_PATH'],
  ...['GIT_SSL_CAINFO', 'GIT_SSL_CAPATH', 'GIT_SSL_CERT', 'GIT_SSL_CERT_TYPE', 'GIT_SSL_KEY', 'GIT_SSL_KEY_TYPE'],
  ...['GIT_PROXY_SSL_CAINFO', 'GIT_PROXY_SSL_CERT', 'GIT_PROXY_SSL_KEY', 'GIT_HTTP_PROXY_AUTHMETHOD'],
];

/** What a person's own credential helpers and ssh need besides. */
export const credentialVariables: readonly string[] = [
  ...['SSH_AUTH_SOCK', 'SSH_AGENT_PID', 'SSH_ASKPASS', 'GIT_SSH', 'GIT_SSH_COMMAND', 'GIT_SSH_VARIANT'],
  ...['DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'GNUPGHOME', 'KRB5CCNAME', 'KRB5_CONFIG'],
  // `gh auth setup-git` makes GitHub's command line such a helper, and it takes its token from here.
  ...['GH_TOKEN', 'GITHUB_TOKEN', 'GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN', 'GH_HOST', 'GH_CONFIG_DIR'],
];

/** Nothing is asked at the terminal, and messages are read by this program. */
export const unattended = { GIT_TERMINAL_PROMPT: '0', GCM_INTERACTIVE: 'never', LC_ALL: 'C' } as const;

/** Nothing of the machine's or the person's settings counts. git knows this name on Windows too. */
const isolation = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_ATTR_NOSYSTEM: '1' } as const;

/** Settings as the environment carries them: they come after those of every file, and stand in no argument. */
export function settingsEnvironment(settings: readonly (readonly [key: string, value: string])[]): Record<string, string> {
  return {
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}

/** Variables of these names, isolated. */
export function isolatedEnvironment(
  inherited: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
): Record<string, string> {
  return { ...pickVariables(inherited, names), ...isolation, ...unattended };
}
