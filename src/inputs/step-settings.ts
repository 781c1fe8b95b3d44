import { InputError, type Problem } from '../errors/problem.ts';
import type { InputName, InputValue } from './spec.ts';
import { Values } from './values.ts';

/** What the step is told besides what it checks: which job to do, and with which token it may speak to GitHub. */
export interface StepSettings {
  readonly mode: InputValue<'mode'>;
  readonly githubToken?: string;
}

/** @throws InputError when one of them is wrong. */
export function readStepSettings(written: ReadonlyMap<InputName, string>): StepSettings {
  const problems: Problem[] = [];
  const located = new Map(
    [...written].map(([name, raw]) => [name, { raw, place: { kind: 'input', name }, by: 'invocation' } as const]),
  );
  const values = new Values([located], problems);
  const mode = values.require('mode');
  const githubToken = values.get('github-token')?.trim();
  if (problems.length > 0) {
    throw new InputError(problems);
  }
  return { mode, ...(githubToken === undefined || githubToken === '' ? {} : { githubToken }) };
}
