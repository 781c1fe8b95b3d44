import { type Problem, sourceOf } from '../errors/problem.ts';
import { captureApiOf } from '../services/registry.ts';
import type { UsedOption } from './inputs.ts';
import type { Located } from './located.ts';
import { selectorsOf } from './masks.ts';
import { pageSettingKeys, pageSettings } from './page-settings.ts';
import type { InputName } from './spec.ts';
import type { LoadedTarget } from './targets.ts';
import type { Values } from './values.ts';

/**
 * Notes settings of how a page looks that the chosen engine cannot be asked for, each where it was written. Returns those
 * that it is asked for without documenting them.
 */
export function checkPageSettings(values: Values, targets: readonly LoadedTarget[], problems: Problem[]): UsedOption[] {
  const kind = values.require('engine');
  if (kind === 'local') {
    return [];
  }
  const api = captureApiOf(kind);
  const impossible: readonly InputName[] = pageSettingKeys
    .filter((key) => !api.canBeAsked(key))
    .map((key) => pageSettings[key].input);
  const told = new Set<Located>();
  const note = (located: Located | undefined, message: string): void => {
    if (located !== undefined && !told.has(located)) {
      told.add(located);
      problems.push({ place: located.place, message });
    }
  };
  const tell = (name: InputName, located: Located | undefined): void =>
    note(
      located,
      `${name} goes only with engine: local; with engine: ${kind} the service has no such option. Take it out, or set engine: local`,
    );
  const tellMask = (located: Located | undefined): void =>
    note(
      located,
      `mask has a selector, which goes only with engine: local; with engine: ${kind} the service does not tell where elements are. Give rectangles such as {x: 0, y: 0, width: 200, height: 40}, hide the elements with hide, or set engine: local`,
    );
  tell('login', values.located('login'));
  const layers = [values, ...targets.map(({ settings }) => values.with(settings))];
  for (const layer of layers) {
    for (const name of impossible) {
      tell(name, layer.located(name));
    }
    if (!api.canBeAsked('maskSelectors') && selectorsOf(layer.get('mask') ?? []).length > 0) {
      tellMask(layer.located('mask'));
    }
    if (!api.canBeAsked('colorScheme') && layer.require('color-schemes').includes('dark')) {
      tell('color-schemes', layer.located('color-schemes'));
    }
  }
  return pageSettingKeys
    .filter(api.canBeAsked)
    .flatMap((key) => use(key, pageSettings[key].input))
    .concat(useDevices());

  function use(key: UsedOption['key'], name: InputName): UsedOption[] {
    const located = layers.map((layer) => layer.located(name)).find((one) => one !== undefined);
    return located === undefined ? [] : [{ key, shown: `${name}${renderPlace(located)}` }];
  }

  function useDevices(): UsedOption[] {
    const layer = layers.find((one) => one.require('viewports').some(({ device }) => device !== undefined));
    const shown = `viewports${renderPlace(layer?.located('viewports'))}`;
    return layer === undefined ? [] : (['mobile', 'touch', 'userAgent'] as const).map((key) => ({ key, shown }));
  }
}

function renderPlace(located: Located | undefined): string {
  const source = located === undefined ? undefined : sourceOf(located.place);
  return source === undefined ? '' : ` (${source.file}:${source.line})`;
}
