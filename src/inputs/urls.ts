import type { LocatedTarget } from './located.ts';
import type { Problem } from './problem.ts';
import { inputPlace, targetLines, type WorkflowPlaces } from './workflow-places.ts';

/** `name = target`: the name comes before the first `=` and looks like no URL, so that `/search?q=a` is a target. */
const named = /^([^\s/?#:=](?:[^?#:=]*[^\s?#:=])?)\s*=\s*(.*)$/;

/** Reads the `urls` input: one target a line, `URL-or-path` or `name = URL-or-path`. */
export function parseUrls(urls: string, places: WorkflowPlaces | undefined): { targets: LocatedTarget[]; problems: Problem[] } {
  const targets: LocatedTarget[] = [];
  const problems: Problem[] = [];
  for (const line of targetLines(urls)) {
    const place = inputPlace('urls', places, places?.lineOfTarget(line) ?? places?.lineOf('urls'));
    const match = named.exec(line);
    const [name, url] = match === null ? [undefined, line] : [match[1], match[2] ?? ''];
    if (url === '' || /\s/.test(url)) {
      problems.push({ place, message: `"${line}" must be a URL or a path, or name = URL or path` });
    } else {
      targets.push({
        place,
        page: { kind: 'url', url },
        settings: new Map(),
        ...(name === undefined ? {} : { name: { raw: name, place } }),
      });
    }
  }
  return { targets, problems };
}
