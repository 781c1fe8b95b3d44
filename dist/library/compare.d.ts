import type { Comparison, Rect } from './results.js';
/** How two pictures are compared; each as the input of that name, with its default. */
export interface CompareOptions {
    /** pixelmatch's colour threshold, 0 to 1. Default: 0.1. */
    readonly threshold?: number | undefined;
    /** Whether pixels that only smooth an edge count as well. Default: false. */
    readonly includeAntiAliasing?: boolean | undefined;
    /** Most differing pixels that still count as unchanged. Default: none may differ. With both allowances the stricter counts. */
    readonly maxDiffPixels?: number | undefined;
    /** Most differing pixels as a share of all, 0 to 1. */
    readonly maxDiffRatio?: number | undefined;
    /** Never compared, in pixels of the pictures divided by `scale`. Default: none. */
    readonly mask?: readonly Rect[] | undefined;
    /** Pixels of the pictures per pixel of the masks, as the device scale factor of a page. Default: 1. */
    readonly scale?: number | undefined;
}
/** What a comparison came to. What a file holds never makes it throw. */
export type ComparedPictures = {
    readonly kind: 'compared';
    readonly status: 'unchanged' | 'changed';
    readonly comparison: Comparison;
    /** Draws the difference as a PNG; there when at least one pixel differs, also within the allowances. */
    readonly drawDiff?: () => Promise<Uint8Array>;
} | {
    readonly kind: 'unreadable';
    readonly which: 'baseline' | 'actual';
    /** A clause about the file, such as "its CRC is wrong in chunk IDAT at byte 1234". */
    readonly reason: string;
};
/**
 * Compares two PNG files as the check does, in this thread: pictures of unequal size are laid on the union of both, and what only
 * one of them has differs. The bytes are left as they are.
 * @throws RangeError for an option that is out of its range.
 */
export declare function compare(baseline: Uint8Array, actual: Uint8Array, options?: CompareOptions): ComparedPictures;
