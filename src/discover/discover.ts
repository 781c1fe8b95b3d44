import { hideSecrets } from '../address/hide-secrets.ts';
import type { DiscoverChoice, Discovery } from '../plan/discovery.ts';
import { readGlobs } from './choose.ts';
import { chooseTargets } from './choose-targets.ts';
import { crawl } from './crawl/crawl.ts';
import type { Finding } from './finding.ts';
import { findInSitemap } from './sitemap/find-in-sitemap.ts';
import { findStories } from './storybook/find-stories.ts';
import type { Web } from './web.ts';

export interface DiscoverPorts {
  readonly web: Web;
  /** What no message may repeat. */
  readonly secrets: readonly string[];
}

/** What was found, and what kept it from being all: with any problem nothing is to be captured. */
export type Discovered = Discovery & { readonly problems: readonly string[] };

/**
 * Finds the targets that nobody listed. `base`: the preview, whose address may be known only now; without one, `storybook`
 * has to be a URL and is all that can be looked at.
 */
export async function discover(
  choice: DiscoverChoice,
  base: URL | undefined,
  { web, secrets }: DiscoverPorts,
): Promise<Discovered> {
  const globs = readGlobs(choice);
  const { sitemap, storybook, crawl: links } = choice;
  const searches: Promise<Finding>[] = [];
  if (sitemap !== undefined && base !== undefined) {
    searches.push(findInSitemap({ sitemap, base, globs, web }));
  }
  if (storybook !== undefined) {
    searches.push(findStories({ storybook, base, globs, web }));
  }
  if (links !== undefined && base !== undefined) {
    searches.push(crawl({ base, depth: links.depth, max: choice.max, globs, web }));
  }
  const chosen = chooseTargets(await Promise.all(searches), choice, base);
  const hide = (text: string): string => hideSecrets(text, secrets);
  return { ...chosen, problems: chosen.problems.map(hide), notes: chosen.notes.map(hide) };
}
