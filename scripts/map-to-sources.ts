import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';
import { decodedMappings, LEAST_UPPER_BOUND, originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';

/** A source map (version 3) as the bundler gives it. */
export interface BundleMap {
  readonly sources: readonly (string | null)[];
  readonly mappings: string;
}

/**
 * The source map of a bundle, led back through those of the compiler to the files below src/. Packages are left out: they would
 * make it five times as large, and where they stand differs from one machine to the next.
 * @returns undefined when nothing of the bundle is from src/.
 */
export async function mapToSources({ sources, mappings }: BundleMap, root: string): Promise<string | undefined> {
  const compiled = await Promise.all(
    sources.map(async (source) => {
      // ncc writes paths from the project's folder with `.././` before them, wherever the bundle will lie.
      const inProject = /^[./]*(build\/.+)$/.exec(source ?? '')?.[1];
      if (inProject === undefined) {
        return undefined;
      }
      const path = join(root, inProject);
      return { path, map: new TraceMap(await readFile(`${path}.map`, 'utf8')) };
    }),
  );
  const named = new Map<string, number>();
  const lead = ([column, source = -1, line = 0, sourceColumn = 0]: SourceMapSegment): SourceMapSegment => {
    const file = compiled[source];
    // ncc tells lines alone, and what the compiler tells of a line begins behind its indentation.
    const origin =
      file === undefined
        ? undefined
        : originalPositionFor(file.map, { line: line + 1, column: sourceColumn, bias: LEAST_UPPER_BOUND });
    if (file === undefined || origin?.source == null) {
      return [column];
    }
    const path = relative(root, resolve(dirname(file.path), origin.source)).replaceAll(sep, '/');
    const index = named.get(path) ?? named.size;
    named.set(path, index);
    return [column, index, origin.line - 1, origin.column];
  };
  const bundle = new TraceMap({ version: 3, sources: [...sources], names: [], mappings });
  const lines = decodedMappings(bundle).map((segments) =>
    segments.map(lead).filter((segment, at, all) => !isSamePlace(segment, all[at - 1] ?? [0])),
  );
  return named.size === 0
    ? undefined
    : JSON.stringify({ version: 3, sources: [...named.keys()], names: [], mappings: encode(lines) });
}

/** Whether a segment tells nothing new: much of a line is of one place, or of none. */
function isSamePlace([, ...place]: SourceMapSegment, [, ...before]: SourceMapSegment): boolean {
  return place.length === before.length && place.every((value, at) => value === before[at]);
}
