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
import { untilAborted } from '../system/until-aborted.ts';

/** Judges captures as they end, and keeps the run from spending more once a verdict cannot be kept. */
export class JudgeAll {
  readonly #ports: JudgePorts;
  readonly #sample = new RetakeSample();
  readonly #progress: Progress;
  readonly #judged = new Map<string, JudgedCapture>();
  readonly #stop = new AbortController();
  readonly #cutOff: AbortSignal;
  #fault: unknown;

  /** `cutOff`: from then on no comparison is waited for. Its reason is a failure of the error table. */
  constructor(ports: Omit<JudgePorts, 'sample' | 'cutOff'>, progress: Progress, cutOff: AbortSignal) {
    this.#ports = { ...ports, sample: this.#sample, update: untilCutOff(ports.update, cutOff) };
    this.#progress = progress;
    this.#cutOff = cutOff;
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

  /** Those of the captures that have no verdict. */
  missing(captures: readonly Capture[]): Capture[] {
    return captures.filter(({ id }) => !this.#judged.has(id));
  }

  /** Takes how a capture ended; `takeAgain` asks for a further picture of it. Never throws: what goes wrong ends the run. */
  async finish(capture: Capture, outcome: CaptureOutcome, takeAgain?: TakeAgain): Promise<void> {
    const first = await attempt(() =>
      untilAborted(this.#cutOff, () => judgeCapture(capture, outcome, { ...this.#ports, ...defined({ takeAgain }) })),
    );
    const told = await attempt(async () => {
      const judged = first.kind === 'done' ? first.value : await this.#judgeAfter(first.fault, capture, outcome);
      this.#judged.set(capture.id, judged);
      this.#progress.done(judged.capture, judged.failure?.code);
    });
    if (told.kind === 'failed') {
      this.end(told.fault);
    }
  }

  async #judgeAfter(fault: unknown, capture: Capture, outcome: CaptureOutcome): Promise<JudgedCapture> {
    const { aborted } = this.#cutOff;
    const failure: Failure = aborted ? this.#cutOff.reason : { code: 'run_failed', detail: reasonOf(fault) };
    if (!aborted) {
      this.end(fault);
      // A baseline that could not be written costs no verdict.
      const compared = await attempt(() => judgeCapture(capture, outcome, { ...this.#ports, update: { kind: 'none' } }));
      if (compared.kind === 'done') {
        return compared.value;
      }
    }
    // The picture is kept, if it can be, and nobody looks at it.
    const kept = await attempt(() => judgeCapture(capture, outcome, { ...this.#ports, cutOff: failure }));
    return kept.kind === 'done' ? kept.value : judgeCapture(capture, unkept(outcome, failure), this.#ports);
  }
}

/** What is judged too late must not become a baseline behind the report's back. */
function untilCutOff(update: JudgePorts['update'], cutOff: AbortSignal): JudgePorts['update'] {
  if (update.kind === 'none' || update.writer === undefined) {
    return update;
  }
  const { writer } = update;
  const write: typeof writer.write = async (...picture) => {
    cutOff.throwIfAborted();
    await writer.write(...picture);
  };
  return { ...update, writer: { ...writer, write } };
}

/** A capture whose picture could not be kept counts as not captured; what was not tried stays `skipped`. */
function unkept({ status, attempts, durationMs, timeline }: CaptureOutcome, failure: Failure): CaptureOutcome {
  return { status: status === 'skipped' ? 'skipped' : 'failed', failure, attempts, durationMs, timeline };
}
