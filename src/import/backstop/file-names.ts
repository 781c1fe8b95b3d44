/** Which picture of BackstopJS is meant. */
export interface BackstopShot {
  readonly configId: string | undefined;
  readonly scenario: { readonly index: number; readonly label: string };
  readonly selector: { readonly index: number; readonly css: string };
  readonly viewport: { readonly index: number; readonly label: string };
}

export const usualTemplate = '{configId}_{scenarioLabel}_{selectorIndex}_{selectorLabel}_{viewportIndex}_{viewportLabel}';

/**
 * Tells the name of a reference picture as BackstopJS 5 and 6 make it: what is no letter, digit, `-` or `_` is dropped from all
 * of it. Without an `id` the configuration's is a number that is made of its path on the machine that took the pictures.
 */
export function referenceNameMatcher(template: string, shot: BackstopShot, extension: string): (fileName: string) => boolean {
  const anyId = '\u0000';
  const values: Readonly<Record<string, string>> = {
    configId: shot.configId ?? anyId,
    scenarioIndex: String(shot.scenario.index),
    scenarioLabel: withUnderscores(shot.scenario.label),
    selectorIndex: String(shot.selector.index),
    selectorLabel: dropOthers(shot.selector.css),
    viewportIndex: String(shot.viewport.index),
    viewportLabel: withUnderscores(shot.viewport.label),
  };
  const filled = template.replaceAll(/\{(\w+)\}/g, (written, key: string) => values[key] ?? written);
  const parts = filled.split(anyId).map(dropOthers);
  const [before = '', after] = parts;
  return after === undefined
    ? (fileName) => fileName === `${before}${extension}`
    : (fileName) =>
        fileName.startsWith(before) &&
        fileName.endsWith(`${after}${extension}`) &&
        /^\d+$/.test(fileName.slice(before.length, fileName.length - after.length - extension.length));
}

const withUnderscores = (text: string): string => text.replaceAll(/[ /]/g, '_');
const dropOthers = (text: string): string => text.replaceAll(/[^a-z0-9_-]/gi, '');
