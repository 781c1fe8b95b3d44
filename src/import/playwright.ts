import { sameFileKey } from '../plan/safe-name.ts';
import { type Imported, type ImportedPage, type ImportedPicture, NoteBook } from './imported.ts';
import { field, itemsOf, type LiteralRecord, recordOf, textOf } from './literal.ts';
import { parseWebUrl } from './site-urls.ts';
import { UniqueNames } from './unique-names.ts';

/** A picture in a folder such as `home.spec.ts-snapshots`, with its size in pixels. */
export interface Snapshot {
  /** Below the folder that is imported from. */
  readonly path: string;
  readonly width: number;
  readonly height: number;
}

/** As Node names them, and as Playwright ends the names of its pictures by default. */
const platforms = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' } as const;
type Platform = keyof typeof platforms;

/** Projects that `npm init playwright` writes, where no configuration says what there are. */
const usualProjects = [
  ...['chromium', 'firefox', 'webkit', 'Mobile-Chrome', 'Mobile-Safari', 'Microsoft-Edge', 'Google-Chrome'],
  ...['Desktop-Chrome', 'Desktop-Firefox', 'Desktop-Safari'],
];

/** The window of a Playwright page that nobody gave another size. */
const usualWindow = { width: 1280, height: 720 } as const;

/** What a configuration says of the pictures' names, and of the site. */
export interface PlaywrightConfig {
  readonly projects: readonly string[];
  readonly baseUrl: string | undefined;
}

/** Names of projects, as they are in file names, and the address of the site, as far as they are written out. */
export function readPlaywrightConfig(config: LiteralRecord | undefined): PlaywrightConfig {
  const projects = itemsOf(field(config, 'projects')).flatMap((item) => textOf(field(recordOf(item), 'name')) ?? []);
  return {
    projects: projects.map((name) => name.replaceAll(/[^\p{L}\p{N}_.-]+/gu, '-')),
    baseUrl: textOf(field(recordOf(field(config, 'use')), 'baseURL')),
  };
}

interface NamedSnapshot extends Snapshot {
  /** Of the page: the test file and the picture's own name. */
  readonly page: string;
  readonly project: string | undefined;
  readonly platform: Platform | undefined;
}

/**
 * Pictures of Playwright's `toHaveScreenshot` as baselines. Which page each of them shows stands in a program, so the
 * addresses are to be filled in.
 */
export function importPlaywright(snapshots: readonly Snapshot[], config: PlaywrightConfig): Imported {
  const notes = new NoteBook();
  const projects = [...(config.projects.length > 0 ? config.projects : usualProjects)].sort((a, b) => b.length - a.length);
  const named = snapshots.map((snapshot) => readName(snapshot, projects));
  const kept = keepOneSystem(
    named.filter((snapshot) => isOfChrome(snapshot, notes)),
    notes,
  );
  const names = new UniqueNames(notes);
  const byPage = Map.groupBy(kept, ({ page }) => page);
  const pages: ImportedPage[] = [];
  const pictures: ImportedPicture[] = [];
  for (const [page, shots] of byPage) {
    const name = names.take(page, shots[0]?.path ?? page);
    const isMany = new Set(shots.map(({ project }) => project)).size > 1;
    const viewports = shots.map((shot) => ({ shot, ...viewportOf(shot, isMany) }));
    const isWhole = shots.some(({ width, height }) => width === usualWindow.width && height > usualWindow.height);
    pages.push({
      name,
      url: '/',
      comment: `FILL IN: the page that ${testFileOf(shots[0]?.path ?? '')} looks at there`,
      settings: { viewports: viewports.map(({ written }) => written), ...(isWhole ? { 'full-page': true } : {}) },
    });
    pictures.push(...viewports.map(({ shot, viewport }) => ({ id: `${name}/${viewport}`, path: shot.path })));
  }
  const base = parseWebUrl(config.baseUrl ?? '');
  if (pages.length > 0) {
    notes.add(
      'the tests',
      'what they do before a picture is a program: fill in url, and see steps, selector, mask and hide for the rest',
    );
    notes.add(
      'sizes of windows',
      'were taken from the pictures; of the picture of an element set selector and a window size of your own',
    );
  }
  return {
    settings: { 'base-url': base?.href.replace(/\/$/, '') ?? 'http://localhost:3000', engine: 'local' },
    pages,
    pictures,
    notes: notes.notes,
  };
}

/** `tests/home.spec.ts-snapshots/hero-chromium-linux.png` is `tests/home/hero`, of the project `chromium` on Linux. */
function readName(snapshot: Snapshot, projects: readonly string[]): NamedSnapshot {
  const stem = snapshot.path.replace(/\.png$/i, '');
  const platform = (Object.keys(platforms) as Platform[]).find((one) => stem.endsWith(`-${one}`));
  const withoutPlatform = platform === undefined ? stem : stem.slice(0, -platform.length - 1);
  const project = projects.find((one) => withoutPlatform.endsWith(`-${one}`));
  const own = project === undefined ? withoutPlatform : withoutPlatform.slice(0, -project.length - 1);
  const page = own.replace(/(?:\.(?:spec|test|e2e))?\.[cm]?[jt]sx?-snapshots\//, '/');
  return { ...snapshot, page, project, platform };
}

function testFileOf(path: string): string {
  return /^(.*)-snapshots\//.exec(path)?.[1] ?? path;
}

function isOfChrome({ path, project }: NamedSnapshot, notes: NoteBook): boolean {
  const other = /firefox|webkit|safari/i.exec(project ?? '')?.[0];
  if (other !== undefined) {
    notes.add(path, 'pictures are taken by Chrome alone, and not by Firefox or WebKit');
  }
  return other === undefined;
}

/** A baseline is of one system: Linux, which the runners have, before the others. */
function keepOneSystem(snapshots: readonly NamedSnapshot[], notes: NoteBook): NamedSnapshot[] {
  const order: readonly (Platform | undefined)[] = [undefined, 'linux', 'darwin', 'win32'];
  const same = Map.groupBy(snapshots, ({ page, project }) => sameFileKey(`${page}\n${project ?? ''}`));
  return [...same.values()].flatMap((shots) => {
    const [kept, ...others] = shots.toSorted((a, b) => order.indexOf(a.platform) - order.indexOf(b.platform));
    for (const { path } of others) {
      notes.add(path, 'a baseline is of one system, and the picture of another one was taken');
    }
    return kept === undefined ? [] : [kept];
  });
}

/** Pictures of `toHaveScreenshot` have a pixel for each CSS pixel. Several projects of one page are told apart by their names. */
function viewportOf({ width, height, project }: NamedSnapshot, isMany: boolean): { viewport: string; written: string } {
  const size =
    width === usualWindow.width && height > usualWindow.height ? `${width}x${usualWindow.height}` : `${width}x${height}`;
  const name = isMany && project !== undefined ? project.toLowerCase() : undefined;
  return name === undefined ? { viewport: size, written: size } : { viewport: name, written: `${name}=${size}` };
}
