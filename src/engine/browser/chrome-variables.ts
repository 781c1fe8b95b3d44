import { pickVariables, programVariables, proxyVariables } from '../../system/program-variables.ts';

/** What a browser needs beyond any program; snaps of Chromium do not start without the session's bus. */
const own = ['FONTCONFIG_FILE', 'FONTCONFIG_PATH', 'DBUS_SESSION_BUS_ADDRESS'];

/** The same language and time zone everywhere, whatever the machine's are. */
const fixed = { LANG: 'en_US.UTF-8', LANGUAGE: 'en_US', TZ: 'UTC' } as const;

/**
 * The environment of the browser's process. Only what it needs is passed on: a job's environment holds its secrets,
 * and the browser runs other people's pages.
 */
export function browserEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  extra: Readonly<Record<string, string>>,
): Record<string, string> {
  const proxies = Object.entries(pickVariables(env, proxyVariables)).map(([name, value]) => [name, withoutPassword(value)]);
  return { ...pickVariables(env, [...programVariables, ...own]), ...Object.fromEntries(proxies), ...fixed, ...extra };
}

/** Chrome takes no user and password from these addresses, so it needs none. */
function withoutPassword(proxy: string): string {
  return proxy.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/i, '$1');
}
