import { formatFew } from '../basics/format.ts';

/** What another tool's configuration and pictures become. */
export interface Imported {
  /** Settings at the top of the config file, in their order. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly pages: readonly ImportedPage[];
  readonly pictures: readonly ImportedPicture[];
  readonly notes: readonly Note[];
}

export interface ImportedPage {
  /** Safe as a path. */
  readonly name: string;
  readonly url: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Stands above it in the config file. */
  readonly comment?: string;
}

/** A picture that becomes a baseline. */
export interface ImportedPicture {
  /** Of the capture: `<name>/<viewport>`. */
  readonly id: string;
  /** Below the folder that is imported from. */
  readonly path: string;
}

/** What could not be carried over, or only in another form: where it stands, and why. */
export interface Note {
  readonly places: readonly string[];
  readonly reason: string;
}

/** Most places that one note names. */
const mostPlaces = 3;

/** A line each, e.g. `scenarios[0].readyEvent and 3 more: a text in the console cannot be waited for; …`. */
export function renderNotes(notes: readonly Note[]): string[] {
  return notes.map(({ places, reason }) => `${formatFew(places, mostPlaces)}: ${reason}`);
}

/** Collects notes: what has one reason is told once, with all its places. */
export class NoteBook {
  private readonly byReason = new Map<string, string[]>();

  add(place: string, reason: string): void {
    const places = this.byReason.get(reason) ?? [];
    if (!places.includes(place)) {
      places.push(place);
    }
    this.byReason.set(reason, places);
  }

  get notes(): readonly Note[] {
    return [...this.byReason].map(([reason, places]) => ({ places, reason }));
  }
}
