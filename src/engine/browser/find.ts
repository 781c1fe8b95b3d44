import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { posix } from 'node:path';
import { UserError } from '../../errors/user-error.ts';
import { isPackageFolder, prepareChromiumOf, preparePackagedChromium } from './packaged.ts';
import { browserPlaces } from './places.ts';
import type { BrowserProgram } from './program.ts';

const howToGetOne =
  'Install Google Chrome, Chromium or Microsoft Edge, or set browser-path to one. On Linux (x64) ' +
  '`npm install --save-dev @sparticuz/chromium` brings one along: set browser-path to node_modules/@sparticuz/chromium in a workflow.';

/**
 * The browser to capture with: the given one (a program, or the folder of the npm package), else one in the usual places, else the Chromium of the npm package
 * `@sparticuz/chromium` when it is installed in one of the folders or above it.
 * @throws UserError when there is none.
 */
export async function findBrowser(
  browserPath: string | undefined,
  moduleFolders: readonly string[],
  places: readonly string[] = browserPlaces({ platform: process.platform, env: process.env, homeFolder: homedir() }),
  platform: NodeJS.Platform = process.platform,
): Promise<BrowserProgram> {
  if (browserPath !== undefined) {
    if (platform === 'win32' && /\.(?:cmd|bat)$/i.test(browserPath)) {
      throw new UserError(
        `browser-path names a script, which Windows runs in a shell only: ${browserPath}`,
        'Set it to the program that the script starts, such as C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe.',
        { wrongInput: true },
      );
    }
    const program = programOf(browserPath, platform);
    if (await isProgram(program)) {
      return { path: program, env: {} };
    }
    if (await isPackageFolder(browserPath)) {
      return prepareChromiumOf(browserPath);
    }
    throw new UserError(`browser-path names no program that can be run: ${browserPath}`, howToGetOne, { wrongInput: true });
  }
  for (const path of places) {
    if (await isProgram(path)) {
      return { path, env: {} };
    }
  }
  const packaged = await preparePackagedChromium(moduleFolders);
  if (packaged !== undefined) {
    return packaged;
  }
  throw new UserError('The built-in engine needs a browser, and none was found on this machine.', howToGetOne);
}

/** On macOS an application is a folder, with the program of its name in it. */
function programOf(path: string, platform: NodeJS.Platform): string {
  return platform === 'darwin' && /\.app\/?$/i.test(path)
    ? posix.join(path, 'Contents/MacOS', posix.basename(path).replace(/\.app$/i, ''))
    : path;
}

/** Whether it is a file that may be run. Windows knows no such right, so there every file that can be read counts. */
async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
