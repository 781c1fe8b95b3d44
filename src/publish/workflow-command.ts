import { EOL } from 'node:os';

/*
 * The two forms in which a step tells the runner something, byte for byte as the package @actions/core writes them, which a test
 * compares. The package itself would load an HTTP client before the step's first line: a fifth of its time before the first
 * request (`npm run bench start`).
 */

/** `::name key=value,…::message`, as a line. Properties without a value are left out. */
export function renderCommand(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined && value !== '' && value !== 0);
  const written = given.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(',');
  // A command with properties has its blank even where each is left out.
  const gap = Object.keys(properties).length === 0 ? '' : ' ';
  return `::${name}${gap}${written}::${escapeData(message)}${EOL}`;
}

/**
 * A value for one of the runner's files, such as GITHUB_OUTPUT, as its lines.
 * @param unique What no other text has: it ends the value.
 */
export function renderFileEntry(name: string, value: string, unique: string): string {
  const delimiter = `ghadelimiter_${unique}`;
  return `${name}<<${delimiter}${EOL}${value}${EOL}${delimiter}${EOL}`;
}

/** What would end the line. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** And what would end the property. */
function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
