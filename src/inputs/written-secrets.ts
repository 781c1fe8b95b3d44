import type { Step } from '../plan/step.ts';
import type { InputName } from './spec.ts';
import type { LoadedTarget } from './targets.ts';
import type { Values } from './values.ts';

/** What the run types, stores and sends as cookies, and nobody may be shown: all of a login, elsewhere what variables hold. */
export function listWrittenSecrets(values: Values, targets: readonly LoadedTarget[]): string[] {
  const ofLogin = typedBy(values.get('login')?.steps ?? []);
  const layers = [values, ...targets.map(({ settings }) => values.with(settings))];
  return [...new Set([...ofLogin, ...layers.flatMap(fromVariables)])];
}

function fromVariables(layer: Values): string[] {
  const written: Partial<Record<InputName, readonly string[]>> = {
    steps: typedBy(layer.get('steps') ?? []),
    cookies: (layer.get('cookies') ?? []).map(({ value }) => value),
    storage: Object.values(layer.get('storage') ?? {}),
  };
  return (Object.keys(written) as (keyof typeof written)[]).flatMap((name) => {
    const { variables = [] } = layer.located(name) ?? {};
    return (written[name] ?? []).filter((text) => variables.some((value) => value !== '' && text.includes(value)));
  });
}

function typedBy(steps: readonly Step[]): string[] {
  return steps.flatMap((step) => (step.kind === 'fill' ? [step.text] : []));
}
