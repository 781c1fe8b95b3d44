import { privateAddressReason } from '../address/private-address.ts';
import type { Capture } from './capture.ts';

interface Planned {
  readonly engine: {
    /** Whatever is not `local` is a hosted service. */ readonly kind: string;
  };
  readonly captures: readonly Capture[];
}

/** Captures that the hosted service cannot reach, so that nothing is sent for them, with the reason; and the others. */
export function splitPrivate({ engine, captures }: Planned): { refused: [Capture, string][]; allowed: Capture[] } {
  const refused: [Capture, string][] = [];
  const allowed: Capture[] = [];
  for (const capture of captures) {
    const reason =
      engine.kind !== 'local' && capture.page.kind === 'url' ? privateAddressReason(new URL(capture.page.url)) : undefined;
    if (reason === undefined) {
      allowed.push(capture);
    } else {
      refused.push([capture, reason]);
    }
  }
  return { refused, allowed };
}
