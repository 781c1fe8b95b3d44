import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { encode, type SourceMapMappings } from '@jridgewell/sourcemap-codec';
import { decodedMappings, originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';

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
  const lines: SourceMapMappings = decodedMappings(new TraceMap({ version: 3, sources: [...sources], names: [], mappings })).map(
    (segments) => {
      const kept: SourceMapMappings[number] = [];
      for (const segment of segments) {
        const file = segment.length === 1 ? undefined : compiled[segment[1]];
        const origin =
          file === undefined || segment.length === 1
            ? undefined
            : originalPositionFor(file.map, { line: segment[2] + 1, column: segment[3] });
        if (file !== undefined && origin?.source != null) {
          const source = relative(root, resolve(dirname(file.path), origin.source)).replaceAll(sep, '/');
          const index = named.get(source) ?? named.size;
          named.set(source, index);
          kept.push([segment[0], index, origin.line - 1, origin.column]);
        } else if (kept.at(-1)?.length === 4) {
          // What follows is not of the file before.
          kept.push([segment[0]]);
        }
      }
      return kept;
    },
  );
  return named.size === 0
    ? undefined
    : JSON.stringify({ version: 3, sources: [...named.keys()], names: [], mappings: encode(lines) });
}
