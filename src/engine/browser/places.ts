import { posix, win32 } from 'node:path';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

/** Names that browsers have on the PATH, the best known first. */
const commands = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
] as const;

const linuxPlaces = [
  '/opt/google/chrome/chrome',
  '/usr/lib/chromium/chromium',
  '/usr/lib/chromium-browser/chromium-browser',
  '/opt/microsoft/msedge/msedge',
  '/snap/bin/chromium',
  '/var/lib/flatpak/exports/bin/org.chromium.Chromium',
] as const;

const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge'] as const;

/** Below %ProgramFiles% and its like. */
const windowsPlaces = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
] as const;
const windowsRoots = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'] as const;

/** Where a Chrome, Chromium or Edge may be on the machine, the likeliest first. Nothing is looked up. */
export function browserPlaces(machine: Machine): string[] {
  switch (machine.platform) {
    case 'win32':
      return windowsPlaces.flatMap((place) =>
        windowsRoots.flatMap((root) => {
          const folder = variable(machine, root);
          return folder === undefined ? [] : [win32.join(folder, place)];
        }),
      );
    case 'darwin':
      return [
        ...macApplications.flatMap((name) =>
          ['/Applications', posix.join(machine.homeFolder, 'Applications')].map((folder) =>
            posix.join(folder, `${name}.app`, 'Contents/MacOS', name),
          ),
        ),
        ...onPath(machine),
      ];
    default:
      return [...onPath(machine), ...linuxPlaces];
  }
}

function onPath(machine: Machine): string[] {
  const folders = (variable(machine, 'PATH') ?? '').split(':').filter((folder) => posix.isAbsolute(folder));
  return commands.flatMap((command) => folders.map((folder) => posix.join(folder, command)));
}

/** Windows does not tell the case of its variables' names apart; a copied environment does. */
function variable({ env }: Machine, name: string): string | undefined {
  const key = Object.keys(env).find((key) => key.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : env[key];
}
