import type { RunContext } from '../src/errors/fix-context.ts';
import { defaultApi } from '../src/services/registry.ts';

/** An ordinary run, for the explanations of failures in samples, docs and tests. */
export const sampleRun: RunContext = {
  engine: 'api',
  apiUrl: defaultApi.url,
  hasApiKey: true,
  fork: false,
  concurrency: 8,
  maxAttempts: 6,
  attemptTimeoutMs: 60_000,
  retryBudgetMs: 300_000,
  timeLimitMs: 0,
  maxCaptures: 0,
  heldBackMs: 0,
  possiblyBilled: 0,
  undone: 0,
};
