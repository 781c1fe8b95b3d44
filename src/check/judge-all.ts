import { attempt } from '../basics/attempt.ts';
import { defined } from '../basics/record.ts';
import type { CaptureOutcome } from '../capture/outcome.ts';
import type { TakeAgain } from '../capture/scheduler.ts';
import type { Failure } from '../errors/failure.ts';
import { reasonOf } from '../errors/user-error.ts';
import { type JudgePorts, judgeCapture } from '../judge/judge.ts';
import type { JudgedCapture } from '../judge/judged.ts';
import { RetakeSample } from '../judge/retake-sample.ts';
import type { Capture } from '../plan/capture.ts';
import type { Progress } from '../progress/progress.ts';
import type { RunReport } from '../results/model.ts';

/** Judges captures as they end, and keeps the run from spending more once a verdict cannot be kept. */
export class JudgeAll {
  readonly #ports: JudgePorts;
  readonly #sample = new RetakeSample();
  readonly #progress: Progress;
  readonly #judged = new Map<string, JudgedCapture>();
  readonly #stop = new AbortController();
  #fault: unknown;

  constructor(ports: Omit<JudgePorts, 'sample'>, progress: Progress) {
    this.#ports = { ...ports, sample: this.#sample };
    this.#progress = progress;
  }

  /** Aborts when going on would pay for pictures that cannot be kept. */
  get stopped(): AbortSignal {
    return this.#stop.signal;
  }

  /** What ended the run from our side, such as a full disk; undefined: nothing did. */
  get fault(): unknown {
    return this.#fault;
  }

  /** What was not taken again, since the differences of the run are real; undefined: everything was. */
  get retakesEnded(): RunReport['retakesEnded'] {
    return this.#sample.spared;
  }

  /** The verdicts in the order of the plan. */
  inOrder(captures: readonly Capture[]): JudgedCapture[] {
    return captures.flatMap(({ id }) => this.#judged.get(id) ?? []);
  }

  /** Ends the run for a fault on our side: its captures can be judged by nobody. */
  end(fault: unknown): void {
    this.#fault ??= fault;
    this.#stop.abort({ code: 'run_failed', detail: reasonOf(fault) } satisfies Failure);
  }

  /** Takes how a capture ended; `takeAgain` asks for a further picture of it. */
  async finish(capture: Capture, outcome: CaptureOutcome, takeAgain?: TakeAgain): Promise<void> {
    const first = await attempt(() => judgeCapture(capture, outcome, { ...this.#ports, ...defined({ takeAgain }) }));
    const judged = first.kind === 'done' ? first.value : await this.#judgeAfter(first.fault, capture, outcome);
    this.#judged.set(capture.id, judged);
    this.#progress.done(judged.capture, judged.failure?.code);
  }

  async #judgeAfter(fault: unknown, capture: Capture, outcome: CaptureOutcome): Promise<JudgedCapture> {
    const failure: Failure = { code: 'run_failed', detail: reasonOf(fault) };
    this.end(fault);
    // A baseline that could not be written costs no verdict.
    const compared = await attempt(() => judgeCapture(capture, outcome, { ...this.#ports, update: { kind: 'none' } }));
    return compared.kind === 'done' ? compared.value : judgeCapture(capture, unkept(outcome, failure), this.#ports);
  }
}

/** A capture whose picture could not be kept counts as not captured; what was not tried stays `skipped`. */
function unkept({ status, attempts, durationMs, timeline }: CaptureOutcome, failure: Failure): CaptureOutcome {
  return { status: status === 'skipped' ? 'skipped' : 'failed', failure, attempts, durationMs, timeline };
}
