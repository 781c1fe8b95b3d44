import type { EngineName } from '../services/registry.ts';
import type { Clock } from '../system/ports.ts';
import { describeCapture, describeEvent } from './describe.ts';
import type { Progress } from './progress.ts';
import { Tally } from './tally.ts';

const redrawEveryMs = 100;
const barWidth = 24;

/** Progress for a terminal: a bar that is redrawn in place; above it, a line for each thing worth a look. */
export function barProgress(write: (text: string) => void, width: number, clock: Clock): Progress {
  let tally = new Tally(0, clock.nowMs());
  let engine: EngineName = 'local';
  let timer: NodeJS.Timeout | undefined;
  const draw = (): void => write(`\r\x1b[2K${renderBar(tally, width, clock.nowMs())}`);
  const line = (text: string): void => {
    write(`\r\x1b[2K${text}\n`);
    draw();
  };
  return {
    start(captureCount, chosen) {
      engine = chosen;
      tally = new Tally(captureCount, clock.nowMs());
      draw();
      timer = setInterval(draw, redrawEveryMs);
      // The bar must not keep a process alive that has nothing else to do.
      timer.unref();
    },
    service(event) {
      const isNews = tally.note(event, clock.nowMs());
      const text = describeEvent(event, engine);
      if (text !== undefined && isNews) {
        line(text);
      }
    },
    done(capture, failureCode) {
      tally.count(capture.status);
      if (capture.status !== 'unchanged' && capture.status !== 'captured' && capture.status !== 'skipped') {
        line(describeCapture(capture, failureCode));
      }
    },
    stop() {
      clearInterval(timer);
      write('\r\x1b[2K');
    },
  };
}

function renderBar(tally: Tally, width: number, nowMs: number): string {
  const filled = tally.total === 0 ? barWidth : Math.round((tally.done / tally.total) * barWidth);
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${tally.describe(nowMs)}`.slice(0, Math.max(0, width - 1));
}
