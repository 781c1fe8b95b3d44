import type { Visitor } from './api.ts';
import { freezeDate } from './frozen-date.ts';
import { seedRandom } from './seeded-random.ts';

/** Called once in each document. */
export function receive({ clockMs, random, storage }: Visitor): void {
  if (clockMs !== undefined) {
    freezeDate(clockMs);
  }
  if (random !== undefined) {
    seedRandom(random);
  }
  if (storage !== undefined && location.origin === storage.origin) {
    store(storage.entries);
  }
}

function store(entries: Readonly<Record<string, string>>): void {
  try {
    for (const [key, value] of Object.entries(entries)) {
      // What the page has put there since, such as by a step, stays.
      if (localStorage.getItem(key) === null) {
        localStorage.setItem(key, value);
      }
    }
  } catch {
    // A sandboxed document has none.
  }
}
