import type { OpenPage } from './open-page.ts';

/** A document whose scripts may not run never tells of a frame; in this time several were drawn. */
const longestMs = 100;

/** Resolves when a frame was drawn and the page was told of what came into view. */
export async function nextFrame({ worlds, clock }: OpenPage): Promise<void> {
  const done = new AbortController();
  const enough = clock.sleep(longestMs, done.signal).catch(() => undefined);
  try {
    await Promise.race([worlds.run('nextFrame'), enough]);
  } finally {
    done.abort();
  }
}
