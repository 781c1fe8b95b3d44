import { EOL } from 'node:os';

/**
 * `::name key=value,…::message`, as a line. Properties without a value are left out. Byte for byte as the package @actions/core
 * writes it, which a test compares: what is told before the first request cannot wait for the package, which loads an HTTP client
 * of its own, a fifth of the step's time until then (`npm run bench start`).
 */
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

/** What would end the line. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** And what would end the property. */
function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
