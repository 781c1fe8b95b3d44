/** What a browser needs from the environment, on any system. Compared without regard to case, as Windows does. */
const passedOn = new Set(
  [
    ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TMPDIR', 'LD_LIBRARY_PATH', 'FONTCONFIG_FILE', 'FONTCONFIG_PATH'],
    ...['XDG_RUNTIME_DIR', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_DATA_DIRS', 'DBUS_SESSION_BUS_ADDRESS'],
    ...['SystemRoot', 'SystemDrive', 'windir', 'ComSpec', 'TEMP', 'TMP', 'USERPROFILE', 'USERNAME', 'APPDATA', 'LOCALAPPDATA'],
    ...['ProgramFiles', 'ProgramFiles(x86)', 'ProgramW6432', 'ProgramData', 'ALLUSERSPROFILE', 'PUBLIC'],
    ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'],
  ].map((name) => name.toLowerCase()),
);

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
  const needed = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && passedOn.has(entry[0].toLowerCase()),
  );
  return { ...Object.fromEntries(needed), ...fixed, ...extra };
}
