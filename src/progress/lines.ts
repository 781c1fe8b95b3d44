import type { EngineName } from '../services/registry.ts';
import type { Clock, Log } from '../system/ports.ts';
import { describeCapture, describeEvent } from './describe.ts';
import type { Progress } from './progress.ts';
import { Tally } from './tally.ts';

/** How often a long run says how far it is. */
const tallyEveryMs = 15_000;

/** Progress for a log: a line per capture and per hold, in one foldable group, and now and then how far the run is. */
export function lineProgress(log: Log, clock: Clock): Progress {
  let tally = new Tally(0, clock.nowMs());
  let engine: EngineName = 'local';
  let lastTallyMs = clock.nowMs();
  return {
    start(captureCount, chosen) {
      engine = chosen;
      tally = new Tally(captureCount, clock.nowMs());
      log.startGroup(`Capturing ${captureCount}`);
    },
    service(event) {
      const isNews = tally.note(event, clock.nowMs());
      const line = describeEvent(event, engine);
      if (line !== undefined && isNews) {
        log.info(line);
      }
    },
    done(capture, failureCode) {
      tally.count(capture.status);
      // The line that says why the run stopped counts those that were not tried.
      if (capture.status !== 'skipped') {
        log.info(describeCapture(capture, failureCode));
      }
      if (clock.nowMs() - lastTallyMs >= tallyEveryMs && tally.done < tally.total) {
        lastTallyMs = clock.nowMs();
        log.info(`  ${tally.describe(clock.nowMs())}`);
      }
    },
    stop() {
      log.endGroup();
    },
  };
}
