import { homedir } from 'node:os';
import { Browser, detectBrowserPlatform, getDownloadUrl } from '@puppeteer/browsers';
import { formatDuration } from '../basics/format.ts';
import { UserError } from '../errors/user-error.ts';
import type { BrowserChoice } from '../plan/browser.ts';
import { browserKey } from '../results/downloaded-browser.ts';
import type { DownloadedBrowser } from '../results/model.ts';
import type { Clock, Log } from '../system/ports.ts';
import { browserCacheFolder } from './cache-folder.ts';
import { type DownloadHost, readDownloadHost } from './download-host.ts';
import { explainDownload, explainOtherArchive } from './explain.ts';
import { type Build, findInstalled, type Installed, installBuild } from './install.ts';
import { resolveStable } from './resolve-stable.ts';

export interface BrowserPorts {
  readonly log: Log;
  readonly clock: Pick<Clock, 'sleep' | 'nowMs'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** A downloaded browser that is there to be started. */
export interface ReadyBrowser extends DownloadedBrowser {
  readonly path: string;
}

/**
 * Makes the browser ready that was chosen: from the cache, else downloaded. `known`: SHA-256 of archives by `browserKey`, as
 * the baselines tell them; one that has another is refused.
 * @throws UserError when it cannot be had; the signal's reason when it aborts.
 */
export async function openBrowser(
  choice: Exclude<BrowserChoice, { kind: 'system' }>,
  known: ReadonlyMap<string, string>,
  ports: BrowserPorts,
): Promise<ReadyBrowser> {
  const host = readDownloadHost(ports.env);
  const version = choice.kind === 'version' ? choice.version : await findStable(host, ports);
  const platform = detectBrowserPlatform();
  const system = `${process.platform} ${process.arch}`;
  const shown = `browser: chrome@${version}`;
  if (platform === undefined || (process.platform === 'linux' && !/^(?:x64|arm64)$/.test(process.arch))) {
    throw new UserError(
      `${shown} cannot be had: there is no Chrome for Testing for ${system}.`,
      'Set browser: system, with a Chromium that is installed on this machine, or browser-path to one.',
    );
  }
  const build: Build = { version, platform };
  refuseOtherArchitecture(build, shown);
  const key = browserKey({ version, platform: system });
  const expected = known.get(key);
  const check = (place: string) => (found: string) => {
    if (expected !== undefined && expected !== found) {
      throw explainOtherArchive(shown, place, { known: expected, found });
    }
  };
  const cacheFolder = browserCacheFolder({ platform: process.platform, env: ports.env, homeFolder: homedir() });
  const there = await findInstalled(cacheFolder, build);
  if (there !== undefined) {
    check(`that was downloaded to ${cacheFolder}`)(there.sha256);
  }
  const installed =
    there ?? (await fetchBuild(cacheFolder, build, { host, shown, check: check('that was downloaded now') }, ports));
  return { version, platform: system, sha256: installed.sha256, path: installed.path };
}

async function findStable({ versionsUrl }: DownloadHost, ports: BrowserPorts): Promise<string> {
  const version = await resolveStable(versionsUrl, ports).catch((error: unknown) => {
    throw explainDownload(error, 'browser: stable', 'versions');
  });
  ports.log.info(`browser: stable is chrome@${version} in this run.`);
  return version;
}

async function fetchBuild(
  cacheFolder: string,
  build: Build,
  { host, shown, check }: { readonly host: DownloadHost; readonly shown: string; readonly check: (sha256: string) => void },
  ports: BrowserPorts,
): Promise<Installed> {
  const startMs = ports.clock.nowMs();
  ports.log.info(`Downloading Chrome ${build.version} to ${cacheFolder}.`);
  const installed = await installBuild(cacheFolder, build, host.baseUrl, ports, check).catch((error: unknown) => {
    throw explainDownload(error, shown, 'archive');
  });
  ports.log.info(
    `Chrome ${build.version} is there after ${formatDuration(ports.clock.nowMs() - startMs)}; its archive has the SHA-256 ${installed.sha256}.`,
  );
  return installed;
}

/** The library answers with the archive for x64 where there is none for ARM. */
function refuseOtherArchitecture({ version, platform }: Build, shown: string): void {
  if (
    process.platform === 'linux' &&
    process.arch === 'arm64' &&
    /linux64/.test(getDownloadUrl(Browser.CHROME, platform, version).pathname)
  ) {
    throw new UserError(
      `${shown} cannot be had: there is no Chrome for Testing of that version for Linux on ARM.`,
      'Name a newer version, or set browser: system, with a Chromium that is installed on this machine.',
    );
  }
}
