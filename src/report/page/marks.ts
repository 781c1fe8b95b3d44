/** What the reader has marked, kept in the browser where it lets us. */

/** The part of localStorage that is used, so that a missing one can be stood in for. */
export type MarkStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** `reviewed`: somebody has looked at it. `accepted`: it is meant, and is to become the baseline. `taken`: it has become that. */
export const markKinds = ['reviewed', 'accepted', 'taken'] as const;
export type MarkKind = (typeof markKinds)[number];

const prefix = 'visual-capture:reviewed:';

/** Marks of so many reports are kept; those of older ones give way. */
const keptReports = 20;

type Saved = { readonly savedAt: number } & { readonly [Kind in MarkKind]: readonly string[] };

export class Marks {
  readonly #storage: MarkStorage | undefined;
  readonly #key: string;
  readonly #marked: { readonly [Kind in MarkKind]: Set<string> };

  /** `storage` undefined: marks last as long as the page is open. */
  constructor(storage: MarkStorage | undefined, reportKey: string) {
    this.#storage = storage;
    this.#key = prefix + reportKey;
    const saved = read(storage, this.#key);
    this.#marked = { reviewed: new Set(saved?.reviewed), accepted: new Set(saved?.accepted), taken: new Set(saved?.taken) };
  }

  has(kind: MarkKind, name: string): boolean {
    return this.#marked[kind].has(name);
  }

  set(kind: MarkKind, name: string, marked: boolean): void {
    if (marked) {
      this.#marked[kind].add(name);
    } else {
      this.#marked[kind].delete(name);
    }
    this.#save();
  }

  #save(): void {
    const { reviewed, accepted, taken } = this.#marked;
    const saved: Saved = { savedAt: Date.now(), reviewed: [...reviewed], accepted: [...accepted], taken: [...taken] };
    try {
      this.#storage?.setItem(this.#key, JSON.stringify(saved));
      forgetOldReports(this.#storage);
    } catch {
      // A full or forbidden storage costs the marks their permanence, nothing else.
    }
  }
}

/** localStorage throws on mere access where a page has no origin of its own, such as in a sandbox. */
export function findStorage(): MarkStorage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

function read(storage: MarkStorage | undefined, key: string): Saved | undefined {
  try {
    const saved: unknown = JSON.parse(storage?.getItem(key) ?? 'null');
    return isSaved(saved) ? saved : undefined;
  } catch {
    return undefined;
  }
}

function isSaved(value: unknown): value is Saved {
  return (
    typeof value === 'object' &&
    value !== null &&
    'savedAt' in value &&
    typeof value.savedAt === 'number' &&
    markKinds.every((kind) => {
      const names: unknown = Object.entries(value).find(([name]) => name === kind)?.[1];
      return Array.isArray(names) && names.every((name) => typeof name === 'string');
    })
  );
}

function forgetOldReports(storage: MarkStorage | undefined): void {
  if (storage === undefined) {
    return;
  }
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index)).filter(
    (key) => key?.startsWith(prefix) === true,
  ) as string[];
  const byAge = keys.toSorted((a, b) => (read(storage, b)?.savedAt ?? 0) - (read(storage, a)?.savedAt ?? 0));
  for (const key of byAge.slice(keptReports)) {
    storage.removeItem(key);
  }
}
