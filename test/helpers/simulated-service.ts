import { defined } from '../../src/basics/record.ts';
import type { AttemptResult, CapturedImage } from '../../src/capture/outcome.ts';
import { parseRetryAfter } from '../../src/capture/retry-after.ts';
import { seededRandom, type VirtualClock } from './virtual-time.ts';

/** What a request meets besides the engine's capacity. */
export type Fault = 'reset' | 'bad-gateway' | 'hang';

/** A capture service in virtual time. All times in milliseconds. */
export interface World {
  readonly seed: number;
  /** How many captures the engine makes at once, at a time of the run. */
  readonly capacity: (atMs: number) => number;
  /** When `capacity` changes. */
  readonly changesMs?: readonly number[];
  /** How long a capture takes in the engine; `share` is uniform in [0, 1) and belongs to the request's body. */
  readonly latencyMs: (share: number) => number;
  /** One way. */
  readonly networkMs: number;
  /** A full engine tries once more after this, then refuses. */
  readonly internalRetryMs: number;
  /** The Retry-After header of a busy engine. */
  readonly retryAfter?: (atMs: number, now: Date) => string | undefined;
  /** The account's limit, a token bucket. */
  readonly rateLimit?: { readonly perSecond: number; readonly burst: number; readonly retryAfter: boolean };
  /** Times in which the engine refuses everything. */
  readonly outages?: readonly { readonly fromMs: number; readonly toMs: number }[];
  readonly faults?: Readonly<Partial<Record<Fault, number>>>;
  readonly attemptTimeoutMs: number;
}

export interface ServiceLog {
  requests: number;
  captured: number;
  refusals: number;
  faults: number;
  /** Sent although an answer that the client had received asked it to wait longer. */
  sentWhileHeld: number;
  /** Answers received. */
  peakInFlight: number;
}

const image: CapturedImage = { bytes: new Uint8Array(0), format: 'png', size: { width: 1, height: 1 } };

export class SimulatedService {
  readonly #world: World;
  readonly #clock: VirtualClock;
  readonly #attempts = new Map<string, number>();
  #taken = 0;
  #tokens: number;
  #tokensAtMs = 0;

  constructor(world: World, clock: VirtualClock) {
    this.#world = world;
    this.#clock = clock;
    this.#tokens = world.rateLimit?.burst ?? 0;
  }

  /** One client of the service, with what it did. */
  connect(): { readonly send: (body: string, signal: AbortSignal) => Promise<AttemptResult>; readonly log: ServiceLog } {
    const log: ServiceLog = { requests: 0, captured: 0, refusals: 0, faults: 0, sentWhileHeld: 0, peakInFlight: 0 };
    let inFlight = 0;
    let heldUntilMs = 0;
    const send = async (body: string, signal: AbortSignal): Promise<AttemptResult> => {
      log.requests += 1;
      inFlight += 1;
      log.peakInFlight = Math.max(log.peakInFlight, inFlight);
      if (this.#clock.nowMs() < heldUntilMs) {
        log.sentWhileHeld += 1;
      }
      try {
        const result = await this.#answer(body, signal, log);
        if (result.kind === 'failure' && result.retryAfterMs !== undefined) {
          heldUntilMs = Math.max(heldUntilMs, this.#clock.nowMs() + result.retryAfterMs);
        }
        return result;
      } catch (error) {
        if (signal.aborted) {
          return { kind: 'aborted' };
        }
        throw error;
      } finally {
        inFlight -= 1;
      }
    };
    return { send, log };
  }

  async #answer(body: string, signal: AbortSignal, log: ServiceLog): Promise<AttemptResult> {
    const { networkMs, internalRetryMs } = this.#world;
    await this.#clock.sleep(networkMs, signal);
    if (!this.#takeToken()) {
      log.refusals += 1;
      await this.#clock.sleep(networkMs, signal);
      const { rateLimit } = this.#world;
      const waitMs = rateLimit?.retryAfter === true ? Math.ceil((1 - this.#tokens) / rateLimit.perSecond) * 1000 : undefined;
      return {
        kind: 'failure',
        failure: { code: 'rate_limited', status: 429 },
        ...defined({ retryAfterMs: waitMs }),
      };
    }
    if (this.#isFull()) {
      await this.#clock.sleep(internalRetryMs, signal);
    }
    if (this.#isFull()) {
      log.refusals += 1;
      const now = this.#clock.date();
      const header = this.#world.retryAfter?.(this.#clock.nowMs(), now);
      await this.#clock.sleep(networkMs, signal);
      const retryAfterMs = parseRetryAfter(header, { answerDate: now.toUTCString(), now });
      return {
        kind: 'failure',
        failure: { code: 'engine_busy', status: 503 },
        ...defined({ retryAfterMs }),
      };
    }
    this.#taken += 1;
    try {
      return await this.#render(body, signal, log);
    } finally {
      this.#taken -= 1;
    }
  }

  async #render(body: string, signal: AbortSignal, log: ServiceLog): Promise<AttemptResult> {
    const attempt = (this.#attempts.get(body) ?? 0) + 1;
    this.#attempts.set(body, attempt);
    const { latencyMs, fault } = requestFate(this.#world, body, attempt);
    if (fault !== undefined) {
      log.faults += 1;
    }
    await this.#clock.sleep(latencyMs, signal);
    if (fault === 'hang') {
      return { kind: 'failure', failure: { code: 'attempt_timeout' } };
    }
    if (fault === 'reset') {
      return { kind: 'failure', failure: { code: 'network_error' } };
    }
    // The way back takes no slot of the engine.
    const answer: AttemptResult =
      fault === 'bad-gateway'
        ? { kind: 'failure', failure: { code: 'unexpected_response', status: 502 } }
        : { kind: 'image', image };
    log.captured += fault === undefined ? 1 : 0;
    this.#taken -= 1;
    try {
      await this.#clock.sleep(this.#world.networkMs, signal);
    } finally {
      this.#taken += 1;
    }
    return answer;
  }

  #isFull(): boolean {
    const atMs = this.#clock.nowMs();
    return isOut(this.#world, atMs) || this.#taken >= this.#world.capacity(atMs);
  }

  #takeToken(): boolean {
    const { rateLimit } = this.#world;
    if (rateLimit === undefined) {
      return true;
    }
    const nowMs = this.#clock.nowMs();
    this.#tokens = Math.min(rateLimit.burst, this.#tokens + ((nowMs - this.#tokensAtMs) / 1000) * rateLimit.perSecond);
    this.#tokensAtMs = nowMs;
    if (this.#tokens < 1) {
      return false;
    }
    this.#tokens -= 1;
    return true;
  }
}

/** What becomes of the n-th accepted request for a body: the same for every policy that meets the same world. */
export function requestFate(
  world: World,
  body: string,
  attempt: number,
): { readonly latencyMs: number; readonly fault: Fault | undefined } {
  const usual = world.latencyMs(seededRandom(hash(`${world.seed} ${body}`)).next());
  const random = seededRandom(hash(`${world.seed} ${body} ${attempt}`));
  let share = random.next();
  for (const [fault, likelihood] of Object.entries(world.faults ?? {}) as [Fault, number][]) {
    if (share < likelihood) {
      return { latencyMs: faultMs(fault, usual, world, random.next()), fault };
    }
    share -= likelihood;
  }
  return { latencyMs: usual, fault: undefined };
}

export function isOut(world: World, atMs: number): boolean {
  return (world.outages ?? []).some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);
}

function faultMs(fault: Fault, usualMs: number, world: World, share: number): number {
  switch (fault) {
    case 'hang':
      return world.attemptTimeoutMs;
    case 'reset':
      return usualMs * share;
    case 'bad-gateway':
      return 200 * share;
    default:
      return fault satisfies never;
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  }
  return value >>> 0;
}
