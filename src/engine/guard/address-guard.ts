import { addressReason, privateHostReason } from '../../address/private-address.ts';
import { reasonOf } from '../../errors/user-error.ts';
import type { Network, ResolvedAddress } from './network.ts';

export type HostVerdict =
  | { readonly kind: 'public'; readonly addresses: readonly ResolvedAddress[] }
  /** `reason`, e.g. `10.0.0.1 is a private address`. */
  | { readonly kind: 'blocked'; readonly reason: string }
  | { readonly kind: 'unresolved'; readonly reason: string };

/**
 * Whether a host, as `URL.hostname` spells it, may be connected to: neither its name nor any address that it resolves
 * to is private. One private address among several is enough to refuse it, because a browser may pick any.
 */
export async function checkHost(hostname: string, network: Pick<Network, 'lookup'>): Promise<HostVerdict> {
  const written = privateHostReason(hostname);
  if (written !== undefined) {
    return { kind: 'blocked', reason: written };
  }

  const name = hostname.replace(/^\[(.*)\]$/, '$1');
  let addresses: readonly ResolvedAddress[];
  try {
    addresses = await network.lookup(name);
  } catch (error) {
    return { kind: 'unresolved', reason: reasonOf(error) };
  }
  for (const { address } of addresses) {
    const reason = addressReason(address);
    if (reason !== undefined) {
      return { kind: 'blocked', reason: `${hostname} resolves to an address that is not public: ${reason}` };
    }
  }
  return { kind: 'public', addresses };
}
