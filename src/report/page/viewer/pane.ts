import type { PictureKind } from '../../../results/model.ts';
import { h } from '../dom.ts';
import type { LoadedPicture } from '../pictures.ts';
import type { Camera } from './camera.ts';
import { createRegionBoxes, type MarkedRegions, type RegionBoxes } from './region-boxes.ts';

export type LayerKind = PictureKind;

export const layerLabels: { readonly [Kind in LayerKind]: string } = {
  baseline: 'Baseline',
  actual: 'Capture',
  diff: 'Difference',
  aligned: 'Difference, rows laid on each other again',
};

export interface PaneLayer {
  readonly kind: LayerKind;
  readonly picture: LoadedPicture;
}

/** A window onto one or more pictures that lie on top of each other, with the changed regions boxed. */
export interface Pane {
  readonly element: HTMLElement;
  /** The layers' elements, in the order given; a mode clips, fades or hides them. */
  readonly layers: readonly HTMLElement[];
  readonly boxes: RegionBoxes;
  /** `baselineShift`: how many rows lower than in the capture what is looked at lies in the baseline. */
  setCamera(camera: Camera, baselineShift: number): void;
}

/** `title` says what the pane shows, e.g. "Baseline". */
export function createPane(title: string, layers: readonly PaneLayer[], marked: MarkedRegions): Pane {
  const worlds: (readonly [kind: LayerKind, world: HTMLElement])[] = [];
  const layerElements = layers.map(({ kind, picture }) => {
    const image = h('img', { src: picture.url, alt: '', width: picture.width, height: picture.height, draggable: 'false' });
    const world = h('div', { class: 'world' }, image);
    worlds.push([kind, world]);
    return h('div', { class: `layer layer-${kind}` }, world);
  });
  // The picture on top is what the boxes are about.
  const on = layers.at(-1)?.kind ?? 'actual';
  const boxes = createRegionBoxes(marked, on);
  const boxWorld = h('div', { class: 'world' });
  boxWorld.append(boxes.element);
  worlds.push([on, boxWorld]);
  const element = h(
    'figure',
    { class: 'pane' },
    h('figcaption', {}, title),
    h('div', { class: 'glass', 'data-glass': true }, ...layerElements, h('div', { class: 'layer layer-boxes' }, boxWorld)),
  );
  return {
    element,
    layers: layerElements,
    boxes,
    setCamera: (camera, baselineShift) => {
      for (const [kind, world] of worlds) {
        const lower = kind === 'baseline' ? baselineShift : 0;
        world.style.transform = `scale(${camera.scale}) translate(${-camera.x}px, ${-camera.y - lower}px)`;
      }
      boxes.setScale(camera.scale);
      // Beyond twice its size a pixel is looked at as a pixel.
      element.classList.toggle('magnified', camera.scale * devicePixelRatio >= 2);
    },
  };
}
