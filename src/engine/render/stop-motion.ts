import { openClosedRoots } from '../page/closed-roots.ts';
import { nextFrame } from '../page/next-frame.ts';
import type { OpenPage } from '../page/open-page.ts';

/** A page that starts an animation at each end of another is left at the start of one. */
const mostRounds = 10;
/** Longest wait for videos to be at their start. */
const rewindMs = 3_000;

/** Brings what moves to a fixed state, in every frame and shadow tree. */
export async function stopMotion(opened: OpenPage): Promise<void> {
  const { worlds, clock } = opened;
  await openClosedRoots(worlds);
  for (let round = 0; round < mostRounds; round += 1) {
    const stopped = await worlds.runInAll('stopMotion');
    if (!stopped.includes(true)) {
      break;
    }
    // The next frame brings what the page starts in turn.
    await nextFrame(opened);
  }
  const endMs = clock.nowMs() + rewindMs;
  while ((await worlds.runInAll('rewindVideos')).includes(false) && clock.nowMs() < endMs) {
    await nextFrame(opened);
  }
}
