import type { DiscoverySource, FoundTarget, LeftOut } from '../plan/discovery.ts';

/** What one source came to. Nothing is captured where a part of it could not be read, so `problems` are whole sentences. */
export interface Finding {
  readonly found: readonly FoundTarget[];
  readonly leftOut: readonly LeftOut[];
  readonly notes: readonly string[];
  readonly problems: readonly string[];
  /** There may be more than was found: the search was ended. */
  readonly isCut?: true;
}

/** A source that could not be read at all. */
export function unreadable(problem: string): Finding {
  return { found: [], leftOut: [], notes: [], problems: [problem] };
}

/** What is gathered while a source is read. */
export class Gathering {
  readonly found: FoundTarget[] = [];
  readonly leftOut: LeftOut[] = [];
  readonly notes: string[] = [];
  readonly problems: string[] = [];
  readonly #by: DiscoverySource;

  constructor(by: DiscoverySource) {
    this.#by = by;
  }

  take(target: Omit<FoundTarget, 'by'>): void {
    this.found.push({ ...target, by: this.#by });
  }

  leave(what: string, reason: LeftOut['reason']): void {
    this.leftOut.push({ what, by: this.#by, reason });
  }
}
