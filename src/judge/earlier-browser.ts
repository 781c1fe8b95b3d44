import type { CaptureOutcome } from '../capture/outcome.ts';
import type { Capture } from '../plan/capture.ts';
import type { BrowserFinding } from '../results/model.ts';
import type { AcceptedPictures } from './accepted-pictures.ts';
import { compareTakes, type TakePorts } from './compare-takes.ts';

/** Takes how a capture ended; `takeAgain` asks for a further picture of it. */
export type JudgeTakes<T> = (outcome: CaptureOutcome, takeAgain: () => Promise<CaptureOutcome>) => Promise<T>;

/** The browsers that baselines were taken with, ready to capture. */
export interface EarlierBrowsers {
  /** `browser`: as a fingerprint names it; undefined: it cannot be had. */
  of(browser: string): EarlierCapturing | undefined;
}

interface EarlierCapturing {
  judge<T>(capture: Capture, judge: JudgeTakes<T>): Promise<T>;
}

export interface BrowserComparison {
  readonly finding: BrowserFinding;
  /** The accepted picture that the page equals under the earlier browser; undefined: none. */
  readonly number?: number;
}

/**
 * Finds out whether the browser alone has changed a picture that differs from its baseline: then the page, captured with the
 * browser of the baseline, is unchanged.
 */
export async function compareUnderEarlier(
  capture: Capture,
  accepted: AcceptedPictures,
  browsers: { readonly baseline: string | undefined; readonly now: string | undefined },
  { comparer, retakes = 0, earlier }: Pick<TakePorts, 'comparer' | 'retakes'> & { readonly earlier: EarlierBrowsers | undefined },
): Promise<BrowserComparison> {
  const browser = browsers.baseline;
  if (browser !== undefined && browser === browsers.now) {
    return { finding: { kind: 'same-browser', browser } };
  }
  const capturing = browser === undefined ? undefined : earlier?.of(browser);
  if (browser === undefined || capturing === undefined) {
    return { finding: { kind: 'unknown-browser' } };
  }
  return capturing.judge(capture, async (outcome, takeAgain): Promise<BrowserComparison> => {
    if (outcome.status !== 'captured') {
      return { finding: { kind: 'earlier-browser-failed', browser, code: outcome.failure.code } };
    }
    const { result, baseline } = await compareTakes(capture, accepted, outcome.image, { comparer, retakes, takeAgain });
    if (result.kind === 'unreadable') {
      return { finding: { kind: 'earlier-browser-failed', browser, code: 'unexpected_response' } };
    }
    return result.status === 'unchanged' && result.shades.length === 0
      ? { finding: { kind: 'only-browser', browser }, number: baseline.number }
      : { finding: { kind: 'not-only-browser', browser } };
  });
}
