import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
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
): Promise<BrowserProgram> {
  if (browserPath !== undefined) {
    if (await isProgram(browserPath)) {
      return { path: browserPath, env: {} };
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

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
