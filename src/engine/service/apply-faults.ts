import type { Clock } from '../../system/ports.ts';
import type { FaultAction } from '../faults/table.ts';
import { type Refusal, refusal } from './refusal.ts';

/** A fault that takes the place of an answer, as the connection will feel it. */
export interface FaultAnswer {
  readonly kind: 'fault';
  readonly action: Exclude<FaultAction, { kind: 'delay' | 'error' }>;
}

/** Lets the faults have their way: delays pass, and the first other one is the answer. Undefined: go on as usual. */
export async function applyFaults(
  actions: readonly FaultAction[],
  clock: Clock,
  signal: AbortSignal,
): Promise<FaultAnswer | Refusal | undefined> {
  for (const action of actions) {
    switch (action.kind) {
      case 'delay':
        await clock.sleep(action.delayMs, signal);
        break;
      case 'error':
        return refusal(action.code, 'A fault that was asked for.', action.retryAfter);
      default:
        return { kind: 'fault', action };
    }
  }
  return undefined;
}
