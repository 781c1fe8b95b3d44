import { parseArgs } from 'node:util';
import { suggestKnown } from '../inputs/nearest.ts';

/** How a flag of a command is written. */
export interface Flag {
  /** What stands for its value in the usage; absent: it is a yes-or-no flag, which needs none. */
  readonly placeholder?: string;
  /** Words that it takes as its value; given without one of them, it means `true`. Absent: those of a yes-or-no flag. */
  readonly words?: readonly string[];
  readonly description: string;
  /** May be given several times; the values are joined by line breaks. */
  readonly repeatable?: true;
  /**
   * Of a flag that people look for here and that belongs elsewhere: what to do instead, as a sentence; undefined where
   * the value says nothing new. The usage leaves it out.
   */
  readonly instead?: (value: string) => string | undefined;
}

export type Flags = Readonly<Record<string, Flag>>;

export interface Arguments {
  readonly positionals: readonly string[];
  /** `true` for a flag without a value. */
  readonly flags: ReadonlyMap<string, string>;
}

/** The command line cannot be understood. Ends the process with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads the arguments of a command: `--flag value` and `--flag=value`; flags with words also `--flag` alone, and
 * yes-or-no flags `--no-flag`.
 * @throws UsageError naming every argument that is wrong.
 */
export function parseArguments(args: readonly string[], flags: Flags): Arguments {
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      Object.entries(flags).map(([name, flag]) => [name, { type: wordsOf(flag) === undefined ? 'string' : 'boolean' }]),
    ),
  });
  const values = new Map<string, string>();
  const positionals: string[] = [];
  const problems: string[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'option') {
      const word = followingWord(token, tokens[index + 1], flags);
      const problem = keepFlag(word === undefined ? token : { ...token, value: word }, flags, values);
      problems.push(...(problem === undefined ? [] : [problem]));
    } else if (token.kind === 'positional' && followingWord(tokens[index - 1], token, flags) === undefined) {
      positionals.push(token.value);
    }
  }
  if (problems.length > 0) {
    throw new UsageError(problems.join('\n'));
  }
  return { positionals, flags: values };
}

const yesOrNo = ['true', 'false'] as const;

/** Undefined for a flag that needs a value. */
function wordsOf({ placeholder, words }: Flag): readonly string[] | undefined {
  return words ?? (placeholder === undefined ? yesOrNo : undefined);
}

/** The value of a flag with words that stands after it as an argument of its own: `--full-page false`. */
function followingWord(flag: Token | undefined, next: Token | undefined, flags: Flags): string | undefined {
  if (flag?.kind !== 'option' || flag.value !== undefined || next?.kind !== 'positional') {
    return undefined;
  }
  const known = flagOf(flags, flag.name);
  return known !== undefined && wordsOf(known)?.includes(next.value) === true ? next.value : undefined;
}

/** Puts a flag into `values`, or returns what is wrong with it. */
function keepFlag(token: OptionToken, flags: Flags, values: Map<string, string>): string | undefined {
  const read = readFlag(token, flags);
  if ('problem' in read) {
    return read.problem;
  }
  const before = values.get(read.name);
  if (before !== undefined && flagOf(flags, read.name)?.repeatable !== true) {
    return `--${read.name} is given twice.`;
  }
  values.set(read.name, before === undefined ? read.value : `${before}\n${read.value}`);
  return undefined;
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
}

function readFlag({ name, rawName, value }: OptionToken, flags: Flags): { name: string; value: string } | { problem: string } {
  const flag = flagOf(flags, name);
  if (flag !== undefined) {
    if (wordsOf(flag) === undefined && value === undefined) {
      return { problem: `${rawName} needs a value: ${rawName} ${flag.placeholder}.` };
    }
    const instead = flag.instead?.(value ?? 'true');
    return instead === undefined ? { name, value: value ?? 'true' } : { problem: instead };
  }
  const positive = flagOf(flags, name.replace(/^no-/, ''));
  return name.startsWith('no-') && positive !== undefined && positive.placeholder === undefined
    ? { name: name.slice('no-'.length), value: 'false' }
    : {
        problem: `Unknown option ${rawName}. ${suggestKnown(
          name,
          Object.keys(flags).filter((known) => flags[known]?.instead === undefined),
          '--help',
        )}`,
      };
}

/** A plain look-up would find what every object has, such as `toString`. */
const flagOf = (flags: Flags, name: string): Flag | undefined => (Object.hasOwn(flags, name) ? flags[name] : undefined);

/** The usage of a command's flags, a line each. */
export function renderFlags(flags: Flags): string {
  const shown = Object.entries(flags).filter(([, { instead }]) => instead === undefined);
  const left = shown.map(([name, flag]) => `--${name}${renderPlaceholder(flag)}`);
  const width = Math.min(34, Math.max(...left.map((text) => text.length)));
  return shown
    .map(([, { description }], index) => {
      const flag = left[index] ?? '';
      return flag.length > width
        ? `  ${flag}\n  ${' '.repeat(width)}  ${description}`
        : `  ${flag.padEnd(width)}  ${description}`;
    })
    .join('\n');
}

/** A value that may be left out stands in brackets. */
function renderPlaceholder({ placeholder, words }: Flag): string {
  if (placeholder === undefined) {
    return '';
  }
  return words === undefined ? ` ${placeholder}` : ` [${placeholder}]`;
}
