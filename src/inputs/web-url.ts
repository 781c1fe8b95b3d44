import { parseWebUrl } from '../address/target-url.ts';
import type { Problem } from '../errors/problem.ts';
import type { Values } from './values.ts';

/** Undefined where it is not set, or wrong, which is noted then. */
export function readWebUrl(values: Values, name: 'base-url' | 'baseline-url' | 'api-url', problems: Problem[]): URL | undefined {
  const written = values.get(name);
  const parsed = written === undefined ? undefined : parseWebUrl(written.trim(), name);
  if (parsed !== undefined && 'problem' in parsed) {
    problems.push({ place: values.placeOf(name), message: parsed.problem });
    return undefined;
  }
  return parsed?.url;
}
