import { stackOf } from './source-stack.ts';
import type { Stopped } from './stop-signal.ts';

/** Why a run was stopped, as the last word about it. */
export function describeStop({ code, detail, cause }: Stopped): { readonly title: string; readonly message: string } {
  switch (code) {
    case 'cancelled':
      return { title: 'Cancelled', message: `The run was cancelled (${detail}).` };
    case 'run_failed':
      return {
        title: 'Fault of Visual Capture',
        message: `This is a fault of Visual Capture itself; please report it with this text.\n${cause instanceof Error ? stackOf(cause) : detail}`,
      };
  }
}
