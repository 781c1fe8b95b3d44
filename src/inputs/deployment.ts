import { parseJson } from '../basics/parse-json.ts';
import { isRecord } from '../basics/record.ts';
import { joinProblems, seconds, text, type ValueType } from './value-types.ts';

/** The preview is a deployment of the captured commit, which is looked for and waited for. */
export interface DeploymentChoice {
  /** Which of several: an environment, or the name of a commit status or a check. */
  readonly environment?: string;
  /** How long it is waited for, until it answers. 0: GitHub is asked once. */
  readonly timeoutMs: number;
}

/** As long as builds of usual sites take, and a fraction of the 6 hours that GitHub gives a job. */
const usualTimeoutMs = 600_000;
const timeout = seconds({ min: 0, max: 21_600 });

const example = '{environment: "Preview – docs", timeout: 900}';

/** `true`, the name of an environment, or `{environment, timeout}`. Undefined: `false`. */
export const deploymentType: ValueType<DeploymentChoice | undefined> = {
  parse: (raw) => {
    const written = typeof raw === 'string' ? raw.trim() : raw;
    if (written === true || written === 'true') {
      return { value: { timeoutMs: usualTimeoutMs } };
    }
    if (written === false || written === 'false') {
      return { value: undefined };
    }
    // What is no JSON is told as any other wrong value.
    const mapping = typeof written === 'string' && written.startsWith('{') ? parseJson(written) : written;
    if (isRecord(mapping)) {
      return parseMapping(mapping);
    }
    return typeof mapping === 'string' && mapping !== ''
      ? { value: { environment: mapping, timeoutMs: usualTimeoutMs } }
      : { problem: `must be true, the name of an environment, or a mapping such as ${example}, not ${JSON.stringify(raw)}` };
  },
  schema: {
    anyOf: [
      { type: 'boolean' },
      { type: 'string', minLength: 1 },
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          environment: { type: 'string', minLength: 1 },
          timeout: { anyOf: [timeout.schema, { type: 'string', pattern: '^\\$\\{\\w+\\}$' }] },
        },
      },
    ],
  },
  placeholder: 'ENVIRONMENT',
  words: ['true', 'false'],
};

function parseMapping(mapping: Readonly<Record<string, unknown>>): ReturnType<typeof deploymentType.parse> {
  const { environment, timeout: written, ...others } = mapping;
  const parsed = written === undefined ? { value: usualTimeoutMs } : timeout.parse(written);
  const name = environment === undefined ? undefined : text.parse(environment);
  const named = name !== undefined && 'value' in name ? name.value.trim() : undefined;
  const problems = [
    ...Object.keys(others).map((key) => `has no key "${key}"; it takes environment and timeout`),
    ...(environment !== undefined && (named === undefined || named === '')
      ? [`has an environment that is no name: ${JSON.stringify(environment)}`]
      : []),
    ...('problem' in parsed ? [`has a timeout that ${parsed.problem}: the seconds to wait`] : []),
  ];
  return problems.length > 0 || 'problem' in parsed
    ? { problem: joinProblems(problems) }
    : { value: { ...(named === undefined ? {} : { environment: named }), timeoutMs: parsed.value } };
}
