import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A place in a stack trace as V8 writes it for modules. */
const place = /(file:\/\/\/[^\s()]+\.js):(\d+):(\d+)/g;

/**
 * The stack of an error, for whoever is to find the fault: what is in the built product's bundles is shown as the line of src/
 * that it was, by the maps beside them. Node would do so itself (`process.setSourceMapsEnabled`), and read the maps at each
 * start, whether anything goes wrong or not.
 */
export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const maps = new Map<string, SourceMap | undefined>();
  return (error.stack ?? error.message).replace(place, (shown, bundle: string, line: string, column: string) => {
    if (!maps.has(bundle)) {
      maps.set(bundle, readMap(bundle));
    }
    const entry = maps.get(bundle)?.findEntry(Number(line) - 1, Number(column) - 1);
    return entry !== undefined && 'originalSource' in entry && entry.originalSource !== undefined
      ? `${entry.originalSource}:${entry.originalLine + 1}`
      : shown;
  });
}

/** Undefined where there is none that can be read: the stack is then shown as it is. */
function readMap(bundle: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(bundle)}.map`, 'utf8')));
  } catch {
    return undefined;
  }
}
