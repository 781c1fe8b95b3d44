import { type AboutRoom, acceptedBeside, mayBeAboutRoom, refusedBeside, seemsAboutRoom, unknownRoom } from './about-room.ts';
import { advance, type Ceiling, cut, limitOf, msUntil, newCeiling, reopen } from './ceiling.ts';

/** How many requests the service carries at once, as far as its answers tell. Times in milliseconds. */
export class Room {
  #ceiling: Ceiling = newCeiling;
  #aboutRoom: AboutRoom = unknownRoom;
  /** The ceiling before it was cut for a `rate_limited` that seemed to be about room. */
  #uncut: Ceiling | undefined;
  #seenMs: number;
  #inUse = false;

  constructor(nowMs: number) {
    this.#seenMs = nowMs;
  }

  /** How many may be in flight. */
  get limit(): number {
    return Math.floor(limitOf(this.#ceiling));
  }

  /** What the service was last seen to carry; undefined before the first cut. */
  get carried(): number | undefined {
    return this.#ceiling.carried;
  }

  /** Whether a `rate_limited` may be about room and not about pace. */
  get mayBeLimited(): boolean {
    return mayBeAboutRoom(this.#aboutRoom);
  }

  /** Lets time pass. `workLeftMs`: how long what waits would take one after the other; `limit`: how many may be in flight. */
  passTime(nowMs: number, workLeftMs: number, limit: number): void {
    if (this.#inUse) {
      this.#ceiling = advance(this.#ceiling, nowMs - this.#seenMs, workLeftMs / limit);
      this.#inUse = false;
    }
    this.#seenMs = nowMs;
  }

  /** The limit is what holds the next request up. Returns in how much time in use there is room for so many. */
  waitFor(count: number): number {
    this.#inUse = true;
    return Math.max(1, msUntil(this.#ceiling, count));
  }

  /** The service let a request pass that found `others` in flight. */
  passed(others: number): void {
    this.#aboutRoom = acceptedBeside(this.#aboutRoom, others);
  }

  /** `rate_limited` for a request that found `others` in flight. */
  rateLimited(others: number): void {
    this.#aboutRoom = refusedBeside(this.#aboutRoom, others);
  }

  /** The engine is full for a request that found `others` in flight; everything is held back for `holdMs`. */
  cut(others: number, holdMs: number): void {
    this.#ceiling = cut(this.#ceiling, others, holdMs);
  }

  /** The same for `rate_limited`, if that seems to be about room; if it proves not to be, the cut is undone. */
  cutIfAboutRoom(others: number, holdMs: number): boolean {
    if (seemsAboutRoom(this.#aboutRoom)) {
      this.#uncut ??= this.#ceiling;
      this.cut(others, holdMs);
      return true;
    }
    this.#ceiling = this.#uncut ?? this.#ceiling;
    this.#uncut = undefined;
    return false;
  }

  /** Begins the ramp anew with `inFlight` requests under way. */
  reopen(inFlight: number, stepMs: number): void {
    this.#ceiling = reopen(this.#ceiling, inFlight, stepMs);
  }
}
