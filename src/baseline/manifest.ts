import { parseJson } from '../basics/parse-json.ts';
import { defined, fieldOf, isRecord } from '../basics/record.ts';
import { browserName } from '../plan/browser.ts';
import { parsePictureKey } from '../plan/capture-id.ts';
import { browserKey, browserKeyForm } from '../results/downloaded-browser.ts';
import type { AccountLimit, CaptureEnvironment, DownloadedBrowser, MaskedParts, NoisePlace } from '../results/model.ts';
import { environmentShape, masksShape, placesShape, readAccountLimit } from '../results/report-shape.ts';
import { integer, matching, optional, record } from '../results/shape.ts';
import { sha256, sha256Form } from '../system/sha256.ts';
import type { Baseline, KnownBrowsers } from './source.ts';

/** Name of the manifest, beside the pictures' folders. No capture can be named so: an id has a `/`. */
export const manifestFile = 'manifest.json';

/** Finer than this a duration is chance: two takes of one page should read the same. */
const durationStepMs = 100;
/** A day, above which `attempt-timeout` lets no request go. */
const longestMs = 86_400_000;

/** How one baseline was taken. */
export interface ManifestEntry {
  /** Of the PNG. When a file has another, somebody replaced it and the entry says nothing of it. */
  readonly sha256: string;
  readonly environment: CaptureEnvironment;
  /** What moved between its takes, in device pixels; absent: nothing did, or it was taken once. */
  readonly noise?: readonly NoisePlace[];
  /** What the selectors of `mask` cover in it, where the engine told. */
  readonly masks?: readonly MaskedParts[];
  /** How long the request took that brought the picture, rounded. */
  readonly durationMs?: number;
  /** When a picture that is accepted beside others was last known to be seen, as `YYYY-MM-DD`. */
  readonly seen?: string;
  /** The workflow run that wrote it; the ids of a repository's runs grow. */
  readonly run?: number;
}

/** Entries by the key of the picture: the capture's id, or `<id>~2` and so on for further accepted pictures of it. */
export type Manifest = ReadonlyMap<string, ManifestEntry>;

/** What a manifest tells besides its captures. */
export interface ManifestFacts {
  /** The account's limit as the run met it that wrote the manifest; undefined: it met none, or it cannot be understood. */
  readonly limit?: AccountLimit | undefined;
  readonly browsers?: KnownBrowsers | undefined;
}

/** All that a manifest tells. */
export interface WholeManifest extends ManifestFacts {
  readonly manifest: Manifest;
  readonly limit: AccountLimit | undefined;
  readonly browsers: KnownBrowsers;
}

/** Reads a manifest. What is not understood is left out: it is information, never a reason to fail. */
export function readManifest(bytes: Uint8Array | undefined): WholeManifest {
  const written = bytes === undefined ? undefined : parseJson(new TextDecoder().decode(bytes));
  return {
    manifest: readEntries(fieldOf(written, 'version') === 1 ? fieldOf(written, 'captures') : undefined),
    limit: readAccountLimit(fieldOf(written, 'limit')),
    browsers: readBrowsers(fieldOf(written, 'browsers')),
  };
}

/** The captures of a manifest alone. */
export function parseManifest(bytes: Uint8Array | undefined): Manifest {
  return readManifest(bytes).manifest;
}

function readEntries(captures: unknown): Manifest {
  return new Map(
    Object.entries(isRecord(captures) ? captures : {}).flatMap(([id, value]): [string, ManifestEntry][] => {
      const entry = readEntry(value);
      return entry === undefined ? [] : [[id, entry]];
    }),
  );
}

function readBrowsers(browsers: unknown): KnownBrowsers {
  return new Map(
    Object.entries(isRecord(browsers) ? browsers : {}).filter(
      (entry): entry is [string, string] =>
        browserKeyForm.test(entry[0]) && typeof entry[1] === 'string' && sha256Form.test(entry[1]),
    ),
  );
}

/** A line for each capture, sorted, so that two branches that change different ones merge. Of the browsers those are kept by which pictures were taken. */
export function renderManifest(manifest: Manifest, { limit, browsers = new Map() }: ManifestFacts = {}): string {
  const lines = [...manifest]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, entry]) => `    ${JSON.stringify(id)}: ${JSON.stringify(entry)}`);
  const known = limit === undefined ? '' : `  "limit": ${JSON.stringify(limit)},\n`;
  const used = new Set([...manifest.values()].map(({ environment }) => environment.browser));
  const kept = [...browsers]
    .filter(([key]) => used.has(browserName(browserKeyForm.exec(key)?.[1] ?? '')))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, hash]) => `    ${JSON.stringify(key)}: ${JSON.stringify(hash)}`);
  const archives = kept.length === 0 ? '' : `  "browsers": {\n${kept.join(',\n')}\n  },\n`;
  return `{\n  "version": 1,\n${known}${archives}  "captures": {\n${lines.join(',\n')}\n  }\n}\n`;
}

/** The browsers that a manifest knows, and the one that a run has captured with. */
export function addBrowser(known: KnownBrowsers, browser: DownloadedBrowser | undefined): KnownBrowsers {
  return browser === undefined ? known : new Map([...known, [browserKey(browser), browser.sha256]]);
}

/** By which browser each first baseline was taken, as its entry names it. */
export function browsersOf(manifest: Manifest): ReadonlyMap<string, string> {
  return ofFirst(manifest, ({ environment }) => environment.browser);
}

/** The entry for a picture that becomes the baseline; undefined where nobody knows how it was taken. */
export function manifestEntry(
  { png, environment, noise = [], masks, durationMs, seen }: Baseline,
  run?: number,
): ManifestEntry | undefined {
  return environment === undefined
    ? undefined
    : {
        sha256: sha256(png),
        environment,
        ...(noise.length === 0
          ? {}
          : { noise: noise.map(({ x, y, width, height, shade }) => ({ x, y, width, height, ...defined({ shade }) })) }),
        ...(durationMs === undefined ? {} : { durationMs: roundDuration(durationMs) }),
        ...defined({ masks, seen, run }),
      };
}

/** Rounded up, so that what was fast does not look like what took no time at all. */
function roundDuration(durationMs: number): number {
  return Math.min(Math.ceil(durationMs / durationStepMs) * durationStepMs, longestMs);
}

/**
 * How long captures took when their baselines were taken. Also of pictures that somebody replaced since: it is the same
 * page, and an estimate is all that is wanted.
 */
export function durationsOf(manifest: Manifest): ReadonlyMap<string, number> {
  return ofFirst(manifest, ({ durationMs }) => durationMs);
}

/** What the entries of first accepted pictures tell, by the id of the capture, of those that tell it. */
function ofFirst<T>(manifest: Manifest, tell: (entry: ManifestEntry) => T | undefined): ReadonlyMap<string, T> {
  return new Map(
    [...manifest].flatMap(([key, entry]): [string, T][] => {
      const { id, number } = parsePictureKey(key);
      const told = number === 1 ? tell(entry) : undefined;
      return told === undefined ? [] : [[id, told]];
    }),
  );
}

/** A baseline with what the manifest tells of it, if the manifest is about this very picture. */
export function describeBaseline(manifest: Manifest, key: string, png: Uint8Array): Baseline {
  const entry = manifest.get(key);
  return entry === undefined || entry.sha256 !== sha256(png)
    ? { png }
    : { png, environment: entry.environment, ...defined({ noise: entry.noise, masks: entry.masks, seen: entry.seen }) };
}

const entryShape = record<ManifestEntry>({
  sha256: matching(sha256Form, 'a SHA-256 in hex'),
  environment: environmentShape,
  noise: optional(placesShape),
  masks: optional(masksShape),
  durationMs: optional(integer(0, longestMs)),
  seen: optional(matching(/^\d{4}-\d{2}-\d{2}$/, 'a day like 2026-03-02')),
  run: optional(integer()),
});

function readEntry(value: unknown): ManifestEntry | undefined {
  try {
    return entryShape.read(value, 'entry');
  } catch {
    return undefined;
  }
}
