import { formatDuration } from '../../basics/format.ts';
import type { Clock } from '../../system/ports.ts';
import { chooseDeployment, findMeant, type Served } from './choose-deployment.ts';
import {
  describeSeen,
  explainAmbiguous,
  explainDenied,
  explainFailed,
  explainPartlyDenied,
  explainTimeout,
  type Missing,
  type Wanted,
} from './describe.ts';
import { type Look, type SightingSource, sightingSources } from './look.ts';
import { decidePollDelay } from './poll-delay.ts';
import type { Sighting } from './sighting.ts';

export type AwaitedDeployment = { readonly kind: 'found'; readonly sighting: Served } | ({ readonly kind: 'missing' } & Missing);

export interface DeploymentPorts {
  /** Asks GitHub, but for what it denied. */
  readonly look: (denied: readonly SightingSource[]) => Promise<Look>;
  readonly clock: Clock;
  /** Ends the waiting; it rejects then. */
  readonly signal: AbortSignal;
  readonly log: { info(line: string): void; warn(line: string): void };
}

/** A line at least this often, so that nobody takes the job for hung. */
const longestQuietMs = 60_000;

/**
 * Waits until the deployment is there that is asked for, and says on the way what there is. `event`: what the event of the
 * run says of one, which needs no question where it is the one. Rejects with the signal's reason.
 */
export async function awaitDeployment(
  wanted: Wanted,
  event: Sighting | undefined,
  { look, clock, signal, log }: DeploymentPorts,
): Promise<AwaitedDeployment> {
  const told = event === undefined ? undefined : decide([event], wanted);
  if (told !== undefined) {
    return told;
  }
  const startMs = clock.nowMs();
  const line = new ProgressLine(clock, log);
  let denied: readonly SightingSource[] = [];
  for (let looks = 1; ; looks += 1) {
    signal.throwIfAborted();
    const seen = await look(denied);
    const leftMs = startMs + wanted.timeoutMs - clock.nowMs();
    const ended = decide(seen.sightings, wanted) ?? giveUp(seen, leftMs, wanted);
    if (ended !== undefined) {
      return ended;
    }
    if (looks === 1 && seen.denied.length > 0) {
      log.warn(explainPartlyDenied(seen.denied));
    }
    denied = seen.denied;
    line.show(describeLook(seen, wanted));
    // The last look is at the very end.
    await clock.sleep(Math.min(decidePollDelay({ looks, leftMs, ...seen }), leftMs), signal);
  }
}

/** Why waiting makes no sense any more; undefined: it does. */
function giveUp(seen: Look, leftMs: number, wanted: Wanted): AwaitedDeployment | undefined {
  if (seen.denied.length === Object.keys(sightingSources).length) {
    return { kind: 'missing', ...explainDenied(wanted) };
  }
  return leftMs <= 0 || (seen.askedToWaitMs ?? 0) > leftMs
    ? { kind: 'missing', ...explainTimeout(seen, findMeant(seen.sightings, wanted.environment), wanted) }
    : undefined;
}

function describeLook(seen: Look, wanted: Wanted): string {
  const trouble = seen.trouble === undefined ? '' : `; GitHub did not answer everything (${seen.trouble})`;
  return `${describeSeen(findMeant(seen.sightings, wanted.environment), wanted.environment)}${trouble}`;
}

/** Undefined: it is to be waited. */
function decide(sightings: readonly Sighting[], wanted: Wanted): AwaitedDeployment | undefined {
  const chosen = chooseDeployment(sightings, wanted.environment);
  switch (chosen.kind) {
    case 'wait':
      return undefined;
    case 'ready':
      return { kind: 'found', sighting: chosen.sighting };
    case 'failed':
      return { kind: 'missing', ...explainFailed(chosen.sightings, wanted) };
    case 'ambiguous':
      return { kind: 'missing', ...explainAmbiguous(chosen.sightings, wanted) };
    default:
      return chosen satisfies never;
  }
}

/** Says what is seen when that changes, and else now and then. */
class ProgressLine {
  readonly #clock: Clock;
  readonly #log: DeploymentPorts['log'];
  readonly #startMs: number;
  #shown = '';
  #shownMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, log: DeploymentPorts['log']) {
    this.#clock = clock;
    this.#log = log;
    this.#startMs = clock.nowMs();
  }

  show(seen: string): void {
    const nowMs = this.#clock.nowMs();
    if (seen !== this.#shown || nowMs - this.#shownMs >= longestQuietMs) {
      this.#log.info(`Waiting for the deployment, ${formatDuration(nowMs - this.#startMs)}: ${seen}`);
      this.#shown = seen;
      this.#shownMs = nowMs;
    }
  }
}
