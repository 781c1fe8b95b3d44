import type { ApiLimits } from '../capture-api.ts';

/** Inferred, but for `quality` and the render budget, which are documented. */
export const limits = {
  quality: { min: 1, max: 100 },
  viewportSidePx: { min: 1, max: 10_000 },
  deviceScaleFactor: { min: 0.1, max: 5 },
  renderBudgetMs: 20_000,
} as const satisfies ApiLimits;
