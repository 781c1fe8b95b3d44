import { text } from 'node:stream/consumers';
import { parseJson } from '../basics/parse-json.ts';
import { fieldOf, textOf } from '../basics/record.ts';
import { browserVersion } from '../plan/browser.ts';
import { type DownloadPorts, download, NotDownloaded } from './download.ts';

/** The list of channels has a few kilobytes. */
const bounds = { limitMs: 60_000, maxBytes: 1_000_000 } as const;

/** The version of the newest stable Chrome. @throws NotDownloaded */
export async function resolveStable(versionsUrl: URL, ports: DownloadPorts): Promise<string> {
  const version = parseStable(await download(versionsUrl, bounds, ports, (bytes) => text(bytes)));
  if (version === undefined) {
    throw new NotDownloaded(versionsUrl.host, 'its answer tells of no stable version');
  }
  return version;
}

/** The stable version in the answer of `last-known-good-versions.json`; undefined: it tells none. */
export function parseStable(answer: string): string | undefined {
  const version = textOf(fieldOf(fieldOf(parseJson(answer), 'channels'), 'Stable'), 'version');
  return version !== undefined && browserVersion.test(version) ? version : undefined;
}
