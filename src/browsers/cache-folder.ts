import { posix, win32 } from 'node:path';

export interface CacheMachine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

/** Where downloaded browsers are kept: in the tool cache of a runner, else in the user's folder for what can be had again. */
export function browserCacheFolder({ platform, env, homeFolder }: CacheMachine): string {
  const { join, isAbsolute } = platform === 'win32' ? win32 : posix;
  const folderIn = (name: string): string | undefined => {
    const folder = env[name];
    return folder !== undefined && isAbsolute(folder) ? folder : undefined;
  };
  const ofRunner = folderIn('RUNNER_TOOL_CACHE');
  if (ofRunner !== undefined) {
    return join(ofRunner, 'visual-capture-browsers');
  }
  switch (platform) {
    case 'win32':
      return join(folderIn('LOCALAPPDATA') ?? join(homeFolder, 'AppData', 'Local'), 'visual-capture', 'browsers');
    case 'darwin':
      return join(homeFolder, 'Library', 'Caches', 'visual-capture', 'browsers');
    default:
      return join(folderIn('XDG_CACHE_HOME') ?? join(homeFolder, '.cache'), 'visual-capture', 'browsers');
  }
}
