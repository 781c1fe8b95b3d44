import { longestWaitMs } from '../../plan/step.ts';
import { type Imported, type ImportedPage, type ImportedPicture, NoteBook } from '../imported.ts';
import { field, itemsOf, type Literal, type LiteralRecord, numberOf, recordOf, textOf, textsOf } from '../literal.ts';
import { commonOrigin, parseWebUrl, relativeTo } from '../site-urls.ts';
import { UniqueNames } from '../unique-names.ts';
import { type ImportedViewport, importViewports } from '../viewports.ts';
import { indexReferences, referenceName, usualTemplate } from './file-names.ts';
import { importSteps } from './steps.ts';

/** Where the reference pictures lie, below the project. */
export function referenceFolderOf(config: LiteralRecord): string {
  return textOf(field(recordOf(field(config, 'paths')), 'bitmaps_reference')) ?? 'backstop_data/bitmaps_reference';
}

/**
 * A configuration of BackstopJS as ours.
 * @param references names of the files among the reference pictures, with their path below the project
 */
export function importBackstop(config: LiteralRecord, references: ReadonlyMap<string, string>): Imported {
  const notes = new NoteBook();
  noteRunSettings(config, notes);
  const viewports = importViewports(itemsOf(field(config, 'viewports')), 'viewports', notes);
  const scenarios = itemsOf(field(config, 'scenarios')).flatMap((item, index) => {
    const scenario = readScenario(item, index, config, notes);
    return scenario === undefined ? [] : [scenario];
  });
  const origin = commonOrigin(scenarios.map(({ url }) => url));
  const names = new UniqueNames(notes);
  const pages: ImportedPage[] = [];
  const pictures: ImportedPicture[] = [];
  const index = indexReferences(references);
  for (const scenario of scenarios) {
    const own = itemsOf(scenario.get('viewports'));
    const seen = own.length === 0 ? viewports : importViewports(own, `${scenario.place}.viewports`, notes);
    const selectors = selectorsOf(scenario);
    for (const [at, css] of selectors.entries()) {
      const name = names.take(selectors.length === 1 ? scenario.label : `${scenario.label}/${nameOfPart(css)}`, scenario.place);
      pages.push({
        name,
        url: relativeTo(origin, scenario.url),
        settings: {
          ...(seen.length === 0 ? {} : { viewports: seen.map(({ written }) => written) }),
          ...partSettings(css),
          ...pageSettings(scenario, notes),
        },
      });
      pictures.push(...findPictures(config, scenario, { index: at, css }, seen, name, index, notes));
    }
  }
  noteUnused(references, pictures, notes);
  return {
    settings: { ...(origin === undefined ? {} : { 'base-url': origin }), engine: 'local' },
    pages,
    pictures,
    notes: notes.notes,
  };
}

interface Scenario {
  readonly index: number;
  readonly label: string;
  readonly url: URL;
  /** For notes: `scenarios[3] "Home"`. */
  readonly place: string;
  /** A setting of it, of the defaults, or of the whole file where that is one of its settings. */
  readonly get: (key: string) => Literal | undefined;
  /** Where a setting of it is written, e.g. `scenarioDefaults.delay`. */
  readonly placeOf: (key: string) => string;
}

/** Settings that the top of the file may have for all scenarios. */
const ofAll = ['readyEvent', 'readyTimeout', 'misMatchThreshold', 'requireSameDimensions', 'onBeforeScript', 'onReadyScript'];

function readScenario(item: Literal, index: number, config: LiteralRecord, notes: NoteBook): Scenario | undefined {
  const record = recordOf(item);
  const defaults = recordOf(field(config, 'scenarioDefaults'));
  const written = textOf(field(record, 'label'));
  const place = `scenarios[${index}]${written === undefined ? '' : ` "${written}"`}`;
  if (record === undefined) {
    notes.add(place, 'it is computed when the file runs, and was left out');
    return undefined;
  }
  if (record.isPartial) {
    notes.add(place, 'a part of it is computed when the file runs, and is not known');
  }
  const get = (key: string): Literal | undefined =>
    field(record, key) ?? field(defaults, key) ?? (ofAll.includes(key) ? field(config, key) : undefined);
  const placeOf = (key: string): string => {
    if (field(record, key) !== undefined) {
      return `${place}.${key}`;
    }
    return field(defaults, key) === undefined ? key : `scenarioDefaults.${key}`;
  };
  const address = get('url');
  const url = parseWebUrl(textOf(address)?.trim() ?? '');
  if (url === undefined) {
    notes.add(
      place,
      address?.kind === 'computed'
        ? 'its url is computed when the file runs; the scenario was left out. Add it with the url that it has'
        : 'its url is no address of the web; the scenario was left out. Serve the file and add it with that address',
    );
    return undefined;
  }
  return { index, label: written ?? `scenario-${index}`, url, place, get, placeOf };
}

/** Words that BackstopJS knows besides selectors. */
const wholePage = ['document', 'body:noclip'];
const windowOnly = ['viewport', 'body'];

function selectorsOf({ get }: Scenario): readonly string[] {
  const selectors = textsOf(get('selectors'));
  return selectors.length === 0 ? ['document'] : selectors;
}

function nameOfPart(css: string): string {
  return css.replaceAll('/', '-');
}

function partSettings(css: string): Record<string, unknown> {
  if (wholePage.includes(css)) {
    return { 'full-page': true };
  }
  return windowOnly.includes(css) ? { 'full-page': false } : { 'full-page': false, selector: css };
}

function pageSettings(scenario: Scenario, notes: NoteBook): Record<string, unknown> {
  const { get, placeOf } = scenario;
  const hide = textsOf(get('hideSelectors'));
  const remove = textsOf(get('removeSelectors'));
  const ready = textsOf(get('readySelector'));
  const delayMs = cappedDelay(numberOf(get('delay')) ?? 0, placeOf('delay'), notes);
  const { steps, typesPassword } = importSteps(get);
  const ratio = ratioOf(get('misMatchThreshold'), placeOf('misMatchThreshold'), notes);
  noteScenario(scenario, notes);
  if (typesPassword) {
    notes.add(
      placeOf('keyPressSelectors'),
      'its text was copied; where it is a password, write ${NAME} and set NAME from a secret',
    );
  }
  return {
    ...(hide.length === 0 ? {} : { hide }),
    ...(remove.length === 0 ? {} : { remove }),
    // BackstopJS waits before it does anything, and `wait-for` and `delay` of a target come after its steps.
    ...(steps.length === 0
      ? { ...(ready.length === 0 ? {} : { 'wait-for': ready }), ...(delayMs === 0 ? {} : { delay: delayMs }) }
      : {
          steps: [
            ...ready.map((selector) => ({ 'wait-for': selector })),
            ...(delayMs === 0 ? [] : [{ wait: delayMs }]),
            ...steps,
          ],
        }),
    ...(ratio === undefined ? {} : { 'max-diff-ratio': ratio }),
  };
}

function cappedDelay(delayMs: number, place: string, notes: NoteBook): number {
  if (delayMs > longestWaitMs) {
    notes.add(place, `waits longer than the ${longestWaitMs} ms that are possible; wait-for a selector is better`);
  }
  return Math.min(Math.max(0, Math.round(delayMs)), longestWaitMs);
}

/** Percent there, a share of 1 here. */
function ratioOf(written: Literal | undefined, place: string, notes: NoteBook): number | undefined {
  const percent = numberOf(written);
  if (percent !== undefined && (percent < 0 || percent > 100)) {
    notes.add(place, 'is no percentage from 0 to 100');
    return undefined;
  }
  return percent === undefined ? undefined : Number((percent / 100).toFixed(8));
}

/** What a setting of a scenario cannot become. */
const lost: Readonly<Record<string, string>> = {
  readyEvent: 'a text in the console cannot be waited for; wait-for a selector that is there by then',
  referenceUrl: 'two addresses are compared with baseline: url and baseline-url, for the whole run',
  expect: 'the number of elements is not counted',
  variants: 'variants of a scenario are not carried over; list them as targets',
  gotoParameters: 'parameters of page.goto have no counterpart; see wait-until',
  onBeforeScript:
    'a script is not carried over; what BackstopJS’s own one does is (its cookies: see cookiePath). See cookies, storage and login',
  onReadyScript: 'a script is not carried over; what BackstopJS’s own one does is, as steps. See steps and style',
  cookiePath: 'cookies may be secrets and were not copied; add cookies: ["NAME=${VALUE}"] and set VALUE from a secret',
};

function noteScenario({ get, placeOf }: Scenario, notes: NoteBook): void {
  for (const [key, reason] of Object.entries(lost)) {
    const value = get(key);
    const isEmpty = value === undefined || textOf(value)?.trim() === '' || numberOf(value) === 0;
    if (!isEmpty) {
      notes.add(placeOf(key), reason);
    }
  }
  const expansion = get('selectorExpansion');
  const isExpanded = expansion?.kind === 'flag' ? expansion.value : textOf(expansion) === 'true';
  if (isExpanded && textsOf(get('selectors')).some((css) => ![...wholePage, ...windowOnly].includes(css))) {
    notes.add(
      placeOf('selectorExpansion'),
      'only the first element that a selector finds is captured; give others a target with a selector of their own',
    );
  }
  const same = get('requireSameDimensions');
  if (same?.kind === 'flag' && !same.value) {
    notes.add(
      placeOf('requireSameDimensions'),
      'false has no counterpart: pixels that only one of two pictures has always count as different',
    );
  }
  for (const key of ['url', 'selectors', 'hideSelectors', 'removeSelectors', 'delay', 'readySelector', 'misMatchThreshold']) {
    if (get(key)?.kind === 'computed') {
      notes.add(placeOf(key), 'is computed when the file runs, and is not known');
    }
  }
}

function noteRunSettings(config: LiteralRecord, notes: NoteBook): void {
  for (const key of ['viewports', 'scenarios', 'scenarioDefaults']) {
    if (field(config, key)?.kind === 'computed') {
      notes.add(key, `is computed when the file runs (line ${field(config, key)?.line}), and is not known`);
    }
  }
  if (config.isPartial) {
    notes.add('the file', 'a part of it is computed when it runs, and is not known');
  }
  if (field(config, 'resembleOutputOptions') !== undefined) {
    notes.add('resembleOutputOptions', 'pictures are compared by pixelmatch; see threshold and include-anti-aliasing');
  }
  if (field(config, 'engineOptions') !== undefined) {
    notes.add('engineOptions', 'options of the browser are not carried over');
  }
}

function findPictures(
  config: LiteralRecord,
  scenario: Scenario,
  selector: { readonly index: number; readonly css: string },
  viewports: readonly ImportedViewport[],
  name: string,
  index: ReadonlyMap<string, readonly string[]>,
  notes: NoteBook,
): ImportedPicture[] {
  const template = textOf(field(config, 'fileNameTemplate')) ?? usualTemplate;
  const configId = textOf(field(config, 'id'));
  return viewports.flatMap((viewport) => {
    const [found, ...others] = index.get(referenceName(template, { configId, scenario, selector, viewport })) ?? [];
    for (const other of others) {
      notes.add(other, 'another reference picture has the same name but for the number at its beginning, and was taken');
    }
    return found === undefined ? [] : [{ id: `${name}/${viewport.name}`, path: found }];
  });
}

function noteUnused(references: ReadonlyMap<string, string>, pictures: readonly ImportedPicture[], notes: NoteBook): void {
  const used = new Set(pictures.map(({ path }) => path));
  for (const path of references.values()) {
    if (!used.has(path)) {
      notes.add(path, 'no scenario has this reference picture, or it is one of several elements of a selector');
    }
  }
}
