export { expandIndexed, unfilterBytes } from './indexed';
export { giveInput, inflate, inflaterBytes, inflaterState, nextInput, startInflating } from './inflate';
export { packIndexes, shadeRow } from './picture';
export { areEqual, areOpaque } from './rows';
export { unfilterRow } from './unfilter';

/** Memory below this address is the kernel's own. */
export const heapBase: usize = __heap_base;
