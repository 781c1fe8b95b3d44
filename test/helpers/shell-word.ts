/** The text as one word of sh, whatever it holds: temporary folders have names with blanks and quotes in the tests. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
