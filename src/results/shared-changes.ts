import type { Size } from '../basics/geometry.ts';
import type { Shade } from './comparison.ts';

/** Where a change is to be seen. */
export interface SharedChange {
  /** How many captures show it. */
  readonly captures: number;
  /** Of the change on the example, in device pixels. */
  readonly size: Size;
  /** The id of the capture by which it is shown. */
  readonly example: string;
  /** Which of `comparison.regions` it is, as indexes, by the id of the capture. */
  readonly regions: Readonly<Record<string, readonly number[]>>;
}

/** The same baseline pixels became the same new pixels on several captures, wherever they are in the picture. */
export interface ChangeGroup extends SharedChange {
  /** `g1`, `g2`, …, by which it is accepted. */
  readonly id: string;
  /** Shades that changed on each of its captures besides, each as large as on the others. Who has seen the group has seen them. */
  readonly shades?: readonly SharedShade[];
}

/** The same shade on several captures, wherever it is. */
export interface SharedShade extends Pick<Shade, 'from' | 'to'> {
  /** In device pixels; absent where it goes from side to side of each picture. */
  readonly width?: number;
  readonly height: number;
}

/** Changes of one kind, by their size, colours and shape, with other text around. They are seen together and accepted one by one. */
export interface AlikeChanges extends SharedChange {
  /** `a1`, `a2`, … */
  readonly id: string;
  /** The groups among them; the rest are single regions. */
  readonly groups: readonly string[];
}
