/**
 * What other programs may import from the package (docs/library.md). Whatever is added here is a promise. Its types are shipped
 * as they stand in this folder, so they refer to no file outside of it.
 */
export { type ComparedPictures, type CompareOptions, compare } from './compare.js';
export { type CaptureResult, type CaptureStatus, type ChangeGroup, type Comparison, parseResults, type Rect, type Results, } from './results.js';
