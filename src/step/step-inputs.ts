import type { ProcessVariables } from '../inputs/expand-variables.ts';
import { type InputName, invocationInputNames } from '../inputs/spec.ts';

/** How GitHub hands an input to the step: upper case, blanks as underscores, dashes kept. */
const variableOf = (input: string): string => `INPUT_${input.replaceAll(' ', '_').toUpperCase()}`;

/** Reads the step's inputs. Those that we do not know come back by name: GitHub itself only warns of them. */
export function readStepInputs(env: ProcessVariables): { values: Map<InputName, string>; unknown: string[] } {
  const values = new Map<InputName, string>();
  for (const name of invocationInputNames) {
    const value = env[variableOf(name)];
    if (value !== undefined && value.trim() !== '') {
      values.set(name, value);
    }
  }
  const known = new Set<string>(invocationInputNames.map(variableOf));
  const unknown = Object.keys(env)
    .filter((variable) => variable.startsWith('INPUT_') && !known.has(variable) && (env[variable] ?? '') !== '')
    .map((variable) => variable.slice('INPUT_'.length).toLowerCase());
  return { values, unknown };
}
