/** The command that takes captures of the last run as baselines, ready to be pasted into a shell. */
export function renderAcceptCommand(ids: readonly string[]): string {
  const separator = ids.some((id) => id.startsWith('-')) ? ['--'] : [];
  return ['visual-capture', 'accept', ...separator, ...ids.map(quoteForShell)].join(' ');
}

/** Plain words stay as they are; anything else goes into single quotes, as POSIX shells and PowerShell read them. */
function quoteForShell(word: string): string {
  return /^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
