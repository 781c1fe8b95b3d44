import { wrapGetter } from './wrap.ts';

/**
 * Runs in the page's own world, before its scripts. While the window is as tall as the page (tall-window.ts), which no
 * visitor's is, scripts are told the size that it had, and what follows the place that is being read is told nothing.
 */

const windowSizes = ['innerWidth', 'innerHeight', 'outerWidth', 'outerHeight'] as const;
const viewportSizes = ['width', 'height'] as const;

type Sizes = Readonly<Record<string, number>>;

/** The sizes of the visitor's window while the window is another one. */
let kept: Sizes | undefined;

/** From now on the window is the visitor's for scripts, whatever it is; or it is again what it is. */
export function keepWindow(isKept: boolean): void {
  kept = isKept ? (kept ?? { ...sizesOf(window, windowSizes), ...sizesOf(window.visualViewport, viewportSizes) }) : undefined;
}

function sizesOf<Name extends string>(owner: Readonly<Record<Name, number>> | null, names: readonly Name[]): Sizes {
  return owner === null ? {} : Object.fromEntries(names.map((name) => [name, owner[name]]));
}

/** An observer that leaves out so much of the window does not ask what can be seen, but what is being read. */
const spyShare = 0.25;

/** Whether the observer marks the section in a menu, or the like: in a taller window it would be another one. */
function isSpy({ root, rootMargin }: IntersectionObserver, windowPx: number): boolean {
  const [top = '', , bottom = ''] = rootMargin.split(' ');
  return root === null && -(shareOf(top, windowPx) + shareOf(bottom, windowPx)) >= spyShare;
}

function shareOf(margin: string, windowPx: number): number {
  return Number.parseFloat(margin) / (margin.endsWith('%') ? 100 : windowPx);
}

export function watchWindow(): void {
  for (const name of windowSizes) {
    wrapGetter(window, name, (native, self, args) => kept?.[name] ?? Reflect.apply(native, self, args));
  }
  for (const name of viewportSizes) {
    wrapGetter(VisualViewport.prototype, name, (native, self, args) => kept?.[name] ?? Reflect.apply(native, self, args));
  }
  wrapObserver();
}

function wrapObserver(): void {
  const observers = new Proxy(IntersectionObserver, {
    construct: (native, [callback, ...rest]: unknown[], newTarget) => {
      const told = (entries: IntersectionObserverEntry[], observer: IntersectionObserver): void => {
        if (kept === undefined || !isSpy(observer, kept['innerHeight'] ?? 0)) {
          Reflect.apply(callback as IntersectionObserverCallback, observer, [entries, observer]);
        }
      };
      return Reflect.construct(native, [typeof callback === 'function' ? told : callback, ...rest], newTarget) as object;
    },
  });
  Object.defineProperty(window, 'IntersectionObserver', {
    ...Object.getOwnPropertyDescriptor(window, 'IntersectionObserver'),
    value: observers,
  });
}
