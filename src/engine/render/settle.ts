import type { ResourceType } from 'puppeteer-core';
import type { OpenContent } from '../in-page/api.ts';
import { openClosedRoots } from '../page/closed-roots.ts';
import type { OpenPage } from '../page/open-page.ts';
import {
  type GivenUp,
  giveUp,
  isAnythingOpen,
  isSettled,
  type Look,
  type Watch,
  watchOn,
  withoutGivenUp,
} from './decide-settled.ts';

/** What is waited for: all that a page shows; all it has asked for; its documents, pictures and fonts; or the document and fonts alone. */
export type Wanted = 'everything' | 'requests' | 'pictures' | 'fonts';

/** What had not arrived when the wait ended. */
export type Unsettled = Pick<Look, 'urls' | 'elements'>;

/** How often the page is looked at. */
const everyMs = 20;

/** What hangs costs its bound once, however often a page is waited for. */
const givenUpBy = new WeakMap<OpenPage, GivenUp>();

/**
 * Waits until the page is as it will stay: nothing is on its way over the network, no font or video is loading, no
 * element says that it is busy, no short timer is set, and the layout is quiet. Every part of that is bounded.
 * @returns what was still open at the end; nothing when the page is ready
 */
export async function settle(opened: OpenPage, wanted: Wanted): Promise<Unsettled> {
  const { clock } = opened;
  const givenUp = givenUpBy.get(opened) ?? { urls: [], elements: [], restless: false };
  let watch: Watch | undefined;
  let sawClosedRoots = wanted !== 'everything';
  for (;;) {
    const beganMs = clock.nowMs();
    const look = wanted === 'everything' ? await lookAtAll(opened) : await lookAt(opened, wanted);
    const nowMs = clock.nowMs();
    const left = withoutGivenUp(look, givenUp);
    watch = watchOn(watch, left, nowMs);
    if (isSettled(watch, nowMs) || (wanted !== 'everything' && !isAnythingOpen(left))) {
      if (sawClosedRoots) {
        givenUpBy.set(opened, giveUp(givenUp, watch, nowMs));
        return look;
      }
      // What a closed shadow tree holds may be busy while all the rest is ready.
      sawClosedRoots = true;
      await openClosedRoots(opened.worlds);
      continue;
    }
    // A large page takes long to look at, and has other things to do.
    await clock.sleep(Math.max(everyMs, nowMs - beganMs));
  }
}

async function lookAtAll({ worlds, network }: OpenPage): Promise<Look> {
  const [frames, { layouts }, timers] = await Promise.all([
    worlds.runInAll('findOpen'),
    worlds.countWork(),
    worlds.countTimers(),
  ]);
  const isRestless = ({ parsing, fonts, loaders, undefinedElements }: OpenContent): boolean =>
    parsing || fonts + loaders + undefinedElements > 0;
  return {
    urls: distinct([...network.openUrls(() => true), ...frames.flatMap(({ videos }) => videos)]),
    elements: frames.flatMap(({ busy }) => busy),
    restless: timers > 0 || frames.some(isRestless),
    arrived: network.activity,
    layout: layouts,
  };
}

async function lookAt({ worlds, network }: OpenPage, wanted: Exclude<Wanted, 'everything'>): Promise<Look> {
  const frames = await worlds.runInAll('findOpen');
  const isWanted: Readonly<Record<typeof wanted, (type: ResourceType) => boolean>> = {
    requests: () => true,
    pictures: (type) => type === 'image' || type === 'font' || type === 'document',
    fonts: (type) => type === 'font' || (type === 'document' && frames[0]?.parsing === true),
  };
  const videos = wanted === 'fonts' ? [] : frames.flatMap(({ videos }) => videos);
  const urls = distinct([...network.openUrls(isWanted[wanted]), ...videos]);
  return { urls, elements: [], restless: false, arrived: network.activity, layout: 0 };
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
