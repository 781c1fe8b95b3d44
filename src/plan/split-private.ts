import { privateAddressReason } from '../address/private-address.ts';
import type { EngineName } from '../services/registry.ts';
import type { Capture } from './capture.ts';

interface Planned {
  readonly engine: { readonly kind: EngineName };
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
