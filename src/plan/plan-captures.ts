import { resolveCounterpart } from '../address/counterpart.ts';
import { ownUrl, resolveTargetUrl } from '../address/target-url.ts';
import { defined } from '../basics/record.ts';
import type { LocatedPage, LocatedTarget } from '../inputs/located.ts';
import { type Place, type Problem, sourceOf } from '../inputs/problem.ts';
import type { Values } from '../inputs/values.ts';
import type { Capture, CaptureSettings, CompareSettings, Page } from '../plan/capture.ts';
import { nameFromUrl, sameFileKey, toSafeName, unsafeNameReason } from '../plan/safe-name.ts';

/** A target whose html-file, if any, was read. */
export type LoadedTarget = LocatedTarget & { readonly page: Exclude<LocatedPage, { kind: 'html-file' }> };

/** What relative targets are joined to, and what the result is compared with. */
export interface Deployments {
  readonly base: URL | undefined;
  readonly baseline: URL | undefined;
}

/** Targets × viewports → captures, with every setting resolved. Notes all that is wrong in `problems`. */
export function planCaptures(
  targets: readonly LoadedTarget[],
  values: Values,
  deployments: Deployments,
  problems: Problem[],
): Capture[] {
  const namedAt = new Map<string, Named>();
  return targets.flatMap((target) => {
    // Before the page and the name, so that what is wrong with them hides nothing.
    const own = values.with(target.settings);
    const settings = readCaptureSettings(own, target, problems);
    const compare = readCompareSettings(own);
    const viewports = own.require('viewports');
    const resolved = resolvePage(target, deployments, problems);
    const name = takeName(target, resolved?.name, namedAt, problems);
    if (resolved === undefined || name === undefined) {
      return [];
    }
    const source = sourceOf(target.place);
    return viewports.map((viewport) => ({
      id: `${name}/${viewport.name}`,
      name,
      viewport,
      page: resolved.page,
      // JPEG pictures are never compared.
      ...defined({ baselineUrl: settings.format === 'jpeg' ? undefined : resolved.baselineUrl, source }),
      settings,
      compare,
    }));
  });
}

interface ResolvedPage {
  readonly page: Page;
  /** Where the target has none of its own. */
  readonly name: string;
  readonly baselineUrl?: string;
}

/** Undefined: what is wrong with the page is noted. */
function resolvePage(
  { page, place }: LoadedTarget,
  { base, baseline }: Deployments,
  problems: Problem[],
): ResolvedPage | undefined {
  if (page.kind === 'html') {
    return { page, name: '' };
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
    name: nameFromUrl(ownUrl(page.url, resolved.url)),
    ...(counterpart !== undefined && 'url' in counterpart ? { baselineUrl: counterpart.url.href } : {}),
  };
}

interface Named {
  readonly name: string;
  readonly place: Place;
}

/** The name of a target, which no other may have; a name of its own is checked whatever is wrong with its page. */
function takeName(
  target: LoadedTarget,
  ofPage: string | undefined,
  taken: Map<string, Named>,
  problems: Problem[],
): string | undefined {
  const name = target.name?.raw ?? ofPage;
  if (name === undefined) {
    return undefined;
  }
  const place = target.name?.place ?? target.place;
  const problem = findNameProblem(name, taken.get(sameFileKey(name)));
  if (problem !== undefined) {
    problems.push({ place, message: problem });
    return undefined;
  }
  taken.set(sameFileKey(name), { name, place });
  return name;
}

/** `other` is the target that has the same file. */
function findNameProblem(name: string, other: Named | undefined): string | undefined {
  const unsafe = unsafeNameReason(name);
  if (unsafe !== undefined) {
    return `the name "${name}" is no safe path on every system: ${unsafe}. ${suggestName(name)}`;
  }
  return other === undefined ? undefined : renderClash(name, other.name, other.place);
}

function suggestName(name: string): string {
  const safe = toSafeName(name);
  // That is what is left of a name without any letter or digit.
  return safe === 'index' ? 'Use letters and digits' : `Use e.g. "${safe}"`;
}

function renderClash(name: string, other: string, at: Place): string {
  const source = sourceOf(at);
  const where = source === undefined ? '' : ` (${source.file}:${source.line})`;
  const remedy = 'Give one of them another name';
  if (name === other) {
    return `two targets are named "${name}"${where}. ${remedy}`;
  }
  const difference =
    name.normalize('NFC') === other.normalize('NFC')
      ? 'look the same and are spelled with different Unicode characters, which is one file on macOS'
      : 'differ in case alone, which is one file on macOS and Windows';
  return `the names "${name}" and "${other}"${where} ${difference}. ${remedy}`;
}

function readCaptureSettings(values: Values, target: LocatedTarget, problems: Problem[]): CaptureSettings {
  const format = values.require('format');
  const quality = values.get('quality');
  const written = values.located('quality');
  // A target that goes back to png below a run-wide quality is no mistake; a quality that nothing can use is.
  const overridden = target.settings.has('format') && !target.settings.has('quality');
  const noted = problems.some(({ place }) => place === written?.place);
  if (quality !== undefined && written !== undefined && format === 'png' && !overridden && !noted) {
    problems.push({
      place: written.place,
      message: 'quality goes only with format: jpeg. Set format to jpeg, or take quality out',
    });
  }
  return {
    format,
    ...defined({ quality: format === 'jpeg' ? quality : undefined }),
    // false is the service's default and is sent only where the user wrote it.
    ...defined({
      fullPage: values.located('full-page') === undefined ? undefined : values.get('full-page'),
      waitUntil: values.get('wait-until'),
      selector: values.get('selector'),
      apiOptions: values.get('api-options'),
    }),
  };
}

/** The comparison settings in the given layers. */
export function readCompareSettings(values: Values): CompareSettings {
  return {
    threshold: values.require('threshold'),
    includeAntiAliasing: values.require('include-anti-aliasing'),
    ...defined({ maxDiffPixels: values.get('max-diff-pixels'), maxDiffRatio: values.get('max-diff-ratio') }),
    mask: values.get('mask') ?? [],
  };
}
