import { defined } from '../basics/record.ts';
import { longestWaitMs } from '../plan/step.ts';
import { type Imported, type ImportedPage, type ImportedPicture, NoteBook } from './imported.ts';
import { field, itemsOf, type Literal, type LiteralRecord, numberOf, recordOf, textOf } from './literal.ts';
import { parseWebUrl, relativeTo } from './site-urls.ts';
import { UniqueNames } from './unique-names.ts';
import { isSide } from './viewports.ts';

/** What a page has that says no size: https://github.com/lost-pixel/lost-pixel/blob/main/src/config.ts */
const usualSize = { width: 1280, height: 720 } as const;

const modes = ['storybookShots', 'pageShots', 'ladleShots', 'histoireShots', 'customShots'];

/** What a file that names no mode means. */
const usualShots: LiteralRecord = { kind: 'record', line: 1, fields: new Map(), isPartial: false };

export function baselineFolderOf(config: LiteralRecord): string {
  return textOf(field(config, 'imagePathBaseline')) ?? '.lostpixel/baseline';
}

/**
 * A configuration of Lost Pixel as ours.
 * @param baselines names of the files among the baselines, with their path below the project
 */
export function importLostPixel(config: LiteralRecord, baselines: ReadonlyMap<string, string>): Imported {
  const notes = new NoteBook();
  noteRun(config, notes);
  const shots = recordOf(field(config, 'pageShots'));
  const storybook =
    recordOf(field(config, 'storybookShots')) ??
    (modes.some((mode) => field(config, mode) !== undefined) ? undefined : usualShots);
  const { pages, pictures, origin } = importPages(config, shots, baselines, notes);
  const { 'base-url': storiesAt, ...stories } =
    storybook === undefined ? {} : importStorybook(config, storybook, pages.length > 0, notes);
  const used = new Set(pictures.map(({ path }) => path));
  for (const path of baselines.values()) {
    if (!used.has(path)) {
      notes.add(
        path,
        storybook === undefined ? 'no page has this picture' : 'pictures of stories are named in another way here; take new ones',
      );
    }
  }
  return {
    settings: { ...defined({ 'base-url': origin ?? storiesAt }), engine: 'local', ...stories },
    pages,
    pictures,
    notes: notes.notes,
  };
}

function importPages(
  config: LiteralRecord,
  shots: LiteralRecord | undefined,
  baselines: ReadonlyMap<string, string>,
  notes: NoteBook,
): { pages: ImportedPage[]; pictures: ImportedPicture[]; origin: string | undefined } {
  const base = parseWebUrl(textOf(field(shots, 'baseUrl')) ?? '');
  if (shots !== undefined && base === undefined) {
    notes.add('pageShots.baseUrl', 'is not an address that is written out; set base-url');
  }
  const names = new UniqueNames(notes);
  const pages: ImportedPage[] = [];
  const pictures: ImportedPicture[] = [];
  for (const [index, item] of itemsOf(field(shots, 'pages')).entries()) {
    const page = recordOf(item);
    const path = textOf(field(page, 'path'));
    const label = textOf(field(page, 'name'));
    const place = `pageShots.pages[${index}]${label === undefined ? '' : ` "${label}"`}`;
    if (page === undefined || path === undefined || label === undefined) {
      notes.add(place, 'has no path and name that are written out, and was left out');
      continue;
    }
    const name = names.take(label, place);
    const viewports = viewportsOf(config, shots, page);
    pages.push({
      name,
      url: base === undefined ? withSlash(path) : relativeTo(base.origin, joinPath(base, path)),
      settings: {
        viewports: viewports.map(({ written }) => written),
        'full-page': true,
        ...pageSettings(config, shots, page, place, notes),
      },
    });
    pictures.push(
      ...viewports.flatMap((viewport): ImportedPicture[] => {
        const found = [...baselines].find(([file]) => isShot(file, label, viewport.breakpoint));
        return found === undefined ? [] : [{ id: `${name}/${viewport.written}`, path: found[1] }];
      }),
    );
  }
  return { pages, pictures, origin: base?.origin };
}

const withSlash = (path: string): string => (path.startsWith('/') ? path : `/${path}`);

/** As `path.join` of both does there: a path of the base stays. */
function joinPath(base: URL, path: string): URL {
  const joined = new URL(base);
  const [pathname = '', ...rest] = path.split(/(?=[?#])/);
  joined.pathname = `${base.pathname.replace(/\/$/, '')}${withSlash(pathname)}`;
  return new URL(`${joined.href}${rest.join('')}`);
}

/** `home__[w360px].png`, and with several browsers `home__[w360px|chromium].png`. */
function isShot(file: string, label: string, breakpoint: number | undefined): boolean {
  const parts = breakpoint === undefined ? [[], ['chromium']] : [[`w${breakpoint}px`], [`w${breakpoint}px`, 'chromium']];
  return parts.some((words) => file === `${label}${words.length === 0 ? '' : `__[${words.join('|')}]`}.png`);
}

/** The page's own widths, else those of all pages, else those of the file, else one usual window. */
function viewportsOf(
  config: LiteralRecord,
  shots: LiteralRecord | undefined,
  page: LiteralRecord,
): readonly { readonly written: string; readonly breakpoint: number | undefined }[] {
  const breakpoints = breakpointsOf([page, shots, config]);
  const own = recordOf(field(page, 'viewport'));
  const width = sideOf(field(own, 'width')) ?? usualSize.width;
  const height = sideOf(field(own, 'height')) ?? usualSize.height;
  return breakpoints === undefined
    ? [{ written: `${width}x${height}`, breakpoint: undefined }]
    : breakpoints.map((breakpoint) => ({ written: `${breakpoint}x${usualSize.height}`, breakpoint }));
}

/** Of the first that has some. */
function breakpointsOf(records: readonly (LiteralRecord | undefined)[]): readonly number[] | undefined {
  return records
    .map((record) => [...new Set(itemsOf(field(record, 'breakpoints')).flatMap((item) => sideOf(item) ?? []))])
    .find((widths) => widths.length > 0);
}

function sideOf(value: Literal | undefined): number | undefined {
  const px = numberOf(value);
  return isSide(px) ? px : undefined;
}

function pageSettings(
  config: LiteralRecord,
  shots: LiteralRecord | undefined,
  page: LiteralRecord,
  place: string,
  notes: NoteBook,
): Record<string, unknown> {
  const waitFor = textOf(field(shots, 'waitForSelector'));
  const waitMs = numberOf(field(page, 'waitBeforeScreenshot')) ?? numberOf(field(config, 'waitBeforeScreenshot')) ?? 0;
  if (waitMs > longestWaitMs) {
    notes.add(
      `${place}.waitBeforeScreenshot`,
      `waits longer than the ${longestWaitMs} ms that are possible; wait-for a selector is better`,
    );
  }
  const mask = masksOf([shots, page]);
  return {
    ...(mask.length === 0 ? {} : { mask }),
    ...(waitFor === undefined ? {} : { 'wait-for': [waitFor] }),
    ...(waitMs <= 0 ? {} : { delay: Math.min(Math.round(waitMs), longestWaitMs) }),
    ...thresholdOf(field(page, 'threshold') ?? field(config, 'threshold'), place, notes),
  };
}

function masksOf(records: readonly (LiteralRecord | undefined)[]): string[] {
  return records.flatMap((record) =>
    itemsOf(field(record, 'mask')).flatMap((item) => textOf(field(recordOf(item), 'selector')) ?? []),
  );
}

/** Below 1 a share of the picture, else a number of pixels. */
function thresholdOf(written: Literal | undefined, place: string, notes: NoteBook): Record<string, number> {
  const threshold = numberOf(written) ?? 0;
  if (threshold < 0 || written?.kind === 'computed') {
    notes.add(`${place}.threshold`, 'is not a number that is written out; set max-diff-ratio or max-diff-pixels');
    return {};
  }
  if (threshold === 0) {
    return {};
  }
  return threshold < 1 ? { 'max-diff-ratio': threshold } : { 'max-diff-pixels': Math.round(threshold) };
}

/** Where a folder is served that Lost Pixel serves by itself; the port that Storybook has by default. */
const servedStorybook = 'http://localhost:6006';

function importStorybook(
  config: LiteralRecord,
  shots: LiteralRecord,
  hasPages: boolean,
  notes: NoteBook,
): Record<string, unknown> {
  const written = textOf(field(shots, 'storybookUrl')) ?? 'storybook-static';
  const url = parseWebUrl(written);
  if (url === undefined) {
    notes.add('storybookShots.storybookUrl', `the folder ${written} is not served by itself; serve it at ${servedStorybook}`);
  }
  notes.add(
    'parameters.lostpixel of stories',
    'is not read; the tag skip-visual leaves a story out, and a target of its name has settings of its own',
  );
  const address = url?.href ?? servedStorybook;
  if (!hasPages) {
    return { 'base-url': address, discover: { storybook: true }, ...storySettings(config, shots, notes) };
  }
  for (const key of ['mask', 'breakpoints', 'elementLocator', 'waitForSelector']) {
    if (field(shots, key) !== undefined) {
      notes.add(
        `storybookShots.${key}`,
        'pages and stories share the top of the file; a config file of their own gives stories their settings',
      );
    }
  }
  return { discover: { storybook: address } };
}

function storySettings(config: LiteralRecord, shots: LiteralRecord, notes: NoteBook): Record<string, unknown> {
  const widths = breakpointsOf([shots, config]);
  const selector = textOf(field(shots, 'elementLocator'));
  const waitFor = textOf(field(shots, 'waitForSelector'));
  const mask = masksOf([shots]);
  return {
    ...(widths === undefined ? {} : { viewports: widths.map((width) => `${width}x${usualSize.height}`) }),
    ...(mask.length === 0 ? {} : { mask }),
    ...(selector === undefined ? {} : { selector }),
    ...(waitFor === undefined ? {} : { 'wait-for': [waitFor] }),
    ...thresholdOf(field(config, 'threshold'), 'the file', notes),
  };
}

/** What the whole file cannot hand on. Keys are not quoted where they may be secrets. */
const lost: Readonly<Record<string, string>> = {
  ladleShots: 'stories of Ladle are not found by themselves; list each as a target, /?story=ID&mode=preview',
  histoireShots:
    'stories of Histoire are not found by themselves; list each as a target, /__sandbox.html?storyId=ID&variantId=ID',
  customShots: 'pictures of other tools are compared by: visual-capture compare FOLDER FOLDER',
  apiKey: 'baselines of Lost Pixel’s platform are not in the project; take new ones',
  lostPixelProjectId: 'baselines of Lost Pixel’s platform are not in the project; take new ones',
  beforeScreenshot: 'is a program, and is not carried over; see steps, style and wait-for',
  afterScreenshot: 'is a program, and is not carried over',
  configureBrowser: 'is a program, and is not carried over; see locale, timezone, color-schemes, cookies',
  shotNameGenerator: 'is a program, and is not carried over; pictures that it named are not found',
  filterShot: 'is a program, and is not carried over; see include and exclude of discover',
  filterItemsToCheck: 'is a program, and is not carried over; see include and exclude of discover',
  browserLaunchOptions: 'options of the browser are not carried over',
  flakynessRetries: 'a difference is taken again by itself; see retakes',
};

function noteRun(config: LiteralRecord, notes: NoteBook): void {
  const shots = recordOf(field(config, 'pageShots'));
  for (const [key, reason] of Object.entries(lost)) {
    if (field(config, key) !== undefined) {
      notes.add(key, reason);
    }
  }
  for (const key of elsewhere.filter((one) => field(shots, one) !== undefined)) {
    notes.add(`pageShots.${key}`, 'pages that are listed elsewhere are not read; see discover, or list them as targets');
  }
  if (itemsOf(field(config, 'browser')).some((browser) => textOf(browser) !== 'chromium')) {
    notes.add('browser', 'pictures are taken by Chrome alone');
  }
  noteComputed(config, '', Object.keys(lost), notes);
  if (shots !== undefined) {
    noteComputed(shots, 'pageShots.', elsewhere, notes);
  }
}

const elsewhere = ['pagesJsonUrl', 'pagesJsonRefiner'];

/** What only running the file would tell, but for keys that are told already. */
function noteComputed(record: LiteralRecord, prefix: string, told: readonly string[], notes: NoteBook): void {
  for (const [key, { kind, line }] of record.fields) {
    if (kind === 'computed' && !told.includes(key)) {
      notes.add(`${prefix}${key} (line ${line})`, 'is computed when the file runs, and is not known');
    }
  }
  if (record.isPartial) {
    notes.add(`${prefix}… (line ${record.line})`, 'is computed when the file runs, and is not known');
  }
}
