import { lexer, type Token, type Tokens } from 'marked';

/** Longer comments are not read: reading what somebody tangled on purpose takes its time. */
const maxCommentLength = 20_000;

const command = /^\/visual accept(?=\s|$)(.*)$/gm;

/**
 * The words behind the first `/visual accept` that begins a line of a comment's own text; undefined when there is none.
 * What stands in code, quotes, lists, headings, tables and HTML was not said by the comment's author, or not as a command.
 */
export function parseAcceptCommand(body: string): string[] | undefined {
  if (body.search(command) === -1 || body.length > maxCommentLength) {
    return undefined;
  }
  const rest = readBlocks(body)
    .filter((token): token is Tokens.Paragraph => token.type === 'paragraph')
    .flatMap(({ tokens }) => findCommands(tokens))[0];
  return rest === undefined ? undefined : splitWords(rest);
}

/** Words separated by blanks; quotes keep blanks together. */
export function splitWords(text: string): string[] {
  return [...text.matchAll(/'([^']*)'|"([^"]*)"|`([^`]*)`|(\S+)/g)].map((match) => match.slice(1).find(Boolean) ?? '');
}

function readBlocks(body: string): Token[] {
  try {
    return lexer(body);
  } catch (error) {
    // Thousands of quotes in one another.
    if (error instanceof RangeError) {
      return [];
    }
    throw error;
  }
}

/** What follows each command of a paragraph, which is a paragraph's own text that begins a line. */
function findCommands(tokens: readonly Token[]): string[] {
  const texts: { readonly from: number; readonly to: number }[] = [];
  let raw = '';
  for (const token of tokens) {
    if (token.type === 'text') {
      texts.push({ from: raw.length, to: raw.length + token.raw.length });
    }
    raw += token.raw;
  }
  return [...raw.matchAll(command)].flatMap(({ index, 1: rest = '' }) =>
    texts.some(({ from, to }) => from <= index && index < to) ? [rest] : [],
  );
}
