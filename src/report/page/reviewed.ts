/** Which captures the reader has marked, kept in the browser where it lets us. */

/** The part of localStorage that is used, so that a missing one can be stood in for. */
export type MarkStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const prefix = 'visual-capture:reviewed:';

/** Marks of so many reports are kept; those of older ones give way. */
const keptReports = 20;

interface Saved {
  readonly savedAt: number;
  readonly ids: readonly string[];
}

export class ReviewedMarks {
  readonly #storage: MarkStorage | undefined;
  readonly #key: string;
  readonly #ids: Set<string>;

  /** `storage` undefined: marks last as long as the page is open. */
  constructor(storage: MarkStorage | undefined, reportKey: string) {
    this.#storage = storage;
    this.#key = prefix + reportKey;
    this.#ids = new Set(read(storage, this.#key)?.ids ?? []);
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  set(id: string, reviewed: boolean): void {
    if (reviewed) {
      this.#ids.add(id);
    } else {
      this.#ids.delete(id);
    }
    this.#save();
  }

  #save(): void {
    const saved: Saved = { savedAt: Date.now(), ids: [...this.#ids] };
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
    'ids' in value &&
    Array.isArray(value.ids) &&
    value.ids.every((id) => typeof id === 'string')
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
