import { defined } from '../../src/basics/record.ts';
import type { AttemptResult, CapturedImage } from '../../src/capture/outcome.ts';
import { parseRetryAfter } from '../../src/capture/retry-after.ts';
import { type AccountLimit, type LimitState, openLimit } from './account-limit.ts';
import { seededRandom, type VirtualClock } from './virtual-time.ts';

/** What a request meets besides the engine's capacity. `lost`: no answer ever comes, and the engine knows nothing of it. */
export type Fault = 'reset' | 'bad-gateway' | 'hang' | 'lost';

/** A time in which no request comes through to the service. `reset` breaks what is under way as well. */
export interface Cut {
  readonly fromMs: number;
  readonly toMs: number;
  readonly as: 'reset' | 'bad-gateway' | 'no-name';
}

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
  /** The code of a busy engine: `rate_limited` where a 429 is about how many at once. Default: `engine_busy`. */
  readonly busyCode?: 'engine_busy' | 'rate_limited';
  /** The service does not tell its time, and our clock is so much behind it. */
  readonly untoldSkewMs?: number;
  readonly limit?: AccountLimit;
  readonly cuts?: readonly Cut[];
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
  readonly #limit: LimitState;
  #taken = 0;

  constructor(world: World, clock: VirtualClock) {
    this.#world = world;
    this.#clock = clock;
    this.#limit = openLimit(world.limit);
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
        const { result, askedMs = 0 } = await this.#answer(body, signal, log);
        heldUntilMs = Math.max(heldUntilMs, this.#clock.nowMs() + askedMs);
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

  async #answer(body: string, signal: AbortSignal, log: ServiceLog): Promise<Answer> {
    const { networkMs, internalRetryMs, busyCode = 'engine_busy', retryAfter } = this.#world;
    const cut = cutAt(this.#world, this.#clock.nowMs());
    if (cut !== undefined) {
      log.faults += 1;
      await this.#clock.sleep(cut.as === 'bad-gateway' ? 2 * networkMs : networkMs, signal);
      return { result: cutResult(cut) };
    }
    await this.#clock.sleep(networkMs, signal);
    const arrivedMs = this.#clock.nowMs();
    if (!this.#limit.take(arrivedMs)) {
      log.refusals += 1;
      const waitMs = Math.ceil((this.#limit.freeAtMs(arrivedMs) - arrivedMs) / 1000 - 1e-6) * 1000;
      await this.#clock.sleep(networkMs, signal);
      return this.#refuse('rate_limited', this.#world.limit?.retryAfter === true ? String(waitMs / 1000) : undefined);
    }
    if (this.#isFull()) {
      await this.#clock.sleep(internalRetryMs, signal);
    }
    if (this.#isFull()) {
      log.refusals += 1;
      const header = retryAfter?.(this.#clock.nowMs(), this.#clock.date());
      await this.#clock.sleep(networkMs, signal);
      return this.#refuse(busyCode, header);
    }
    const attempt = (this.#attempts.get(body) ?? 0) + 1;
    this.#attempts.set(body, attempt);
    const fate = requestFate(this.#world, body, attempt);
    if (fate.fault === 'lost') {
      log.faults += 1;
      await this.#clock.sleep(fate.latencyMs, signal);
      return { result: { kind: 'failure', failure: { code: 'attempt_timeout' } } };
    }
    this.#taken += 1;
    try {
      return { result: await this.#render(fate, signal, log) };
    } finally {
      this.#taken -= 1;
    }
  }

  /** The client reads the header by its own clock, which may be wrong; what the service means is measured by its own. */
  #refuse(code: 'engine_busy' | 'rate_limited', header: string | undefined): Answer {
    const { untoldSkewMs } = this.#world;
    const now = this.#clock.date();
    const serverMs = now.getTime();
    const asked = parseRetryAfter(header, { serverMs, now });
    const retryAfter =
      untoldSkewMs === undefined
        ? asked
        : parseRetryAfter(header, { serverMs: undefined, now: new Date(serverMs - untoldSkewMs) });
    const failure = { code, status: code === 'engine_busy' ? 503 : 429 };
    return { result: { kind: 'failure', failure, ...defined({ retryAfter }) }, ...defined({ askedMs: asked?.ms }) };
  }

  async #render({ latencyMs, fault }: Fate, signal: AbortSignal, log: ServiceLog): Promise<AttemptResult> {
    if (fault !== undefined) {
      log.faults += 1;
    }
    const brokenMs = breaksAt(this.#world, this.#clock.nowMs(), latencyMs);
    if (brokenMs !== undefined) {
      log.faults += 1;
      await this.#clock.sleep(brokenMs - this.#clock.nowMs(), signal);
      return { kind: 'failure', failure: { code: 'network_error' } };
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
}

/** What the client is told, and how long the service means to be left alone. */
interface Answer {
  readonly result: AttemptResult;
  readonly askedMs?: number;
}

interface Fate {
  readonly latencyMs: number;
  readonly fault: Fault | undefined;
}

/** What becomes of the n-th accepted request for a body: the same for every policy that meets the same world. */
export function requestFate(world: World, body: string, attempt: number): Fate {
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

/** The cut that a request at that time runs into. */
export function cutAt({ cuts = [] }: World, atMs: number): Cut | undefined {
  return cuts.find(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);
}

function breaksAt({ cuts = [] }: World, nowMs: number, latencyMs: number): number | undefined {
  return cuts.find(({ as, fromMs }) => as === 'reset' && fromMs > nowMs && fromMs < nowMs + latencyMs)?.fromMs;
}

function cutResult({ as }: Cut): AttemptResult {
  switch (as) {
    case 'reset':
      return { kind: 'failure', failure: { code: 'network_error' } };
    case 'no-name':
      return { kind: 'failure', failure: { code: 'network_error' }, neverSent: true };
    case 'bad-gateway':
      return { kind: 'failure', failure: { code: 'unexpected_response', status: 502 } };
    default:
      return as satisfies never;
  }
}

function faultMs(fault: Fault, usualMs: number, world: World, share: number): number {
  switch (fault) {
    case 'hang':
    case 'lost':
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
