import { describe, expect, it } from 'vitest';
import { parseAcceptCommand } from '../../src/github/parse-accept-command.ts';

describe('the command in a comment', () => {
  it.each<[string, string[] | undefined]>([
    ['/visual accept', []],
    ['/visual accept a/1280x800', ['a/1280x800']],
    ['/visual accept  a/1280x800\tb/mobile ', ['a/1280x800', 'b/mobile']],
    ['/visual accept `a/1280x800` "b c/mobile" \'d e/mobile\'', ['a/1280x800', 'b c/mobile', 'd e/mobile']],
    ['/visual accept docs/* x_y_z foo/**/bar', ['docs/*', 'x_y_z', 'foo/**/bar']],
    ['Looks right.\r\n/visual accept a/1280x800\r\nThanks', ['a/1280x800']],
    ['- a list\n\n/visual accept a', ['a']],
    ['two spaces  \n/visual accept a', ['a']],
    ['```\ncode\n```\n/visual accept a', ['a']],
    ['<!-- hidden -->\n\n/visual accept a', ['a']],
    ['/visual accept a\n/visual accept b', ['a']],
    ['`/visual accept a`\n/visual accept b', ['b']],
    ['please /visual accept', undefined],
    ['/visual acceptance', undefined],
    ['/visual', undefined],
    ['', undefined],
  ])('%j asks for %j', (body, words) => {
    expect(parseAcceptCommand(body)).toEqual(words);
  });

  it.each([
    ['a fenced block', '```\n/visual accept\n```'],
    ['a fenced block that does not end', '~~~\n/visual accept'],
    ['an indented block', 'Like this:\n\n    /visual accept'],
    ['an indented line', 'Like this:\n   /visual accept'],
    ['code within a line', '`/visual accept`'],
    ['code over two lines', 'type `this\n/visual accept` there'],
    ['a quote', '> /visual accept'],
    ['the last line of a quote, which has no sign of its own', '> somebody said\n/visual accept'],
    ['a list', '- type\n/visual accept'],
    ['a list, further down', '- type\n\n  /visual accept'],
    ['a heading', '/visual accept\n---'],
    ['a table', '| a |\n|---|\n/visual accept'],
    ['an HTML comment', '<!--\n/visual accept\n-->'],
    ['an HTML comment that does not end', '<!--\n/visual accept'],
    ['an HTML comment within a paragraph', 'hello <!--\n/visual accept\n--> world'],
    ['an HTML block', '<details>\n/visual accept\n</details>'],
    ['an HTML attribute', 'see <a title="\n/visual accept\n">this</a>'],
    ['the title of a link', 'see [this](https://example.com "\n/visual accept\n")'],
    ['emphasis', '*this\n/visual accept*'],
  ])('%s holds none', (_, body) => {
    expect(parseAcceptCommand(body)).toBeUndefined();
  });

  it.each([
    ['thousands of quotes in one another', `${'> '.repeat(9_000)}\n/visual accept`],
    ['more than anybody writes', `${'a\n'.repeat(20_000)}/visual accept`],
  ])('%s are not read, and no fault', (_, body) => {
    expect(parseAcceptCommand(body)).toBeUndefined();
  });
});
