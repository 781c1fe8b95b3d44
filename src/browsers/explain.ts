import { UserError } from '../errors/user-error.ts';
import { NotDownloaded } from './download.ts';
import { hostVariable } from './download-host.ts';

const wayOut = 'To do without it, set browser: system, which captures with the browser of this machine, or that at browser-path.';

/** What to do about an archive or a list of versions that did not come. `shown`: the input, e.g. `browser: stable`. */
export function explainDownload(error: unknown, shown: string, what: 'archive' | 'versions'): unknown {
  if (!(error instanceof NotDownloaded)) {
    return error;
  }
  const { host, status, message } = error;
  if (what === 'archive' && status === 404) {
    return new UserError(
      `${shown} could not be downloaded: ${host} has no such version for this system (it answered 404).`,
      `Name a version that Chrome for Testing has, or browser: stable. ${wayOut}`,
      { cause: error },
    );
  }
  const verb = what === 'archive' ? 'downloaded from' : 'looked up at';
  const instead =
    what === 'versions' ? ' With a version, such as browser: chrome@154.0.8100.2, nobody has to be asked for the newest.' : '';
  return new UserError(
    `${shown} could not be ${verb} ${host}: ${message}.`,
    `Let this machine reach ${host} (a proxy is taken from HTTPS_PROXY), or name a mirror in the variable ${hostVariable}.${instead} ${wayOut}`,
    { cause: error },
  );
}

/** The archive is another one than the manifest of the baselines tells. */
export function explainOtherArchive(
  shown: string,
  place: string,
  hashes: { readonly known: string; readonly found: string },
): UserError {
  return new UserError(
    `${shown} is not the browser that the baselines were taken with: the manifest of the baselines tells of an archive with the SHA-256 ${hashes.known}, and the one ${place} has ${hashes.found}.`,
    'Find out which of the two is right before you run it: builds of Chrome do not change. If somebody changed the manifest, restore it from git; if the download is wrong, correct the mirror. If the new one is right, delete the line of this browser in the manifest (browsers).',
  );
}
