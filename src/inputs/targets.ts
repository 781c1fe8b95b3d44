import { defined } from '../basics/record.ts';
import type { Problem } from '../errors/problem.ts';
import type { CaptureSettings, CompareSettings, PageCheck } from '../plan/capture.ts';
import type { PageSettings } from '../plan/page-settings.ts';
import type { PlannedTarget, TargetPage } from '../plan/plan-captures.ts';
import { withStory } from '../plan/story-settings.ts';
import type { LocatedTarget } from './located.ts';
import { rectsOf, selectorsOf } from './masks.ts';
import { pageSettingKeys, pageSettings } from './page-settings.ts';
import type { Values } from './values.ts';

/** A target whose html-file, if any, was read. */
export type LoadedTarget = Omit<LocatedTarget, 'page'> & { readonly page: TargetPage };

/**
 * Reads the settings of each target, one when it is asked for, so that what is wrong with a target is told together.
 * Notes it in `problems`.
 */
export function* readTargets(targets: readonly LoadedTarget[], values: Values, problems: Problem[]): Generator<PlannedTarget> {
  for (const target of targets) {
    const own = values.with(target.settings);
    yield {
      place: target.place,
      page: target.page,
      ...defined({ name: target.name, foundBy: target.foundBy }),
      settings: readStorySettings(readCaptureSettings(own, target, problems), own, target),
      compare: readCompareSettings(own),
      ...defined({ pageCheck: readPageCheck(own, target, problems), maskPlace: own.located('mask')?.place }),
      viewports: own.require('viewports'),
      colorSchemes: own.require('color-schemes'),
    };
  }
}

/** Undefined: its page is not checked. */
function readPageCheck(values: Values, { page }: LoadedTarget, problems: Problem[]): PageCheck | undefined {
  const mode = values.require('page-check');
  const expectStatus = values.get('expect-status');
  const written = values.located('expect-status');
  if (written !== undefined && (mode === 'off' || page.kind === 'html')) {
    problems.push({
      place: written.place,
      message:
        mode === 'off'
          ? 'expect-status is looked at by page-check, which is off. Set page-check: warn or fail in this target, or take expect-status out'
          : 'expect-status goes only with a url: a document that is given as html has no status. Take it out',
    });
  }
  return mode === 'off' ? undefined : { mode, ...defined({ expectStatus }) };
}

function readCaptureSettings(values: Values, target: LoadedTarget, problems: Problem[]): CaptureSettings {
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
    ...defined({ quality: format === 'jpeg' ? quality : undefined, page: readPageSettings(values) }),
    // false is the service's default and is sent only where the user wrote it.
    ...defined({
      fullPage: values.located('full-page') === undefined ? undefined : values.get('full-page'),
      waitUntil: values.get('wait-until'),
      selector: values.get('selector'),
      apiOptions: values.get('api-options'),
    }),
  };
}

/** Of a story its canvas alone, once it has rendered. */
function readStorySettings(settings: CaptureSettings, values: Values, { story }: LoadedTarget): CaptureSettings {
  return story === undefined ? settings : withStory(settings, story, { builtIn: values.require('engine') === 'local' });
}

/** How the page is to look; undefined: nobody says. */
function readPageSettings(values: Values): PageSettings | undefined {
  const written = pageSettingKeys.flatMap((key) => {
    const value: unknown = values.get(pageSettings[key].input);
    return value === undefined ? [] : [[key, value]];
  });
  const settings = Object.fromEntries(written) as PageSettings;
  const style = [values.get('style-file'), settings.style].filter((css) => css !== undefined).join('\n');
  const maskSelectors = selectorsOf(values.get('mask') ?? []);
  const page = { ...settings, ...(style === '' ? {} : { style }), ...(maskSelectors.length === 0 ? {} : { maskSelectors }) };
  return Object.keys(page).length === 0 ? undefined : page;
}

/** The comparison settings in the given layers. */
export function readCompareSettings(values: Values): CompareSettings {
  const shades = values.require('shades');
  return {
    threshold: values.require('threshold'),
    includeAntiAliasing: values.require('include-anti-aliasing'),
    ...defined({ maxDiffPixels: values.get('max-diff-pixels'), maxDiffRatio: values.get('max-diff-ratio') }),
    ...(shades === 'ignore' ? {} : { shades }),
    mask: rectsOf(values.get('mask') ?? []),
  };
}
