import type { Point } from '../../../basics/geometry.ts';

/** What the reader's hand asks of the pictures. Points and distances in CSS pixels of the element. */
export interface GestureHandlers {
  pan(dx: number, dy: number): void;
  zoom(factor: number, at: Point): void;
}

/** How much one line or page of a mouse wheel is, in CSS pixels. */
const wheelUnits = [1, 16, 400] as const;

/** How fast the wheel zooms: this many pixels of it double the size. */
const wheelPixelsPerDoubling = 240;

const arrowStep = 60;

const arrows: Partial<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [arrowStep, 0],
  ArrowRight: [-arrowStep, 0],
  ArrowUp: [0, arrowStep],
  ArrowDown: [0, -arrowStep],
};

/** Drag, wheel, pinch, double click and arrow keys on the stage. Only its panes are moved, not what else stands there. */
export function listenForGestures(stage: HTMLElement, { pan, zoom }: GestureHandlers): void {
  const fingers = new Map<number, Point>();

  stage.addEventListener('wheel', (event) => {
    event.preventDefault();
    const unit = wheelUnits[event.deltaMode] ?? 1;
    if (event.ctrlKey || event.metaKey) {
      zoom(2 ** ((-event.deltaY * unit) / wheelPixelsPerDoubling), inPane({ x: event.clientX, y: event.clientY }));
    } else if (event.shiftKey && event.deltaX === 0) {
      pan(-event.deltaY * unit, 0);
    } else {
      pan(-event.deltaX * unit, -event.deltaY * unit);
    }
  });

  stage.addEventListener('pointerdown', (event) => {
    const onPane = event.target instanceof Element && event.target.closest('[data-glass]') !== null;
    if (onPane && (event.button === 0 || event.button === 1)) {
      stage.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    }
  });
  stage.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (before === undefined) {
      return;
    }
    const now = { x: event.clientX, y: event.clientY };
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (other === undefined) {
      pan(now.x - before.x, now.y - before.y);
    } else {
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
      zoom(distance(now, other) / Math.max(distance(before, other), 1), inPane(middle));
    }
    fingers.set(event.pointerId, now);
  });
  const lift = (event: PointerEvent): void => {
    fingers.delete(event.pointerId);
  };
  stage.addEventListener('pointerup', lift);
  stage.addEventListener('pointercancel', lift);

  stage.addEventListener('dblclick', (event) => zoom(event.shiftKey ? 0.5 : 2, inPane({ x: event.clientX, y: event.clientY })));
  stage.addEventListener('keydown', (event) => {
    const move = arrows[event.key];
    if (move !== undefined && event.target === stage) {
      event.preventDefault();
      pan(...move);
    }
  });
}

/** A point of the window, in the pane under it. */
function inPane({ x, y }: Point): Point {
  const panes = document.elementsFromPoint(x, y).map((element) => element.closest('[data-glass]'));
  const { left, top } = panes.find((pane) => pane !== null)?.getBoundingClientRect() ?? { left: 0, top: 0 };
  return { x: x - left, y: y - top };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
