import type { Place, Problem } from '../errors/problem.ts';
import type { Author, LocatedTarget } from './located.ts';
import { inputPlace, targetLines, type WorkflowPlaces } from './workflow-places.ts';

/** `name = target`: the name comes before the first `=` and looks like no URL, so that `/search?q=a` is a target. */
const named = /^([^\s/?#:=](?:[^?#:=]*[^\s?#:=])?)\s*=\s*(.*)$/;

/** Reads a target as a line of `urls` and the short form of the config file have it: `URL-or-path`, `name = URL-or-path`. */
export function parseTarget(line: string, place: Place, by: Author): LocatedTarget | { readonly problem: string } {
  const match = named.exec(line);
  const [name, url] = match === null ? [undefined, line] : [match[1], match[2] ?? ''];
  if (url === '') {
    return { problem: `"${line}" must be a URL or a path, or name = URL or path` };
  }
  if (/\s/.test(url)) {
    return { problem: `"${url}" holds a blank. Write it as %20` };
  }
  return {
    place,
    by,
    page: { kind: 'url', url },
    settings: new Map(),
    ...(name === undefined ? {} : { name: { raw: name, place, by } }),
  };
}

/** Reads the `urls` input: one target a line. */
export function parseUrls(urls: string, places: WorkflowPlaces | undefined): { targets: LocatedTarget[]; problems: Problem[] } {
  const targets: LocatedTarget[] = [];
  const problems: Problem[] = [];
  for (const line of targetLines(urls)) {
    const place = inputPlace('urls', places, places?.lineOfTarget(line) ?? places?.lineOf('urls'));
    const target = parseTarget(line, place, 'invocation');
    if ('problem' in target) {
      problems.push({ place, message: target.problem });
    } else {
      targets.push(target);
    }
  }
  return { targets, problems };
}
