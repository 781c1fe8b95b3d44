import { isRecord } from '../../basics/record.ts';
import { longestWaitMs, type Step, type StepKind, splitKeys, stepKinds } from '../../plan/step.ts';
import { type Check, isNumber, isText, unknownOf } from './wire-checks.ts';

const isKey: Check = (value) =>
  typeof value === 'string' && splitKeys(value) !== undefined ? undefined : 'must be a key such as Enter or Control+a';
const isAnyText: Check = (value) => (typeof value === 'string' ? undefined : 'must be a text');

type FieldsOf<Kind extends StepKind> = Exclude<keyof Extract<Step, { readonly kind: Kind }>, 'kind' | 'at'>;

const onElement = { selector: isText };

/** The fields of each kind of step, as the built-in engine takes them. */
const checks: { readonly [Kind in StepKind]: Readonly<Record<FieldsOf<Kind>, Check>> } = {
  click: onElement,
  hover: onElement,
  focus: onElement,
  'scroll-to': onElement,
  'wait-for': onElement,
  fill: { selector: isText, text: isAnyText },
  select: { selector: isText, value: isAnyText },
  press: { key: isKey },
  wait: { delayMs: isNumber({ min: 0, max: longestWaitMs }, 'whole') },
};

/** What is wrong with the field `steps` of the settings of a page. */
export const isSteps: Check = (value) => {
  if (!Array.isArray(value)) {
    return 'must be a list of steps';
  }
  const problems = value.flatMap((step: unknown, index) => {
    const problem = problemOf(step);
    return problem === undefined ? [] : [`number ${index + 1} ${problem}`];
  });
  return problems.length === 0 ? undefined : `are wrong: ${problems.join('; ')}`;
};

/** The fields of steps that were checked and that no step of their kind has; `way` leads to the list. */
export function unknownOfSteps(steps: readonly Step[], way: string): string[] {
  return steps.flatMap((step, index) => unknownOf(step, { kind: true, at: true, ...checks[step.kind] }, `${way}[${index}]`));
}

function problemOf(step: unknown): string | undefined {
  const kind = isRecord(step) ? stepKinds.find((known) => known === step['kind']) : undefined;
  if (!isRecord(step) || kind === undefined) {
    return `must be an object with a kind, one of ${stepKinds.join(', ')}`;
  }
  const fields: Readonly<Record<string, Check>> = checks[kind];
  const [wrong] = Object.entries({ ...fields, ...('at' in step ? { at: isText } : {}) }).flatMap(([name, check]) => {
    const problem = check(step[name]);
    return problem === undefined ? [] : [`${name} ${problem}`];
  });
  return wrong;
}
