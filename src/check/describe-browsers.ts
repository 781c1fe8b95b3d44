import { formatPlural } from '../basics/format.ts';
import { docsUrl } from '../basics/product.ts';
import { versionOfBrowser } from '../plan/browser.ts';

/** Inputs that say which browser captures, beside an engine that has its own. */
export function describeUnused(engine: string, inputs: readonly string[]): string {
  return `${inputs.join(' and ')} ${inputs.length === 1 ? 'has' : 'have'} no effect with engine: ${engine}: the service captures with a browser of its own.`;
}

/**
 * Which baselines were taken with another browser than that of the run, in a sentence, before anything is compared; undefined:
 * none was. `baselines`: the browser of each, of those that are compared and are known.
 */
export function describeOtherBrowsers(
  baselines: Iterable<string>,
  now: string,
  { updating }: { readonly updating: boolean },
): string | undefined {
  const all = [...baselines];
  const others = all.filter((browser) => browser !== now);
  if (others.length === 0) {
    return undefined;
  }
  const groups = [...Map.groupBy(others, (browser) => browser)].sort(([, one], [, other]) => other.length - one.length);
  const counted = groups.map(([browser, { length }]) => `${browser} (${length})`);
  const told = `${others.length} of ${formatPlural(all.length, 'baseline')} ${others.length === 1 ? 'was' : 'were'} taken with another browser than ${now}: ${counted.join(', ')}.`;
  if (updating) {
    return told;
  }
  const version = versionOfBrowser(groups[0]?.[0] ?? '');
  const same = version === undefined ? '' : ` To compare with the same browser, set browser: chrome@${version}.`;
  return `${told} What differs may come from that.${same} To take over what the browser alone has changed, run with update-baselines: browser (${docsUrl('baselines.md#when-the-browser-changes')}).`;
}
