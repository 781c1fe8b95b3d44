import { readStory } from './story-state.ts';
import { keepWindow, watchWindow } from './visitor-window.ts';
import { type Callback, wrap } from './wrap.ts';

/**
 * Runs in the page's own world, before its scripts, and changes nothing that they see:
 * - Short timers are counted, so that the engine knows whether the page is about to do something.
 * - Callbacks of `requestAnimationFrame` are given the time that it is. The animation clock stands still, and with it
 *   the time that Chrome would give them, so that what a script moves by it would never arrive.
 * - While the window is taller than the visitor's, scripts are told of the visitor's.
 */

/** Longer ones are not waited for: slides, polls, reminders. */
const longestMs = 2000;
/** A timer that was set by a timer, and so on: what goes on like this is a clock, not an end that can be waited for. */
const deepest = 3;

const pending = new Set<unknown>();
let depth = 0;

/** Long after the end of whatever has one, in milliseconds. */
const heldMs = 3_600_000;
let isHeld = false;

function watchTimers(name: 'setTimeout' | 'requestIdleCallback'): void {
  wrap(window, name, (native, self, args) => {
    const [callback, delayMs = 0] = args;
    if (typeof callback !== 'function') {
      return Reflect.apply(native, self, args);
    }
    const own = depth + 1;
    const run = function (this: unknown, ...passed: unknown[]): unknown {
      pending.delete(id);
      const outer = depth;
      depth = own;
      try {
        return Reflect.apply(callback as Callback, this, passed);
      } finally {
        depth = outer;
      }
    };
    const id = Reflect.apply(native, self, [run, ...args.slice(1)]);
    if (own <= deepest && (typeof delayMs === 'object' || Number(delayMs) <= longestMs)) {
      pending.add(id);
    }
    return id;
  });
}

function forget(name: 'clearTimeout' | 'clearInterval' | 'cancelIdleCallback'): void {
  wrap(window, name, (native, self, args) => {
    pending.delete(args[0]);
    return Reflect.apply(native, self, args);
  });
}

function hold(): void {
  isHeld = true;
}

function tellTime(): void {
  const nowMs = performance.now.bind(performance);
  let firstMs: number | undefined;
  // From 0 on, so that what never comes to an end is at the same place of it at every visit once time is held.
  const tellMs = (): number => {
    firstMs ??= nowMs();
    return isHeld ? heldMs : nowMs() - firstMs;
  };
  wrap(window, 'requestAnimationFrame', (native, self, [callback, ...rest]) => {
    const told = (): unknown => Reflect.apply(callback as Callback, undefined, [tellMs()]);
    return Reflect.apply(native, self, [typeof callback === 'function' ? told : callback, ...rest]);
  });
}

watchTimers('setTimeout');
watchTimers('requestIdleCallback');
forget('clearTimeout');
forget('clearInterval');
forget('cancelIdleCallback');
tellTime();
watchWindow();
wrap(Performance.prototype, 'now', (native, self, args) => (isHeld ? heldMs : Reflect.apply(native, self, args)));
Object.defineProperty(globalThis, Symbol.for('visual-capture'), {
  value: { pending: () => pending.size, hold, keepWindow, readStory },
});
