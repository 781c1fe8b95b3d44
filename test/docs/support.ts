import { readdirSync, readFileSync } from 'node:fs';

/** What a person reads of the project, as paths from its top. */
export const pages: readonly string[] = [
  ...readdirSync('.').filter((file) => file.endsWith('.md')),
  ...readdirSync('docs')
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

export const readPage = (page: string): string => readFileSync(page, 'utf8').replaceAll('\r\n', '\n');

/** A block of code between fences. */
export interface Block {
  readonly page: string;
  /** Of its first line. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

const fenced = /^```([\w-]*)\n([\s\S]*?)^```$/gm;

export function blocksOf(page: string): Block[] {
  const text = readPage(page);
  return [...text.matchAll(fenced)].map(({ 1: language = '', 2: code = '', index }) => ({
    page,
    line: text.slice(0, index).split('\n').length + 1,
    language,
    text: code,
  }));
}

/** Without blocks of code, in which nothing is a heading, a link or a command in passing. */
export const proseOf = (page: string): string => readPage(page).replaceAll(fenced, '');

/** The line of each block, to find it by. */
export const placeOf = ({ page, line }: Pick<Block, 'page' | 'line'>): string => `${page}:${line}`;
