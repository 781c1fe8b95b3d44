import { listSecrets } from '../address/hide-secrets.ts';
import { formatPlural } from '../basics/format.ts';
import { version } from '../basics/product.ts';
import type { Discovered } from '../discover/discover.ts';
import { discoverLimits } from '../discover/limits.ts';
import { openWeb } from '../discover/web.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { wakeBoundMs } from '../page-check/wake.ts';
import type { DiscoverChoice } from '../plan/discovery.ts';
import { systemClock } from '../system/clock.ts';
import type { Log } from '../system/ports.ts';
import { stopReason } from '../system/stop-signal.ts';
import { unlessStopped } from '../system/unless-stopped.ts';
import { certificatesToAccept } from './certificates.ts';

/**
 * Finds targets with the real clock and network, and says what was found. The headers of `page-headers` go to their own
 * origins alone.
 * @throws Stopped when the run is stopped meanwhile: nothing is known then of what would have been captured.
 */
export async function findTargets(choice: DiscoverChoice, inputs: Inputs, log: Log, signal: AbortSignal): Promise<Discovered> {
  // Loaded when it is asked for: a run that finds nothing need not load a reader of markup first.
  const { discover } = await import('../discover/discover.ts');
  const done = new AbortController();
  const over = new AbortController();
  systemClock.sleep(discoverLimits.totalMs, done.signal).then(
    () => over.abort(),
    () => {},
  );
  await using web = openWeb({
    clock: systemClock,
    userAgent: `visual-capture/${version}`,
    headers: inputs.pageHeaders,
    acceptCertificatesOf: certificatesToAccept(inputs.engine),
    onWaiting: (origin, because) => log.info(`Waiting until ${origin} is awake (${because}), up to ${wakeBoundMs / 1000} s.`),
    signal: AbortSignal.any([signal, over.signal]),
  });
  try {
    const found = await unlessStopped(signal, () => discover(choice, inputs.base, { web, secrets: secretsOf(inputs) }));
    if (found === undefined) {
      throw stopReason(signal);
    }
    for (const note of found.notes) {
      log.info(note);
    }
    const others = found.leftOut.length === 0 ? '' : `, and left out ${formatPlural(found.leftOut.length, 'other')}`;
    if (found.problems.length === 0) {
      log.info(`discover has found ${formatPlural(found.found.length, 'target')}${others}.`);
    }
    return found;
  } finally {
    done.abort();
  }
}

function secretsOf({ base, pageHeaders, writtenSecrets }: Inputs): string[] {
  return [...listSecrets(base === undefined ? [] : [base.href], pageHeaders), ...writtenSecrets];
}
