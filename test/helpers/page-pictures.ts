import type { PageData } from '../../src/report/html/page-data.ts';

/** Which pictures a report page holds, and whether whole or as a thumbnail, by their paths. */
export function readPagePictures(page: string): Record<string, string> {
  const json = /<script type="application\/json" id="report-data">(.*?)<\/script>/s.exec(page)?.[1] ?? '{"pictures":[]}';
  const { pictures } = JSON.parse(json) as PageData;
  return Object.fromEntries(pictures.map(([path, { kind }]) => [path, kind]));
}
