import { formatSize } from '../../../basics/format.ts';
import type { Region } from '../../../basics/geometry.ts';
import { defined } from '../../../basics/record.ts';
import { h } from '../dom.ts';
import { icon } from '../icon.ts';
import { type ModeName, modeNames } from '../route.ts';
import { type ShortcutName, shortcuts } from '../shortcuts.ts';
import type { Shown } from './modes/mode.ts';
import { isAvailable, modes } from './modes/modes.ts';
import type { Zoom } from './stage.ts';

const modeShortcuts: { readonly [Name in ModeName]: ShortcutName } = {
  'side-by-side': 'sideBySide',
  slider: 'slider',
  'onion-skin': 'onionSkin',
  diff: 'diffOnly',
  blink: 'blink',
  takes: 'takes',
};

/** The row of buttons over the pictures. Every button does what a key does. */
export class Toolbar {
  readonly element = h('div', { class: 'toolbar', role: 'toolbar', 'aria-label': 'How the pictures are shown' });
  readonly #run: (name: ShortcutName) => void;
  readonly #modeButtons = new Map<ModeName, HTMLButtonElement>();
  readonly #zoomButtons: readonly (readonly [Zoom, HTMLButtonElement])[];
  readonly #controls = h('div', { class: 'controls' });
  readonly #regions: HTMLElement;
  readonly #regionText = h('span', { class: 'readout region-readout' });
  readonly #zoomText = h('span', { class: 'readout zoom-readout' });
  readonly #boxes: HTMLButtonElement;
  readonly #diffPane: HTMLButtonElement;

  constructor(run: (name: ShortcutName) => void) {
    this.#run = run;
    for (const name of modeNames) {
      this.#modeButtons.set(name, this.#button(modeShortcuts[name], modes[name].label));
    }
    this.#boxes = this.#button('boxes', 'Boxes');
    this.#diffPane = this.#button('diffPane', 'Difference');
    this.#regions = group(
      'Changed regions',
      this.#button('previousRegion', icon('left'), 'Previous changed region'),
      this.#regionText,
      this.#button('nextRegion', icon('right'), 'Next changed region'),
      this.#boxes,
    );
    this.#zoomButtons = [
      ['change', this.#button('change', 'Change')],
      ['fit', this.#button('fit', 'Fit')],
      ['width', this.#button('width', 'Width')],
      ['pixels', this.#button('actualPixels', '1:1', '1:1, actual pixels')],
    ];
    this.element.append(
      group('Mode', ...this.#modeButtons.values()),
      this.#diffPane,
      this.#controls,
      this.#regions,
      group(
        'Zoom',
        ...this.#zoomButtons.map(([, button]) => button),
        this.#button('zoomOut', '−', 'Zoom out'),
        this.#zoomText,
        this.#button('zoomIn', '+', 'Zoom in'),
      ),
    );
  }

  showMode(current: ModeName, has: (kind: Shown) => boolean, controls: HTMLElement | undefined): void {
    for (const [name, button] of this.#modeButtons) {
      button.hidden = !isAvailable(modes[name], has);
      button.setAttribute('aria-pressed', String(name === current));
    }
    this.#controls.replaceChildren(...(controls === undefined ? [] : [controls]));
  }

  /** Whether the difference has a pane of its own; only side by side leaves that open. */
  showDiffPane(isOffered: boolean, isShown: boolean): void {
    this.#diffPane.hidden = !isOffered;
    this.#diffPane.setAttribute('aria-pressed', String(isShown));
  }

  /** `current` counts from 0. */
  showRegion(regions: readonly Region[], current: number | undefined, boxesShown: boolean): void {
    this.#regions.hidden = regions.length === 0;
    this.#boxes.setAttribute('aria-pressed', String(boxesShown));
    const region = current === undefined ? undefined : regions[current];
    this.#regionText.textContent =
      current === undefined
        ? `${regions.length} region${regions.length === 1 ? '' : 's'}`
        : `${current + 1} of ${regions.length}`;
    this.#regionText.title = region === undefined ? '' : `${formatSize(region)} px at ${region.x}, ${region.y}`;
  }

  /** `percent` of the page's own size, in which one CSS pixel of the page is one CSS pixel here. */
  showZoom(zoom: Zoom, percent: number): void {
    this.#zoomText.textContent = `${percent < 10 ? percent.toFixed(1) : Math.round(percent)}%`;
    for (const [name, button] of this.#zoomButtons) {
      button.setAttribute('aria-pressed', String(name === zoom));
    }
  }

  #button(name: ShortcutName, content: Node | string, label?: string): HTMLButtonElement {
    const { keys, label: meaning } = shortcuts[name];
    const properties = {
      type: 'button',
      title: `${meaning} (${keys[0]})`,
      ...defined({ 'aria-label': label }),
    };
    return h('button', { ...properties, on: { click: () => this.#run(name) } }, content);
  }
}

function group(label: string, ...children: readonly HTMLElement[]): HTMLElement {
  return h('div', { class: 'group', role: 'group', 'aria-label': label }, ...children);
}
