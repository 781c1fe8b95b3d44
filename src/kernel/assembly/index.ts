export { compareRow, setComparison } from './difference';
export { expandIndexed, unfilterBytes } from './indexed';
export { giveInput, inflate, inflaterBytes, inflaterState, nextInput, startInflating } from './inflate';
export { packIndexes, paintBits, shadeRow } from './picture';
export { areEqual, unfilterRow } from './unfilter';

/** Memory below this address is the kernel's own. */
export const heapBase: usize = __heap_base;
