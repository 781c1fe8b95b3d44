import { isLoopbackHost } from '../address/loopback.ts';
import type { EngineChoice } from '../inputs/inputs.ts';

/**
 * The hosts whose certificates are taken although nobody vouches for them: with `accept-certificates` those of this
 * machine and that of base-url, whose traffic a stranger gains nothing by reading. All others stay checked.
 */
export function certificatesToAccept(engine: EngineChoice): (host: string) => boolean {
  const accepted = engine.kind === 'local' ? engine.acceptCertificates : undefined;
  return (host) => accepted !== undefined && (isLoopbackHost(host) || host === accepted.baseHost);
}
