/** Which picture of BackstopJS is meant. */
export interface BackstopShot {
  readonly configId: string | undefined;
  readonly scenario: { readonly index: number; readonly label: string };
  readonly selector: { readonly index: number; readonly css: string };
  readonly viewport: { readonly index: number; readonly label: string };
}

export const usualTemplate = '{configId}_{scenarioLabel}_{selectorIndex}_{selectorLabel}_{viewportIndex}_{viewportLabel}';

/** Stands for the number that BackstopJS makes of a configuration's path where that has no `id`. */
const anyId = '\u0000';

/**
 * The name of a reference picture as BackstopJS 5 and 6 make it, without its ending: what is no letter, digit, `-` or `_` is
 * dropped from all of it.
 */
export function referenceName(template: string, shot: BackstopShot): string {
  const values: Readonly<Record<string, string>> = {
    configId: shot.configId === undefined ? anyId : shot.configId,
    scenarioIndex: String(shot.scenario.index),
    scenarioLabel: withUnderscores(shot.scenario.label),
    selectorIndex: String(shot.selector.index),
    selectorLabel: dropOthers(shot.selector.css),
    viewportIndex: String(shot.viewport.index),
    viewportLabel: withUnderscores(shot.viewport.label),
  };
  const filled = template.replaceAll(/\{(\w+)\}/g, (written, key: string) => values[key] ?? written);
  return filled.split(anyId).map(dropOthers).join(anyId);
}

/** Reference pictures by their names, also by what they are called with whatever number in the place of an `id`. */
export function indexReferences(references: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const [file, path] of references) {
    const name = file.replace(/\.png$/, '');
    for (const key of new Set([name, name.replace(/^\d+/, anyId)])) {
      index.set(key, [...(index.get(key) ?? []), path]);
    }
  }
  return index;
}

const withUnderscores = (text: string): string => text.replaceAll(/[ /]/g, '_');
const dropOthers = (text: string): string => text.replaceAll(/[^a-z0-9_-]/gi, '');
