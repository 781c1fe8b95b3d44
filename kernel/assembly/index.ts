export { compareRow, setComparison } from './difference';
export { packIndexes, shadeRow } from './picture';
export { areEqual, unfilterRow } from './unfilter';
