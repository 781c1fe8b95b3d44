import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeOptions } from '../../src/environment/describe.ts';
import { InputError } from '../../src/errors/problem.ts';
import type { Inputs } from '../../src/inputs/inputs.ts';
import { loadInputs } from '../../src/inputs/load.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import type { Step } from '../../src/plan/step.ts';
import { openWorkspace } from '../../src/system/workspace.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'steps-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const env = { PASSWORD: 'hunter2hunter2', TOKEN: 't0ken-t0ken', INPUT_SECRET: 'withheld' };

async function load(yaml: string, engine = 'local'): Promise<Inputs> {
  await writeFile(join(directory, 'visual-capture.yml'), yaml);
  const values = new Map(Object.entries({ engine, 'api-key': 'sk_test' })) as Map<InputName, string>;
  return loadInputs({ values, env, fork: false, purpose: 'check' }, openWorkspace(directory));
}

async function problemsOf(yaml: string, engine?: string): Promise<string> {
  const error: unknown = await load(yaml, engine).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message;
}

const target = (...steps: readonly string[]): string =>
  ['targets:', '  - url: http://localhost/', '    steps:', ...steps.map((step) => `      - ${step}`), ''].join('\n');

describe('steps', () => {
  test('of every kind, each with its line', async () => {
    const { captures } = await load(
      target(
        'click: "#a"',
        'hover: "x-menu >>> .b"',
        'focus: input',
        'fill: {"#c": 12}',
        'select: {"#d": large}',
        'press: Control+a',
        'press: 7',
        'scroll-to: footer',
        'wait-for: .e',
        'wait: 500',
      ),
    );
    const expected: Step[] = [
      { kind: 'click', selector: '#a' },
      { kind: 'hover', selector: 'x-menu >>> .b' },
      { kind: 'focus', selector: 'input' },
      { kind: 'fill', selector: '#c', text: '12' },
      { kind: 'select', selector: '#d', value: 'large' },
      { kind: 'press', key: 'Control+a' },
      { kind: 'press', key: '7' },
      { kind: 'scroll-to', selector: 'footer' },
      { kind: 'wait-for', selector: '.e' },
      { kind: 'wait', delayMs: 500 },
    ];
    expect(captures[0]?.settings.page?.steps).toEqual(
      expected.map((step, at) => ({ ...step, at: `visual-capture.yml:${at + 4}` })),
    );
  });

  test('at the top of the file count for every target that has none', async () => {
    const { captures } = await load(
      'steps: [{click: "#a"}]\ntargets: [http://localhost/1, {url: http://localhost/2, steps: [{click: "#b"}]}]\n',
    );
    expect(captures.map(({ settings }) => settings.page?.steps?.map((step) => 'selector' in step && step.selector))).toEqual([
      ['#a'],
      ['#b'],
    ]);
  });

  test.each<[string, string]>([
    ['clik: "#a"', 'steps has a wrong step 1 (visual-capture.yml:4): there is no step "clik". Did you mean "click"?'],
    ['{click: "#a", wait: 5}', 'step 1 (visual-capture.yml:4): a step does one thing, so it has one key, not click and wait'],
    ['click', 'it must be a mapping such as {click: "#menu"}, not "click"'],
    ['click: 7', 'click must be a CSS selector such as "#menu", not 7'],
    ['fill: "#a"', 'fill must be a mapping with one selector such as {"#email": a@example.com}'],
    ['fill: {"#a": 1, "#b": 2}', 'it names 2: write a step for each'],
    ['fill: {"#a": [hunter2]}', 'fill has no text for "#a"'],
    ['press: Return', 'press must be a key such as Enter'],
    ['press: Hyper+a', 'press must be a key such as Enter'],
    ['wait: 10001', 'wait must be a whole number from 0 to 10000, not 10001: the milliseconds to wait'],
  ])('%s is refused by its line', async (step, problem) => {
    const problems = await problemsOf(target(step));
    expect(problems).toContain(problem);
    expect(problems).not.toContain('hunter2');
  });

  test.each(['steps: []', 'steps: click', `steps: [${'{wait: 1}, '.repeat(101)}]`])('%s is refused', async (written) => {
    expect(await problemsOf(`${written}\ntargets: [http://localhost/]\n`)).toMatch(
      /visual-capture\.yml:1: steps (must be|has 101)/,
    );
  });

  test('the hosted service cannot be asked for them', async () => {
    expect(await problemsOf(target('click: "#a"'), 'api')).toContain('visual-capture.yml:3: steps goes only with engine: local');
  });

  test('the fingerprint tells what is done, and nothing of what is typed', async () => {
    const { captures } = await load(
      target('fill: {"#a": "${PASSWORD}"}', 'select: {"#b": "${TOKEN}"}', 'press: Enter', 'wait: 5'),
    );
    expect(captures.map(({ settings }) => describeOptions(settings)['steps'])).toEqual([
      'fill #a, select #b, press Enter, wait 5',
    ]);
  });
});

describe('login', () => {
  const written =
    'login:\n  url: /login\n  steps:\n    - fill: {"#user": adalovelace}\n    - fill: {"#password": "${PASSWORD}"}\n';
  const base = 'base-url: https://pr-7.example/app?bypass=1\ntargets: [/]\n';

  test('is joined to base-url, and signs in the captures of both origins', async () => {
    expect((await load(`${base}${written}`)).login).toEqual({
      url: 'https://pr-7.example/app/login?bypass=1',
      origins: ['https://pr-7.example'],
      steps: [
        { kind: 'fill', selector: '#user', text: 'adalovelace', at: 'visual-capture.yml:6' },
        { kind: 'fill', selector: '#password', text: 'hunter2hunter2', at: 'visual-capture.yml:7' },
      ],
    });
    const { login } = await load(`${base}${written.replace('/login', 'https://id.example/login')}`);
    expect([login?.url, login?.origins]).toEqual(['https://id.example/login', ['https://id.example', 'https://pr-7.example']]);
  });

  test.each<[string, string]>([
    [`targets: [http://localhost/]\n${written}`, 'login has a url that cannot be opened: the target "/login" is relative'],
    [`${base}login: /login\n`, 'visual-capture.yml:3: login must be a mapping such as {url: /login, steps: ['],
    [`${base}login: {url: /login}\n`, 'login needs steps, which must be a list of steps'],
    [`${base}login: {steps: [{click: a}]}\n`, 'login needs a url, the page to sign in at, such as /login'],
    [`${base}login: {url: /login, step: [], steps: [{click: a}]}\n`, 'login has no key "step"; it takes url and steps'],
    [
      `${base}login: {url: /login, steps: [{clik: a}]}\n`,
      'login steps has a wrong step 1 (visual-capture.yml:3): there is no step "clik"',
    ],
    [
      `${base}${written}baseline: url\nbaseline-url: https://live.example\n`,
      'visual-capture.yml:3: login signs in at the preview alone',
    ],
    [
      `base-url: http://localhost\ntargets: [{url: /, login: {url: /, steps: [{wait: 1}]}}]\n`,
      'login holds for the whole run: move it to the top',
    ],
    [`${base}${written.replace('PASSWORD', 'INPUT_SECRET')}`, '${INPUT_SECRET} holds a secret of the run'],
  ])('%s is refused', async (yaml, problem) => {
    expect(await problemsOf(yaml)).toContain(problem);
  });

  test('the hosted service cannot be asked for it', async () => {
    expect(await problemsOf(`${base}${written}`, 'api')).toContain('visual-capture.yml:3: login goes only with engine: local');
  });
});

test('hidden is all that a login types, and elsewhere what variables hold', async () => {
  const yaml = `base-url: http://localhost
login: {url: /login, steps: [{fill: {"#user": adalovelace}}]}
targets:
  - url: /
    steps: [{fill: {"#search": ordinary words}}, {fill: {"#password": "<\${PASSWORD}>"}}]
    cookies: ["session=\${TOKEN}", theme=dark]
    storage: {token: "\${TOKEN}", theme: dark}
`;
  expect((await load(yaml)).writtenSecrets).toEqual(['adalovelace', '<hunter2hunter2>', 't0ken-t0ken']);
});
