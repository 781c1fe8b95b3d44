import { indexAfter, type LimitLog, type Refusal } from './limit-log.ts';

/** Limits are written by people, and people write so many a second, in ten seconds, a minute, an hour. */
const lengthsMs = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600].map((seconds) => seconds * 1000);
/** So short ones are over before it can be found out when they begin; what was accepted is counted over so many of them. */
const shortMs = 1000;
const shortWindows = 5;
/** Requests overtake each other on their way: within this share of its length a window's edge is not sure. */
const edgeShare = 0.005;
const edgeMs = { least: 25, most: 250 } as const;
/** A request is sent so many edges after a window's end: if it is refused, there was no such window. */
const clear = 1.2;

/** A limit of `most` requests in `lengthMs` that may be the account's: nothing has spoken against it so far. */
interface Window {
  readonly lengthMs: number;
  /**
   * `sliding`: in any such time; `first`: in those that begin with the first request after the last one's end; a number: in
   * those that begin at this time and every `lengthMs` before and after; `unknown`: the same, whenever it is.
   */
  readonly begins: 'sliding' | 'first' | 'unknown' | number;
  /** Whether refused requests count as well. */
  readonly counting: 'any' | 'counted';
  /** A refused request found so many before it in its window: the limit is not higher. */
  readonly most: number;
  /** So many were accepted in one window: the limit is not lower. */
  readonly seen: number;
}

/**
 * Which windows the account's limit may have, by what was refused and accepted. Each candidate is believed until it is
 * proven wrong: a request was refused with room left in its window, or accepted with none. A limit that is no window, such
 * as a token bucket, soon proves all of them wrong.
 */
export class Windows {
  readonly #log: LimitLog;
  /** When the windows began that begin with a request, by their length. */
  readonly #firsts = new Map<number, number[]>(lengthsMs.map((lengthMs) => [lengthMs, []]));
  #alive: readonly Window[];
  #anchored = false;

  constructor(log: LimitLog) {
    this.#log = log;
    const open = { most: Number.POSITIVE_INFINITY, seen: 0 };
    this.#alive = [
      { lengthMs: shortMs, begins: 'unknown', counting: 'counted', ...open },
      ...lengthsMs.flatMap((lengthMs): Window[] => [
        { lengthMs, begins: 'sliding', counting: 'counted', ...open },
        { lengthMs, begins: 'sliding', counting: 'any', ...open },
        { lengthMs, begins: 'first', counting: 'counted', ...open },
      ]),
    ];
  }

  /** It is known that shorter windows are none. */
  atLeast(lengthMs: number): void {
    this.#alive = this.#alive.filter((window) => window.lengthMs >= lengthMs);
  }

  /** The most requests in the shortest time that may be the limit. */
  get shortest(): Pick<Window, 'most' | 'lengthMs'> | undefined {
    return this.#alive.find(({ most }) => Number.isFinite(most));
  }

  get possible(): boolean {
    return this.#alive.length > 0;
  }

  sent(nowMs: number): void {
    for (const [lengthMs, begins] of this.#firsts) {
      if (nowMs >= (begins.at(-1) ?? Number.NEGATIVE_INFINITY) + lengthMs) {
        begins.push(nowMs);
      }
    }
  }

  /** A refusal, which is in the log already. */
  refused(refusal: Refusal): void {
    this.#keep(this.#alive.map((window) => ({ ...window, most: Math.min(window.most, this.#before(window, refusal)) })));
  }

  /** An acceptance, which is in the log already. */
  accepted(sentMs: number): void {
    this.#keep(this.#alive.map((window) => ({ ...window, seen: Math.max(window.seen, this.#inOne(window, sentMs)) })));
  }

  /** The first request was accepted after a refusal: if the limit's windows begin at fixed times, one has begun just now. */
  opened(sentMs: number): void {
    if (this.#anchored) {
      return;
    }
    this.#anchored = true;
    const fixed = lengthsMs.map((lengthMs): Window => {
      const window: Window = { lengthMs, begins: sentMs, counting: 'counted', most: 0, seen: 0 };
      const most = Math.min(...this.#log.refusals.map((refusal) => this.#before(window, refusal)));
      const seen = Math.max(...this.#log.times('accepted').map((atMs) => this.#inOne(window, atMs)));
      return { ...window, most, seen };
    });
    this.#keep([...this.#alive, ...fixed].sort((a, b) => a.lengthMs - b.lengthMs));
  }

  /**
   * When the next request may be sent by the candidate that allows it soonest: so each request that is refused rules
   * one out, and the longest windows are waited for only if none of the shorter ones is left.
   */
  freeAtMs(nowMs: number): number {
    return Math.min(...this.#alive.map((window) => this.#freeAtMs(window, nowMs)));
  }

  #keep(windows: readonly Window[]): void {
    this.#alive = windows.filter(({ most, seen }) => most >= Math.max(1, seen));
  }

  /** How many the window held before a refused request, at most: those sent until its answer may have overtaken it. */
  #before(window: Window, { sentMs, answeredMs }: Refusal): number {
    const itself = window.counting === 'any' ? 1 : 0;
    return this.#log.count(window.counting, this.#beginOf(window, sentMs, 'earliest'), answeredMs) - itself;
  }

  /** How many one window held with an accepted request, at least. */
  #inOne(window: Window, sentMs: number): number {
    if (window.counting === 'any') {
      // Refused ones that were sent just before it may have come after it.
      return this.#log.count('any', this.#beginOf(window, sentMs, 'latest'), sentMs - edgeMs.least) + 1;
    }
    if (window.begins === 'unknown') {
      const fromMs = sentMs - shortWindows * window.lengthMs;
      // Such a time may begin and end within a window.
      return this.#log.count('accepted', fromMs, sentMs) / (shortWindows + 1);
    }
    return this.#log.count('accepted', this.#beginOf(window, sentMs, 'latest'), sentMs);
  }

  #freeAtMs(window: Window, nowMs: number): number {
    const { most, counting, begins, lengthMs } = window;
    if (begins === 'sliding' || begins === 'unknown') {
      const oldestMs = most === Number.POSITIVE_INFINITY ? undefined : this.#log.newest(counting, most);
      return oldestMs === undefined ? nowMs : Math.max(nowMs, oldestMs + lengthMs + clear * edgeOf(lengthMs));
    }
    const beginMs = this.#beginOf(window, nowMs, 'exact');
    const endMs = beginMs + lengthMs + clear * edgeOf(lengthMs);
    return nowMs >= endMs || this.#log.count(counting, beginMs, nowMs) < most ? nowMs : endMs;
  }

  /** Where the window begins that a request sent then falls into. */
  #beginOf({ lengthMs, begins }: Window, sentMs: number, edge: 'earliest' | 'exact' | 'latest'): number {
    const shiftMs = { earliest: -1, exact: 0, latest: 1 }[edge] * edgeOf(lengthMs);
    switch (begins) {
      case 'sliding':
      case 'unknown':
        return sentMs - lengthMs + shiftMs;
      case 'first': {
        const firsts = this.#firsts.get(lengthMs) ?? [];
        return (firsts[indexAfter(firsts, sentMs) - 1] ?? sentMs) + shiftMs;
      }
      default:
        return begins + Math.floor((sentMs - begins) / lengthMs) * lengthMs + shiftMs;
    }
  }
}

function edgeOf(lengthMs: number): number {
  return Math.min(edgeMs.most, Math.max(edgeMs.least, lengthMs * edgeShare));
}
