import { defined } from '../../basics/record.ts';
import { UserError } from '../../errors/user-error.ts';
import { renderFaultHelp } from './help.ts';
import { conditions, type FaultAction, type FaultSettings, faultSettings, faults } from './table.ts';

export interface Fault {
  readonly action: FaultAction;
  readonly when: FaultCondition;
}

/** Which requests a fault applies to: those that every condition holds for. See `faultSettings`. */
export interface FaultCondition {
  readonly first?: number;
  readonly every?: number;
  readonly match?: string;
  readonly rate?: number;
  readonly seed?: number;
}

/**
 * Reads faults as they are written on the command line, `NAME` or `NAME:KEY=VALUE,…`, e.g.
 * `engine_busy:first=3,retry-after=2`.
 * @throws UserError that lists everything that is wrong with all of them.
 */
export function parseFaults(specs: readonly string[]): Fault[] {
  const parsed = specs.map(parseFault);
  const problems = parsed.flatMap((fault) => ('problems' in fault ? fault.problems : []));
  if (problems.length > 0) {
    throw new UserError(
      `Wrong fault: ${problems.join('; ')}.`,
      `Write a fault as NAME or NAME:KEY=VALUE,KEY=VALUE.\n${renderFaultHelp()}`,
    );
  }
  return parsed.flatMap((fault) => ('problems' in fault ? [] : [fault]));
}

function parseFault(spec: string): Fault | { readonly problems: readonly string[] } {
  const [name = '', ...rest] = spec.split(':');
  const kind = Object.hasOwn(faults, name) ? faults[name] : undefined;
  if (kind === undefined) {
    return { problems: [`"${spec}": there is no fault "${name}"`] };
  }

  const pairs = splitPairs(rest.join(':'));
  const problems = pairs.flatMap(([key, value]) => {
    const known = [...conditions, ...kind.settings].find((setting) => setting === key);
    if (known === undefined) {
      return [`"${spec}": ${name} has no setting "${key}"`];
    }
    const { accepts, is } = faultSettings[known];
    return accepts(value) ? [] : [`"${spec}": ${key} must be ${is}`];
  });
  const settings = new Map(pairs);
  return problems.length > 0 ? { problems } : { action: kind.action(settings), when: readConditions(settings) };
}

/** `first=3,match=/a` as pairs. A comma inside a value, as in an HTTP date, does not end it. */
function splitPairs(text: string): [key: string, value: string][] {
  if (text === '') {
    return [];
  }
  return text.split(/,(?=\s*[a-z-]+=)/).map((pair) => {
    const [key = '', ...value] = pair.split('=');
    return [key.trim(), value.join('=').trim()];
  });
}

function readConditions(settings: FaultSettings): FaultCondition {
  const number = (key: keyof FaultCondition): FaultCondition => (settings.has(key) ? { [key]: Number(settings.get(key)) } : {});
  const match = settings.get('match');
  return {
    ...number('first'),
    ...number('every'),
    ...number('rate'),
    ...number('seed'),
    ...defined({ match }),
  };
}
