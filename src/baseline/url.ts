import { displayUrl } from '../address/display-url.ts';
import { defined } from '../basics/record.ts';
import type { CaptureOutcome } from '../capture/outcome.ts';
import type { Capture } from '../plan/capture.ts';
import type { BaselineSource, Counterparts } from './source.ts';

/** The baseline of a capture was to be captured in this run, and was not. */
export class UncapturedBaseline extends Error {
  override readonly name = 'UncapturedBaseline';
  readonly outcome: Exclude<CaptureOutcome, { status: 'captured' }>;

  constructor(outcome: Exclude<CaptureOutcome, { status: 'captured' }>) {
    super('the page at baseline-url could not be captured');
    this.outcome = outcome;
  }
}

/** Baselines are the same pages of another deployment, captured in the same run by the same engine. Nothing is stored. */
export function urlBaselines(origin: URL): BaselineSource & { readonly counterparts: Counterparts } {
  const outcomes = new Map<string, CaptureOutcome>();
  const shown = displayUrl(origin.href);
  return {
    description: `url ${shown}`,
    writing: { kind: 'read-only', reason: `the baselines are captured from ${shown} in every run, so there is nothing to write` },
    counterparts: {
      of: counterpartOf,
      keep: (id, outcome) => {
        outcomes.set(id, outcome);
      },
    },
    read: async (id) => {
      const outcome = outcomes.get(id);
      // A picture is read once; a run of thousands must not hold them all.
      outcomes.delete(id);
      if (outcome === undefined) {
        return undefined;
      }
      if (outcome.status !== 'captured') {
        throw new UncapturedBaseline(outcome);
      }
      const { bytes, page } = outcome.image;
      return { png: bytes, ...defined({ page }) };
    },
    list: async () => [],
    nameOf: (id) => `${id} at ${shown}`,
    [Symbol.asyncDispose]: async () => {},
  };
}

/** The capture of the same page at `baseline-url`, without what is for the preview alone. */
function counterpartOf(capture: Capture): Capture | undefined {
  const { id, baselineUrl, settings } = capture;
  if (baselineUrl === undefined) {
    return undefined;
  }
  const { cookies: _, storage: __, ...page } = settings.page ?? {};
  return {
    ...capture,
    id: `${id} (baseline)`,
    page: { kind: 'url', url: baselineUrl },
    settings: settings.page === undefined ? settings : { ...settings, page },
  };
}
