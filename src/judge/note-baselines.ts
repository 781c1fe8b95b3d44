import type { CaptureReport } from '../results/model.ts';
import { type JudgedCapture, withFields } from './judged.ts';

/** What was not compared, and not for want of a baseline. */
const uncompared: readonly CaptureReport['status'][] = ['failed', 'skipped', 'captured'];

/** Notes which of the captures that were not compared have a baseline. `baselineIds`: all that have one. */
export function noteBaselines(judged: readonly JudgedCapture[], baselineIds: readonly string[]): JudgedCapture[] {
  const ids = new Set(baselineIds);
  return judged.map((one) => {
    const { id, status } = one.capture;
    return uncompared.includes(status) && ids.has(id) ? withFields(one, { hasBaseline: true }) : one;
  });
}
