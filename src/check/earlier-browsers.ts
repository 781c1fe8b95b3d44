import { Opened } from '../basics/opened.ts';
import type { CaptureOutcome } from '../capture/outcome.ts';
import { runCaptures, type SchedulerOptions } from '../capture/scheduler.ts';
import type { EarlierBrowsers, JudgeTakes } from '../judge/earlier-browser.ts';
import { versionOfBrowser } from '../plan/browser.ts';
import type { Capture } from '../plan/capture.ts';
import type { Clock, Random } from '../system/ports.ts';
import { Semaphore } from '../system/semaphore.ts';
import type { CaptureService } from './run-ports.ts';

type EarlierPace = Omit<SchedulerOptions, 'billing' | 'maxCaptures' | 'timeLimitMs'>;

export interface EarlierPorts {
  readonly clock: Clock;
  readonly random: Random;
  /** Makes the built-in engine ready with a build of Chrome. */
  open(version: string): Promise<CaptureService>;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
}

/**
 * Makes the browsers ready that baselines were taken with, as far as they can be had, so that captures can be made with them
 * as well. `names`: as fingerprints name them.
 * @throws UserError when one cannot be downloaded or started.
 */
export async function openEarlierBrowsers(
  names: Iterable<string>,
  pace: EarlierPace,
  ports: EarlierPorts,
): Promise<EarlierBrowsers & AsyncDisposable> {
  await using opened = new Opened();
  const browsers = new Map<string, EarlierBrowser>();
  for (const name of new Set(names)) {
    const version = versionOfBrowser(name);
    if (version !== undefined) {
      browsers.set(name, new EarlierBrowser(opened.use(await ports.open(version)), pace, ports));
    }
  }
  const close = opened.keep();
  return { of: (name) => browsers.get(name), [Symbol.asyncDispose]: close };
}

/** Captures one page after the other on demand, with the scheduler's own patience for each. */
class EarlierBrowser {
  readonly #service: CaptureService;
  readonly #pace: EarlierPace;
  readonly #ports: EarlierPorts;
  readonly #turns: Semaphore;
  #signedIn: ReturnType<NonNullable<CaptureService['signIn']>> | undefined;

  constructor(service: CaptureService, pace: EarlierPace, ports: EarlierPorts) {
    this.#service = service;
    this.#pace = pace;
    this.#ports = ports;
    this.#turns = new Semaphore(service.capacity ?? 1);
  }

  async judge<T>(capture: Capture, judge: JudgeTakes<T>): Promise<T> {
    using _turn = await this.#turns.take();
    const { clock, random, signal } = this.#ports;
    const { client } = this.#service;
    this.#signedIn ??= this.#service.signIn?.(signal);
    const refused = await this.#signedIn;
    if (refused !== undefined) {
      const skipped: CaptureOutcome = { status: 'skipped', failure: refused, attempts: 0, durationMs: 0, timeline: [] };
      return judge(skipped, async () => skipped);
    }
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    // It costs nothing, so it does not count against what the run may spend; the signal ends it in time.
    const options = { ...this.#pace, concurrency: 1, billing: 'free', maxCaptures: 0, timeLimitMs: 0 } as const;
    await runCaptures(
      [capture],
      options,
      { ...client, clock, random },
      { onOutcome: (_, outcome, takeAgain) => judge(outcome, takeAgain).then(resolve, reject) },
      signal,
    );
    return promise;
  }
}
