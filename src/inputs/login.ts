import { isRecord } from '../basics/record.ts';
import type { Step } from '../plan/step.ts';
import { stepList } from './steps.ts';
import { joinProblems, type ValueType } from './value-types.ts';

/** As it stands in the config file. */
interface WrittenLogin {
  readonly url: string;
  readonly steps: readonly Step[];
}

const example = '{url: /login, steps: [{fill: {"#email": a@example.com}}, {click: "#sign-in"}]}';

/** `{url, steps}`. */
export const loginType: ValueType<WrittenLogin> = {
  parse: (raw, places) => {
    if (!isRecord(raw)) {
      return { problem: `must be a mapping such as ${example}` };
    }
    const { url, steps: list, ...others } = raw;
    const steps = stepList.parse(list, places);
    const problems = [
      ...Object.keys(others).map((key) => `has no key "${key}"; it takes url and steps`),
      ...(typeof url === 'string' && url.trim() !== '' ? [] : ['needs a url, the page to sign in at, such as /login']),
      ...('problem' in steps ? [`${list === undefined ? 'needs steps, which' : 'steps'} ${steps.problem}`] : []),
    ];
    return problems.length > 0 || typeof url !== 'string' || 'problem' in steps
      ? { problem: joinProblems(problems) }
      : { value: { url: url.trim(), steps: steps.value } };
  },
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['url', 'steps'],
    properties: { url: { type: 'string', minLength: 1 }, steps: stepList.schema },
  },
};
