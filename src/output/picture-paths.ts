/** The folders below `output` that a run writes pictures to, and clears of its own before the next one. */
export const pictureFolders = ['actual', 'baseline', 'diff', 'aligned'] as const;
