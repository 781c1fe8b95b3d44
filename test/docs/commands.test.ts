import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findCommand, parseCommandLine } from '../../src/cli/main.ts';
import { blocksOf, pages, placeOf, proseOf, readPage } from './support.ts';

interface Written {
  readonly at: string;
  readonly command: string;
}

/** The start of a line that runs this command line, and nothing else. */
const runs = /^(?:\$ )?(?:npx (?:--no )?visual-capture|visual-capture|node dist\/cli\/index\.js) +(.*)$/;

/** A command that goes on in the next line, as one. */
function joinLines(text: string): string {
  return text.replaceAll(/ \\\n */g, ' ');
}

/** What a reader copies: lines of shell blocks, and of blocks without fences. */
const lines = pages.flatMap((page): Written[] => {
  const fenced = blocksOf(page)
    .filter(({ language }) => ['sh', 'console', ''].includes(language))
    .flatMap(({ line, text }) =>
      joinLines(text)
        .split('\n')
        .map((command, index) => ({ at: placeOf({ page, line: line + index }), command })),
    );
  const indented = joinLines(readPage(page))
    .split('\n')
    .flatMap((command, index) =>
      command.startsWith('    ') ? [{ at: placeOf({ page, line: index + 1 }), command: command.trim() }] : [],
    );
  return [...fenced, ...indented];
});

const commandLines = lines.flatMap(({ at, command }): [string, string][] => {
  const [, args] = runs.exec(command.trim()) ?? [];
  return args === undefined ? [] : [[`${args} (${at})`, args]];
});

/** The words of a line as a shell has them, without its comment. */
const wordsOf = (line: string): string[] =>
  [...line.replace(/\s#.*$/, '').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, one, two, plain]) => one ?? two ?? plain ?? '');

test.each(commandLines)('%s', (_, args) => {
  expect(() => parseCommandLine(wordsOf(args))).not.toThrow();
});

test('there are lines to look at', () => {
  expect(commandLines.length).toBeGreaterThan(20);
});

describe('a command in passing', () => {
  const spans = pages.flatMap((page) =>
    [...proseOf(page).matchAll(/`visual-capture ([^`]+)`/g)].map(([, args = '']): [string, string] => [
      `${args} (${page})`,
      args,
    ]),
  );

  test.each(spans)('%s has a name and options that there are', (_, args) => {
    const [name = '', ...rest] = wordsOf(args);
    const command = findCommand(name);
    expect(command).toBeDefined();
    const flags = rest.flatMap((word) => /^--([\w-]+)/.exec(word)?.[1] ?? []);
    const known = [...Object.keys(command?.flags ?? {}), 'help'];
    expect(flags.filter((flag) => !known.includes(flag))).toEqual([]);
  });
});

test('every script and every bench that is told is there', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const benches = [...readFileSync('bench/run.js', 'utf8').matchAll(/^ {2}\['([\w-]+)'/gm)].map(([, name]) => name);
  const missing: string[] = [];
  for (const page of pages) {
    for (const [told, script = '', bench] of readPage(page).matchAll(/\bnpm run ([\w:-]+)(?: ([a-z][\w-]*))?/g)) {
      const there = script in scripts && (script !== 'bench' || bench === undefined || benches.includes(bench));
      // Scripts of the reader's own project, in the workflows for it.
      if (!there && script !== 'build-storybook' && script !== 'build') {
        missing.push(`${page}: ${told}`);
      }
    }
  }
  expect(missing).toEqual([]);
  expect(benches.length).toBeGreaterThan(5);
});
