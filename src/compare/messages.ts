import type { Rect, Size } from '../basics/geometry.ts';
import type { RegionTrace } from '../results/model.ts';
import type { Alignment, ComparePair, CompareResult, InspectResult } from './comparer.ts';
import type { DiffPicture } from './diff-canvas.ts';
import type { HatchRequest } from './hatch.ts';
import type { Triptych, TriptychRequest } from './triptych/triptych.ts';

/** What a worker says first: it was loaded, and whatever goes wrong from now on comes of what it is asked. */
export const workerIsReady = 'ready';

/** What the pool asks a worker, one question at a time. */
export type WorkerRequest =
  | { readonly kind: 'compare'; readonly pair: ComparePair }
  | { readonly kind: 'draw'; readonly picture: DiffPicture; readonly hatched: readonly Rect[] }
  | { readonly kind: 'inspect'; readonly bytes: Uint8Array }
  | { readonly kind: 'align'; readonly pair: ComparePair; readonly diffPixels: number; readonly pixelsPerCssPixel: number }
  | { readonly kind: 'trace'; readonly pair: ComparePair; readonly regions: readonly Rect[]; readonly pixelsPerCssPixel: number }
  | { readonly kind: 'hatch'; readonly request: HatchRequest }
  | { readonly kind: 'isBlank'; readonly png: Uint8Array }
  | { readonly kind: 'triptych'; readonly request: TriptychRequest }
  | { readonly kind: 'thumbnail'; readonly png: Uint8Array; readonly size: Size };

/** What comes back for each kind of question. */
export interface WorkerAnswers {
  readonly compare: CompareResult;
  readonly draw: Uint8Array;
  readonly inspect: InspectResult;
  readonly align: Alignment | undefined;
  readonly trace: readonly RegionTrace[] | undefined;
  readonly hatch: Uint8Array | undefined;
  readonly isBlank: boolean;
  readonly triptych: Triptych | undefined;
  readonly thumbnail: Uint8Array | undefined;
}
