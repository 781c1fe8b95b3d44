import type { CaptureEnvironment, EnvironmentChange } from '../results/model.ts';

/** What stands for an option that was not set. */
const notSet = 'not set';

/**
 * Lists what is not as it was when the baseline was taken, most telling first. What only one side knows is no change:
 * the hosted service tells nothing of its browser.
 */
export function compareEnvironments(baseline: CaptureEnvironment, actual: CaptureEnvironment): EnvironmentChange[] {
  const options = new Set([...Object.keys(baseline.options), ...Object.keys(actual.options)]);
  return [
    change('engine', baseline.engine, actual.engine),
    change('browser', baseline.browser, actual.browser),
    change('system', baseline.platform, actual.platform),
    change('viewport', baseline.viewport, actual.viewport),
    ...[...options].map((name) => change(name, baseline.options[name] ?? notSet, actual.options[name] ?? notSet)),
    // How the built-in engine makes a page ready is part of this product; how the hosted one does is not.
    ...(baseline.engine === 'local' && actual.engine === 'local'
      ? [change('Visual Capture', baseline.versions.visualCapture, actual.versions.visualCapture)]
      : []),
    change('pixelmatch', baseline.versions.pixelmatch, actual.versions.pixelmatch),
  ].filter((found) => found !== undefined);
}

function change(what: string, baseline: string | undefined, actual: string | undefined): EnvironmentChange | undefined {
  return baseline === undefined || actual === undefined || baseline === actual ? undefined : { what, baseline, actual };
}
