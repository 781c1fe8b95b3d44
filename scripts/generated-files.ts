import { readFileSync } from 'node:fs';
import { KnownDevices } from 'puppeteer-core';
import { docsFolderUrl } from '../src/basics/product.ts';
import { isRecord } from '../src/basics/record.ts';
import { type Billing, type ErrorCodeName, errorCode, errorCodes } from '../src/errors/codes.ts';
import type { FixContext } from '../src/errors/fix-context.ts';
import { eventRules, kindWords } from '../src/github/subject/event-rules.ts';
import { renderConfigSchema } from '../src/inputs/schema.ts';
import { inputNames, inputSpec, invocationInputNames } from '../src/inputs/spec.ts';
import { trustRules } from '../src/inputs/trust-rules.ts';
import type { JsonSchema } from '../src/inputs/value-types.ts';
import { outputSpecs } from '../src/publish/outputs.ts';
import { renderResultsSchema } from '../src/results/results-schema.ts';
import { describeError } from '../src/services/describe-error.ts';
import { sampleRun } from './sample-run.ts';

const eventsDoc = 'docs/pull-requests.md';
const securityDoc = 'docs/security.md';

/** A file that is written from a table of the source, as a whole or in one block. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** Everything in the repository that is written from a table. `npm run generate` writes it, a test holds it in step. */
export function renderGeneratedFiles(): GeneratedFile[] {
  return [
    { path: 'action.yml', text: renderActionYml() },
    { path: 'src/plan/devices.generated.ts', text: renderDevices() },
    { path: 'docs/inputs.md', text: renderInputsDoc() },
    { path: 'docs/errors.md', text: renderErrorsDoc() },
    { path: 'docs/visual-capture.schema.json', text: `${JSON.stringify(renderConfigSchema(), null, 2)}\n` },
    { path: eventsDoc, text: withBlock(readDoc(eventsDoc), 'events', renderEventsTable()) },
    { path: securityDoc, text: withBlock(readDoc(securityDoc), 'trust', renderTrustTable()) },
    { path: 'docs/results.schema.json', text: `${JSON.stringify(renderResultsSchema(), null, 2)}\n` },
  ];
}

function renderActionYml(): string {
  const inputs = invocationInputNames.map((name) => {
    const { description, default: fallback, workflowDefault } = inputSpec(name);
    const text = fallback === undefined ? description : `${description} Default: \`${fallback}\`.`;
    const set = workflowDefault === undefined ? '' : `    default: ${JSON.stringify(workflowDefault)}\n`;
    return `  ${name}:\n    description: ${JSON.stringify(text)}\n    required: false\n${set}`;
  });
  const outputs = Object.entries(outputSpecs).map(
    ([name, description]) => `  ${name}:\n    description: ${JSON.stringify(description)}\n`,
  );
  return [
    'name: Visual Capture',
    'description: Captures preview pages, compares them with baselines and explains every difference and every failure.',
    'branding:',
    '  icon: camera',
    '  color: blue',
    'runs:',
    '  using: node24',
    '  main: dist/index.js',
    '# Generated from src/inputs/spec.ts by `npm run generate`: change the table, not this list. Defaults are told in the',
    '# descriptions and not set here, because a default set here would outrank the same key in visual-capture.yml.',
    'inputs:',
    `${inputs.join('')}# Generated from src/publish/outputs.ts.`,
    'outputs:',
    outputs.join(''),
  ].join('\n');
}

const cell = (text: string): string => linkPages(text.replaceAll('|', '\\|').replaceAll('\n', ' '));

/** Pages of the documentation as links, since this stands among them. */
function linkPages(text: string): string {
  return text.replaceAll(new RegExp(`${docsFolderUrl}/([\\w-]+\\.md(?:#[\\w-]+)?)`, 'g'), '[$1]($1)');
}

/** Replaces what stands between the two comments that name a block. */
function withBlock(document: string, name: string, block: string): string {
  const [start, end] = [`<!-- ${name}: generated -->\n`, `<!-- ${name}: end -->`];
  const [from, to] = [document.indexOf(start), document.indexOf(end)];
  if (from < 0 || to < from) {
    throw new TypeError(`There is no block ${name} to write to.`);
  }
  return `${document.slice(0, from + start.length)}${block}${document.slice(to)}`;
}

/** Those that puppeteer-core knows, without loading it where inputs are read. */
function renderDevices(): string {
  const rows = Object.entries(KnownDevices).map(([name, { userAgent, viewport }]) => {
    const { width, height, deviceScaleFactor: scale = 1, isMobile: mobile = false, hasTouch: touch = false } = viewport;
    return `  ${JSON.stringify(name)}: ${JSON.stringify({ width, height, scale, mobile, touch, userAgent })},`;
  });
  return [
    '// Written by scripts/generate.ts from the devices that puppeteer-core knows. Do not edit.',
    'export const knownDevices = {',
    ...rows,
    '} as const;',
    '',
  ].join('\n');
}

function readDoc(path: string): string {
  return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
}

function renderTrustTable(): string {
  const rows = Object.values(trustRules).map(
    ({ settings, invocation, configFile }) => `| ${[settings, invocation, configFile].map(cell).join(' | ')} |`,
  );
  return `| what | the workflow or the command line | the config file |
|---|---|---|
${rows.join('\n')}
`;
}

function renderEventsTable(): string {
  const rows = eventRules.map(({ events, when, commit, kind }) => {
    const names = events.map((event) => `\`${event}\``).join(', ');
    const { tells, baselines, writes } = kindWords[kind];
    return `| ${[names, when].filter(Boolean).join(' ')} | ${[commit, tells, baselines, writes].map(cell).join(' | ')} |`;
  });
  return `| event | captured commit | pull requests that are told | compared with the baselines of | may write them |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

/**
 * What may be written, where its schema tells it in a few words: the words of a choice or of a list, or the range of a number.
 * What may also be a name or a mapping is left to its description.
 */
function renderValues({ enum: words, type, items, minimum, maximum, anyOf }: JsonSchema): string {
  if (Array.isArray(words)) {
    return words.map((word) => `\`${word}\``).join(', ');
  }
  switch (type) {
    case 'boolean':
      return '`true`, `false`';
    case 'integer':
    case 'number':
      return maximum === undefined ? `${minimum} or more` : `${minimum} to ${maximum}`;
    case 'array':
      return isRecord(items) ? renderValues(items) : '';
    default: {
      const list = Array.isArray(anyOf) ? anyOf.filter(isRecord).find((one) => one['type'] === 'array') : undefined;
      return list === undefined ? '' : renderValues(list);
    }
  }
}

function renderInputsDoc(): string {
  const where = {
    step: 'workflow',
    invocation: 'workflow, command line',
    run: 'also top of the config file',
    target: 'also top of the config file and targets',
  } as const;
  const rows = inputNames.map((name) => {
    const { type, description, default: fallback, workflowDefault, scope, configOnly, targetOnly, stepOnly } = inputSpec(name);
    const place =
      configOnly === true
        ? `config file: ${targetOnly === true ? 'targets' : 'top and targets'}`
        : where[stepOnly === true ? 'step' : scope];
    const shown = fallback ?? workflowDefault;
    return `| \`${name}\` | ${renderValues(type.schema)} | ${shown === undefined ? '' : `\`${shown}\``} | ${cell(description)} | ${place} |`;
  });
  const outputs = Object.entries(outputSpecs).map(([name, description]) => `| \`${name}\` | ${cell(description)} |`);
  return `# Inputs and outputs

Generated from the tables in \`src/inputs/spec.ts\` and \`src/publish/outputs.ts\` by \`npm run generate\`.

An input counts in this order: a target's own setting, then the workflow or command line, then the top of the config
file, then the default. On the command line each input is a flag of the same name: \`--full-page\`, \`--viewports 1280x800\`.
Relative paths start from the working directory (in a workflow: the workspace).

| input | values | default | meaning | where |
|---|---|---|---|---|
${rows.join('\n')}

In the config file, \`\${NAME}\` is replaced from the environment; one that is not set is an error, and \`$\${NAME}\` stands
for itself. Variables that hold a secret of the run are withheld
([security.md](security.md#who-may-set-what)). The JSON Schema is
[visual-capture.schema.json](visual-capture.schema.json); \`visual-capture schema\` prints it.

## Outputs

| output | meaning |
|---|---|
${outputs.join('\n')}
`;
}

/** Stands for a capture in the examples of docs/errors.md. */
const example: FixContext = {
  url: 'https://preview.example/pricing',
  selector: '#plans',
  place: 'visual-capture.yml:6',
  baselinePath: 'visual-baselines/pricing/1280x800.png',
  run: { ...sampleRun, timeLimitMs: 600_000, maxCaptures: 100, heldBackMs: 42_000, possiblyBilled: 1, undone: 12 },
};

const retryWords = {
  never: 'never repeated',
  once: 'repeated once',
  backoff: 'repeated with a growing delay, up to `max-attempts`',
  hold: 'every capture is held back, then it is repeated, as often as needed within `retry-budget`',
} as const;

/** What becomes of the capture and the run when repeating it did not help. */
function renderEnd(name: ErrorCodeName): string {
  const { retry, stops } = errorCode(name);
  if (stops === 'run') {
    return 'the run stops: what was tried fails, the rest is skipped, and what was captured is compared and reported';
  }
  return retry === 'hold'
    ? 'if no picture arrives before that is used up, the run stops with what it has'
    : 'if it stays so, that capture fails and the others go on';
}

const wayWords =
  ' ([when no service answers at all](scheduler.md#when-the-way-to-the-service-is-broken), every capture is held back and no attempt is counted)';

const billedWords: { readonly [Kind in Billing]: string } = {
  no: 'no',
  possibly: 'possibly, because the answer may have been lost after the capture was made',
  'with-picture': 'only if a picture had been taken before it was found',
};

function renderErrorsDoc(): string {
  const names = Object.keys(errorCodes) as ErrorCodeName[];
  const rows = names.map((name) => {
    const { stops } = errorCode(name);
    const { status, title } = describeError(name, 'api');
    return `| [\`${name}\`](#${name}) | ${status ?? ''} | ${title} | ${stops === 'run' ? 'the run' : 'that capture'} |`;
  });
  const sections = names.map((name) => {
    const { retry, billed } = errorCode(name);
    const { status, title, meaning, fix, docs } = describeError(name, 'api');
    return `## ${name}

**${title}.** ${meaning}

- Comes from: ${status === undefined ? 'Visual Capture itself' : `the service, with status ${status}`}
- What is done: ${retryWords[retry]}${retry === 'backoff' ? wayWords : ''}; ${renderEnd(name)}
- Billed: ${billedWords[billed]}
${docs === undefined ? '' : `- More: <${docs}>\n`}
The annotation says, for example:

> ${fix(example)}
`;
  });
  return `# Errors

Generated from the table in \`src/errors/codes.ts\` by \`npm run generate\`. Each code is the title of an annotation and
\`error.code\` in results.json.

| code | status | meaning | stops |
|---|---|---|---|
${rows.join('\n')}

${sections.join('\n')}`;
}
