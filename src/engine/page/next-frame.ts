import type { FrameWorlds } from './frame-worlds.ts';
import type { OpenPage } from './open-page.ts';

/** A document whose scripts may not run never tells of a frame; in this time several were drawn. */
const silentMs = 100;
/** One that does may need long for the frame of a large page. */
const longestMs = 2_000;

/** Pages that have told of a frame. */
const telling = new WeakSet<FrameWorlds>();

/** Resolves when a frame was drawn and the page was told of what came into view. */
export async function nextFrame({ worlds, clock }: OpenPage): Promise<void> {
  const done = new AbortController();
  const enough = clock.sleep(telling.has(worlds) ? longestMs : silentMs, done.signal).catch(() => undefined);
  const told = worlds.run('nextFrame').then(() => void telling.add(worlds));
  try {
    await Promise.race([told, enough]);
  } finally {
    done.abort();
    // Where time was over, nobody waits for the frame any more.
    told.catch(() => undefined);
  }
}
