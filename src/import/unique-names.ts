import { sameFileKey, toSafeName } from '../plan/safe-name.ts';
import type { NoteBook } from './imported.ts';

/**
 * Gives each wanted name a safe one that no other has, also where file names know no capital letters. What had to be told
 * apart by a number is noted at its place.
 */
export class UniqueNames {
  private readonly taken = new Set<string>();
  private readonly notes: NoteBook;

  constructor(notes: NoteBook) {
    this.notes = notes;
  }

  take(wanted: string, place: string): string {
    const safe = toSafeName(wanted);
    let name = safe;
    for (let number = 2; this.taken.has(sameFileKey(name)); number += 1) {
      name = toSafeName(`${safe}-${number}`);
    }
    this.taken.add(sameFileKey(name));
    if (name !== safe) {
      this.notes.add(place, `another page has the name "${safe}" already; this one is called "${name}"`);
    }
    return name;
  }
}
