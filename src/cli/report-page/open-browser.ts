import { spawn } from 'node:child_process';

/** A program and its arguments. */
export interface Opener {
  readonly file: string;
  readonly args: readonly string[];
}

/** What opens an address in the browser of the person, on each system; never through a shell. */
export function chooseOpener(url: string, platform: NodeJS.Platform): Opener {
  switch (platform) {
    case 'darwin':
      return { file: 'open', args: [url] };
    case 'win32':
      // `start` is a word of the shell; this is the program behind it.
      return { file: 'rundll32.exe', args: ['url.dll,FileProtocolHandler', url] };
    default:
      return { file: 'xdg-open', args: [url] };
  }
}

/** Opens an address; false where there is nothing to open it with. The browser outlives this process. */
export function openBrowser(url: string, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  const { file, args } = chooseOpener(url, platform);
  return new Promise((resolve) => {
    const opener = spawn(file, args, { stdio: 'ignore', detached: true, shell: false });
    opener.once('error', () => resolve(false));
    opener.once('spawn', () => {
      opener.unref();
      resolve(true);
    });
  });
}
