import { oneLine } from '../../../basics/text.ts';
import type { CaptureReport } from '../../../results/model.ts';
import { describeNotes } from '../../warnings.ts';
import { h } from '../dom.ts';
import type { Pictures } from '../pictures.ts';
import { formatRoute } from '../route.ts';
import { statusLabel } from '../status-label.ts';
import { drawWhole } from './crop.ts';
import { createMarks, type Entry } from './entry.ts';
import type { LazyCanvases } from './lazy-canvases.ts';

/** A capture that has no change to show: one picture and a few words. */
export function createTile(capture: CaptureReport, pictures: Pictures, lazy: LazyCanvases): Entry {
  const marks = createMarks();
  const notes = [...(capture.error === undefined ? [] : [capture.error.code]), ...describeNotes(capture)];
  const link = h(
    'a',
    { class: 'tile-link', href: formatRoute({ id: capture.id }) },
    renderPicture(capture, pictures, lazy),
    h(
      'span',
      { class: 'tile-text' },
      h('bdi', { class: 'tile-name' }, oneLine(capture.name)),
      ' ',
      h('bdi', { class: 'tile-viewport' }, oneLine(capture.viewport.name)),
      ' ',
      h('span', { class: 'visually-hidden' }, statusLabel(capture.status)),
      ...(notes.length === 0 ? [] : [h('span', { class: 'tile-notes' }, notes.join(' · '))]),
      marks.element,
    ),
  );
  const element = h('li', { class: 'tile' }, link);
  return {
    element,
    link,
    subject: { kind: 'capture', capture },
    captures: [capture],
    showMarks: (shown) => {
      marks.show(shown);
      element.classList.toggle('is-reviewed', shown.reviewed !== 'no');
    },
  };
}

/** A failure has no picture worth a place: its reason stands in the tile's words and, with the fix, in the head. */
function renderPicture(capture: CaptureReport, pictures: Pictures, lazy: LazyCanvases): HTMLElement | undefined {
  if (capture.error !== undefined) {
    return undefined;
  }
  const path = capture.files.actual ?? capture.files.baseline;
  if (path === undefined || pictures.find(path) === undefined) {
    return h('span', { class: 'tile-picture tile-words' }, 'Picture not in this page');
  }
  const canvas = h('canvas', { class: 'tile-picture', 'aria-hidden': 'true', width: 1, height: 1 });
  lazy.add(canvas, () => drawWhole(canvas, path, capture, pictures));
  return canvas;
}
