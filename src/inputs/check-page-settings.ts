import type { Problem } from '../errors/problem.ts';
import { captureApiOf } from '../services/registry.ts';
import type { Located } from './located.ts';
import { pageSettingKeys, pageSettings } from './page-settings.ts';
import type { InputName } from './spec.ts';
import type { LoadedTarget } from './targets.ts';
import type { Values } from './values.ts';

/** Notes settings of how a page looks that the chosen engine cannot be asked for, each where it was written. */
export function checkPageSettings(values: Values, targets: readonly LoadedTarget[], problems: Problem[]): void {
  const kind = values.require('engine');
  if (kind === 'local') {
    return;
  }
  const api = captureApiOf(kind);
  const impossible: readonly InputName[] = pageSettingKeys
    .filter((key) => !api.canBeAsked(key))
    .map((key) => pageSettings[key].input);
  const told = new Set<Located>();
  const tell = (name: InputName, located: Located | undefined): void => {
    if (located !== undefined && !told.has(located)) {
      told.add(located);
      problems.push({
        place: located.place,
        message: `${name} goes only with engine: local; with engine: ${kind} the service has no such option. Take it out, or set engine: local`,
      });
    }
  };
  tell('login', values.located('login'));
  for (const layer of [values, ...targets.map(({ settings }) => values.with(settings))]) {
    for (const name of impossible) {
      tell(name, layer.located(name));
    }
    if (!api.canBeAsked('colorScheme') && layer.require('color-schemes').includes('dark')) {
      tell('color-schemes', layer.located('color-schemes'));
    }
  }
}
