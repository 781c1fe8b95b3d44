import { defined } from '../basics/record.ts';
import type { ObjectId } from '../git/scratch-repository.ts';
import { listPictures, renderPictureKey } from '../plan/capture-id.ts';
import type { NumberedBlobs } from './acceptances/replay.ts';
import { isDue, renderDay } from './accepted-pictures.ts';
import { type Changes, type Held, pathOf } from './held.ts';
import { type ManifestEntry, manifestEntry } from './manifest.ts';
import type { Baseline } from './source.ts';

/** What a run changes in the pictures that a ref holds. */
export class RefChanges {
  readonly changes: Changes = new Map();
  readonly #start: Held;
  readonly #numbers: ReadonlyMap<string, readonly number[]>;
  readonly #run: number | undefined;
  readonly #now: () => Date;
  /** Captures that were given one picture in place of all, or none. */
  readonly #settled = new Set<string>();

  constructor(start: Held, run: number | undefined, now: () => Date) {
    this.#start = start;
    this.#numbers = listPictures(start.tree.keys());
    this.#run = run;
    this.#now = now;
  }

  /** The pictures of a capture as they were at the start. */
  startOf(id: string): NumberedBlobs {
    return new Map(
      (this.#numbers.get(id) ?? []).flatMap((number): [number, ObjectId][] => {
        const blob = this.#start.tree.get(pathOf(renderPictureKey(id, number)));
        return blob === undefined ? [] : [[number, blob]];
      }),
    );
  }

  /** What was known at the start of a picture of a capture. */
  entryOf(id: string, picture: ObjectId): ManifestEntry | undefined {
    const number = [...this.startOf(id)].find(([, blob]) => blob === picture)?.[0];
    return number === undefined ? undefined : this.#start.manifest.get(renderPictureKey(id, number));
  }

  /** The picture takes the place of all, or with a number that of one among several. */
  write(id: string, blob: ObjectId, baseline: Baseline, number?: number): void {
    const seen = number === undefined ? undefined : renderDay(this.#now());
    const entry = manifestEntry({ ...baseline, ...defined({ seen }) }, this.#run);
    if (number === undefined) {
      this.remove(id);
    }
    this.changes.set(renderPictureKey(id, number ?? 1), { blob, entry });
  }

  see(id: string, number: number, blob: ObjectId, entry: ManifestEntry): void {
    if (isDue(entry, this.#now())) {
      this.changes.set(renderPictureKey(id, number), { blob, entry: { ...entry, seen: renderDay(this.#now()) } });
    }
  }

  remove(id: string): void {
    this.#settled.add(id);
    for (const key of [id, ...[...this.startOf(id).keys()].map((number) => renderPictureKey(id, number))]) {
      this.changes.set(key, undefined);
    }
  }

  /** Gives a capture the pictures that were accepted, unless the run has found that it looks like none of them. */
  merge(id: string, pictures: NumberedBlobs, entryOf: (number: number) => ManifestEntry | undefined): void {
    if (this.#settled.has(id)) {
      return;
    }
    const start = this.startOf(id);
    for (const number of start.keys()) {
      if (!pictures.has(number)) {
        this.changes.set(renderPictureKey(id, number), undefined);
      }
    }
    for (const [number, blob] of pictures) {
      const key = renderPictureKey(id, number);
      if (!this.changes.has(key)) {
        const known = entryOf(number);
        const seen = known?.seen ?? renderDay(this.#now());
        const entry = known === undefined ? undefined : { ...known, seen, ...defined({ run: this.#run }) };
        this.changes.set(key, { blob, entry });
      }
    }
  }
}
