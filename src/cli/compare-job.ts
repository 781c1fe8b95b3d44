import type { Comparer } from '../compare/comparer.ts';
import type { ThumbnailMaker } from '../compare/thumbnail.ts';
import type { CompareSettings } from '../plan/capture.ts';
import type { Folder } from '../system/ports.ts';

/** What `compare` was asked to do. */
export interface CompareJob {
  /** Paths as they were given. */
  readonly baseline: string;
  readonly actual: string;
  readonly settings: CompareSettings;
  readonly comparer: Comparer & ThumbnailMaker;
  readonly json: boolean;
  readonly output?: Folder;
}
