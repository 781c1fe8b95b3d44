import { resolveCounterpart } from '../address/counterpart.ts';
import { ownUrl, resolveTargetUrl } from '../address/target-url.ts';
import { defined } from '../basics/record.ts';
import { type Place, type Problem, sourceOf } from '../errors/problem.ts';
import type { Capture, CaptureSettings, CompareSettings, Page, PageCheck, Viewport } from '../plan/capture.ts';
import type { DiscoverySource } from '../plan/discovery.ts';
import type { ColorScheme, PageSettings } from '../plan/page-settings.ts';
import { nameFromUrl, sameFileKey, toSafeName, unsafeNameReason } from '../plan/safe-name.ts';

/** A target with its settings, before it is known whether its address and its name will do. */
export interface PlannedTarget {
  readonly place: Place;
  readonly page: TargetPage;
  /** Absent: it is named by its address. */
  readonly name?: { readonly raw: string; readonly place: Place };
  readonly viewports: readonly PlannedViewport[];
  /** Each is a capture of its own, at each viewport. */
  readonly colorSchemes: readonly ColorScheme[];
  readonly settings: CaptureSettings;
  readonly compare: CompareSettings;
  /** Absent: its page is not checked. */
  readonly pageCheck?: PageCheck;
  /** Where `mask` was written, if it was. */
  readonly maskPlace?: Place;
  /** Absent: somebody listed it. */
  readonly foundBy?: DiscoverySource;
}

/** A window size, or the screen of a device with what makes it one. */
export interface PlannedViewport extends Viewport {
  readonly device?: Pick<PageSettings, 'mobile' | 'touch' | 'userAgent'>;
}

/** What a target looks at, as it was written. */
export type TargetPage =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'html'; readonly html: string }
  /** The one of its name, which has yet to be found. */
  | { readonly kind: 'found' }
  /** Its settings are checked all the same. Without a problem, what is wrong with it is noted already. */
  | { readonly kind: 'refused'; readonly problem?: string };

/** What relative targets are joined to, and what the result is compared with. */
export interface Deployments {
  readonly base: URL | undefined;
  readonly baseline: URL | undefined;
}

/** Of one run, all shards together; more is a mistake: nobody looks through that many, and a run would take days. */
const maxCaptures = 100_000;

/** Targets × viewports → captures. Notes all that is wrong in `problems`. */
export function planCaptures(targets: Iterable<PlannedTarget>, deployments: Deployments, problems: Problem[]): Capture[] {
  const namedAt = new Map<string, Named>();
  const captures: Capture[] = [];
  for (const target of targets) {
    const { settings, compare, pageCheck, maskPlace, foundBy } = target;
    const resolved = resolvePage(target, deployments, problems);
    const name = takeName(target, resolved?.name, namedAt, problems);
    if (resolved === undefined || name === undefined) {
      continue;
    }
    const looks = looksOf(target, isOfPreview(resolved.page, deployments.base));
    if (captures.length + looks.length > maxCaptures) {
      const message = `the targets and viewports up to here make more than the ${maxCaptures} captures that a run may have. Split the config file in several`;
      problems.push({ place: target.place, message });
      break;
    }
    const twice = findTwice(looks.map(({ viewport }) => viewport.name));
    if (twice !== undefined) {
      const message = `the viewport "${twice}" is there twice, because color-schemes adds -dark to a name. Give one of them another name`;
      problems.push({ place: target.place, message });
      continue;
    }
    const source = sourceOf(target.place);
    const maskSource = maskPlace === undefined ? undefined : sourceOf(maskPlace);
    // JPEG pictures are never compared.
    const baselineUrl = settings.format === 'jpeg' ? undefined : resolved.baselineUrl;
    for (const { viewport, page } of looks) {
      const id = `${name}/${viewport.name}`;
      captures.push({
        id,
        name,
        viewport,
        page: resolved.page,
        ...defined({ baselineUrl, source, maskSource, pageCheck, foundBy }),
        settings: { ...withoutPage(settings), ...defined({ page }) },
        compare,
      });
    }
  }
  return captures;
}

function findTwice(names: readonly string[]): string | undefined {
  const keys = names.map(sameFileKey);
  return names.find((_, index) => keys.indexOf(keys[index] ?? '') !== index);
}

interface Look {
  readonly viewport: Viewport;
  readonly page: PageSettings | undefined;
}

function withoutPage({ page: _, ...settings }: CaptureSettings): CaptureSettings {
  return settings;
}

/** Cookies and storage are for the preview; without one each page is its own. */
function isOfPreview(page: Page, base: URL | undefined): boolean {
  return page.kind === 'url' && (base === undefined || new URL(page.url).origin === base.origin);
}

/** Viewports × color schemes. Pages see `light` anyway, so that one is not asked for. */
function looksOf({ viewports, colorSchemes, settings }: PlannedTarget, ofPreview: boolean): Look[] {
  const { cookies, storage, ...anywhere } = settings.page ?? {};
  const page = { ...anywhere, ...(ofPreview ? defined({ cookies, storage }) : {}) };
  return viewports.flatMap(({ device, ...viewport }) =>
    colorSchemes.map((colorScheme): Look => {
      const look = { ...device, ...page, ...(colorScheme === 'light' ? {} : { colorScheme }) };
      const name = colorScheme === 'light' ? viewport.name : `${viewport.name}-${colorScheme}`;
      return { viewport: { ...viewport, name }, page: Object.keys(look).length === 0 ? undefined : look };
    }),
  );
}

interface ResolvedPage {
  readonly page: Page;
  /** Where the target has none of its own. */
  readonly name: string;
  readonly baselineUrl?: string;
}

/** Undefined: what is wrong with the page is noted. */
function resolvePage(
  { page, place }: PlannedTarget,
  { base, baseline }: Deployments,
  problems: Problem[],
): ResolvedPage | undefined {
  if (page.kind === 'html') {
    return { page, name: '' };
  }
  if (page.kind === 'found') {
    return undefined;
  }
  if (page.kind === 'refused') {
    if (page.problem !== undefined) {
      problems.push({ place, message: page.problem });
    }
    return undefined;
  }
  const resolved = resolveTargetUrl(page.url, base);
  if ('problem' in resolved) {
    problems.push({ place, message: resolved.problem });
    return undefined;
  }
  const counterpart = baseline === undefined ? undefined : resolveCounterpart(page.url, base, baseline);
  return {
    page: { kind: 'url', url: resolved.url.href },
    name: nameOf(page.url, resolved.url),
    ...(counterpart !== undefined && 'url' in counterpart ? { baselineUrl: counterpart.url.href } : {}),
  };
}

/** The name of a target that has none of its own; undefined: its address is wrong. */
export function nameTarget(url: string, base: URL | undefined): string | undefined {
  const resolved = resolveTargetUrl(url, base);
  return 'problem' in resolved ? undefined : nameOf(url, resolved.url);
}

function nameOf(written: string, resolved: URL): string {
  return nameFromUrl(ownUrl(written, resolved));
}

interface Named {
  readonly name: string;
  readonly place: Place;
}

/** The name of a target, which no other may have; a name of its own is checked whatever is wrong with its page. */
function takeName(
  target: PlannedTarget,
  ofPage: string | undefined,
  taken: Map<string, Named>,
  problems: Problem[],
): string | undefined {
  const name = target.name?.raw ?? ofPage;
  if (name === undefined) {
    return undefined;
  }
  const place = target.name?.place ?? target.place;
  const problem = findNameProblem(name, taken.get(sameFileKey(name)), target.foundBy);
  if (problem !== undefined) {
    problems.push({ place, message: problem });
    return undefined;
  }
  taken.set(sameFileKey(name), { name, place });
  return name;
}

/** `other` is the target that has the same file. */
function findNameProblem(name: string, other: Named | undefined, foundBy: DiscoverySource | undefined): string | undefined {
  const unsafe = unsafeNameReason(name);
  if (unsafe !== undefined) {
    return `the name "${name}" is no safe path on every system: ${unsafe}. ${suggestName(name)}`;
  }
  return other === undefined ? undefined : renderClash(name, other, foundBy);
}

function suggestName(name: string): string {
  const safe = toSafeName(name);
  // That is what is left of a name without any letter or digit.
  return safe === 'index' ? 'Use letters and digits' : `Use e.g. "${safe}"`;
}

function renderClash(name: string, { name: other, place }: Named, foundBy: DiscoverySource | undefined): string {
  const source = sourceOf(place);
  const where = source === undefined ? '' : ` (${source.file}:${source.line})`;
  const remedy =
    foundBy === undefined
      ? 'Give one of them another name'
      : `The ${foundBy} has both. Leave one of them out with exclude, or list it under targets with a name of its own`;
  if (name === other) {
    return `two targets are named "${name}"${where}. ${remedy}`;
  }
  const difference =
    name.normalize('NFC') === other.normalize('NFC')
      ? 'look the same and are spelled with different Unicode characters, which is one file on macOS'
      : 'differ in case alone, which is one file on macOS and Windows';
  return `the names "${name}" and "${other}"${where} ${difference}. ${remedy}`;
}
