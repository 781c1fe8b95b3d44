/** What of a page is seen at one moment. */
export interface Look {
  /** Addresses of what is on its way. */
  readonly urls: readonly string[];
  /** Elements that say that they are loading. */
  readonly elements: readonly string[];
  /** Something may be about to happen: a short timer, a loader, an element that is not defined. */
  readonly restless: boolean;
  /** Changes with all that arrives. */
  readonly arrived: number;
  /** Changes with the page's layout. */
  readonly layout: number;
}

/** A look, and since when the page has been as it is. Times on the clock. */
export interface Watch {
  readonly look: Look;
  readonly startMs: number;
  /** When something last arrived or began. */
  readonly arrivedMs: number;
  /** When something was last open. */
  readonly openMs: number;
  /** When something last happened at all, or was about to. */
  readonly busyMs: number;
}

/** So long nothing may happen: two frames, in which scripts that have got their data show it. */
const quietMs = 40;
/** What is on its way is waited for as long as something arrives now and then. */
const stallMs = 5_000;
/** Timers, loaders and a layout that changes may go on for ever: a clock, a spinner that is part of the page. */
const restlessMs = 2_000;
/** Longest wait in all. */
const longestMs = 10_000;

/** Adds a look to what was seen before. */
export function watchOn(before: Watch | undefined, look: Look, nowMs: number): Watch {
  if (before === undefined) {
    return { look, startMs: nowMs, arrivedMs: nowMs, openMs: nowMs, busyMs: nowMs };
  }
  const arrived = look.arrived !== before.look.arrived;
  const isOpen = isAnythingOpen(look);
  const isBusy = isOpen || look.restless || arrived || look.layout !== before.look.layout;
  return {
    look,
    startMs: before.startMs,
    arrivedMs: arrived ? nowMs : before.arrivedMs,
    openMs: isOpen ? nowMs : before.openMs,
    busyMs: isBusy ? nowMs : before.busyMs,
  };
}

/** Whether the page is ready, or has been waited for long enough. */
export function isSettled({ look, startMs, arrivedMs, openMs, busyMs }: Watch, nowMs: number): boolean {
  return (
    nowMs - busyMs >= quietMs ||
    nowMs - startMs >= longestMs ||
    (isAnythingOpen(look) ? nowMs - arrivedMs >= stallMs : nowMs - openMs >= restlessMs)
  );
}

/** What was waited for as long as it may be, so that it is waited for no more. */
export interface GivenUp extends Pick<Look, 'urls' | 'elements'> {
  /** Timers, loaders and the layout too. */
  readonly restless: boolean;
}

/** What is given up once the wait has ended, besides what was before; nothing when the page was ready. */
export function giveUp(before: GivenUp, { look, busyMs }: Watch, nowMs: number): GivenUp {
  if (nowMs - busyMs >= quietMs) {
    return before;
  }
  return {
    urls: [...before.urls, ...look.urls],
    elements: [...before.elements, ...look.elements],
    restless: before.restless || !isAnythingOpen(look),
  };
}

/** The look without what was given up. */
export function withoutGivenUp(look: Look, { urls, elements, restless }: GivenUp): Look {
  return {
    ...look,
    urls: look.urls.filter((url) => !urls.includes(url)),
    elements: look.elements.filter((element) => !elements.includes(element)),
    ...(restless ? { restless: false, layout: 0 } : {}),
  };
}

export function isAnythingOpen({ urls, elements }: Pick<Look, 'urls' | 'elements'>): boolean {
  return urls.length + elements.length > 0;
}
