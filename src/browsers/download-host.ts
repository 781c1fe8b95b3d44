import { isLoopbackHost } from '../address/loopback.ts';
import { UserError } from '../errors/user-error.ts';

/** The variable by which users of puppeteer name a mirror. It belongs to the invocation: no config file can set it. */
export const hostVariable = 'PUPPETEER_CHROME_DOWNLOAD_BASE_URL';

/** Tells the newest version of each channel: Chrome for Testing's own endpoint, the one that @puppeteer/browsers asks. */
const versionsUrl = 'https://googlechromelabs.github.io/chrome-for-testing/last-known-good-versions.json';

export interface DownloadHost {
  /** What lies before `<version>/<platform>/<archive>`; undefined: where Chrome for Testing lies. */
  readonly baseUrl: string | undefined;
  /** Tells the newest versions. */
  readonly versionsUrl: URL;
}

/**
 * Where browsers are downloaded from. A mirror tells the newest version as well, so that one host is enough.
 * @throws UserError when the variable holds no address that a program may be taken from.
 */
export function readDownloadHost(env: Readonly<Record<string, string | undefined>>): DownloadHost {
  const written = env[hostVariable]?.trim().replace(/\/+$/, '') ?? '';
  if (written === '') {
    return { baseUrl: undefined, versionsUrl: new URL(versionsUrl) };
  }
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url === undefined || !isSafeSource(url) || url.search !== '' || url.hash !== '') {
    throw new UserError(
      `The variable ${hostVariable} holds no address that a browser may be downloaded from`,
      'Set it to an https address without a query, such as https://mirror.example/chrome-for-testing, or unset it.',
      { wrongInput: true },
    );
  }
  return { baseUrl: written, versionsUrl: new URL(`${written}/last-known-good-versions.json`) };
}

/** What is downloaded is run, so nobody on the way may change it. */
export function isSafeSource(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
}
