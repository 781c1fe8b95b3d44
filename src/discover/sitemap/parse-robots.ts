/** The sitemaps that a robots.txt names, as they are written. Its other lines are for search engines, and not for us. */
export function parseRobots(text: string): string[] {
  const named = text.split(/\r\n?|\n/).flatMap((line) => /^\s*sitemap\s*:\s*([^\s#]\S*)/i.exec(line)?.[1] ?? []);
  return [...new Set(named)];
}
