import { formatDuration, formatPlural } from '../basics/format.ts';
import { oneLine } from '../basics/text.ts';
import type { SchedulerEvent } from '../capture/scheduler.ts';
import { isHoldReason } from '../errors/codes.ts';
import type { JudgedCapture } from '../judge/judged.ts';
import { isShadeWarning } from '../results/shade-finding.ts';
import { statusWords } from '../results/statuses.ts';
import { describeError } from '../services/describe-error.ts';
import type { EngineName } from '../services/registry.ts';

/** One line about a capture that has ended, e.g. `≠ Changed    pricing/1280x800  1,204 px  2.3 s`. */
export function describeCapture(capture: JudgedCapture['capture'], failureCode: string | undefined): string {
  const { symbol, label } = statusWords[capture.status];
  const parts = [oneLine(capture.id)];
  if (failureCode !== undefined) {
    parts.push(failureCode);
  }
  if (capture.comparison !== undefined && capture.comparison.diffPixels > 0) {
    parts.push(formatPlural(capture.comparison.diffPixels, 'pixel'));
  }
  if ('comparison' in capture && isShadeWarning(capture)) {
    parts.push('a shade changed');
  }
  if (capture.attempts > 1) {
    parts.push(formatPlural(capture.attempts, 'attempt'));
  }
  if (capture.attempts > 0) {
    parts.push(formatDuration(capture.durationMs));
  }
  return `${symbol} ${label.padEnd(9)}  ${parts.join('  ')}`;
}

/** One line about what the service makes the run do; undefined for what only the scheduler cares about. */
export function describeEvent(event: SchedulerEvent, engine: EngineName): string | undefined {
  switch (event.kind) {
    case 'held-back': {
      const asked =
        event.retryAfterMs === undefined ? '' : `, as the service asked (Retry-After ${formatDuration(event.retryAfterMs)})`;
      const then = isHoldReason(event.reason) ? '' : ', then one request looks whether it is back';
      return `… ${describeError(event.reason, engine).title} (${event.reason}): every capture waits ${formatDuration(event.holdMs)}${asked}${then}`;
    }
    case 'retry': {
      const wait = event.delayMs > 0 ? ` in ${formatDuration(event.delayMs)}` : '';
      return `… ${oneLine(event.capture.id)}: attempt ${event.attempt} ended as ${event.failure.code}; it is repeated${wait}`;
    }
    case 'hedged':
      return `… ${oneLine(event.capture.id)}: no answer after ${formatDuration(event.afterMs)}, far more than others take; it is sent once more, and the first answer counts`;
    case 'again':
      return `… ${oneLine(event.capture.id)} is taken again, to see what comes out the same`;
    case 'stopped': {
      const underWay = event.underWay === 0 ? '' : `, ${event.underWay} still under way`;
      return `✗ The run stops: ${describeError(event.failure.code, engine).title} (${event.failure.code}); ${formatPlural(event.undone, 'capture')} left undone${underWay}`;
    }
    case 'sent':
    case 'probing':
    case 'opened':
    case 'ceiling':
    case 'rate':
      return undefined;
  }
}
