import type { SchedulerEvent } from '../capture/scheduler.ts';
import type { JudgedCapture } from '../judge/judged.ts';
import type { EngineName } from '../services/registry.ts';

/** Who shows a run while it goes on: lines in a log, or a bar on a terminal. */
export interface Progress {
  start(captureCount: number, engine: EngineName): void;
  /** The service made the run wait, let it go on, or a request is repeated. */
  service(event: SchedulerEvent): void;
  done(capture: JudgedCapture['capture'], failureCode: string | undefined): void;
  stop(): void;
}
