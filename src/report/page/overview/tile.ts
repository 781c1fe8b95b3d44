import { formatPlural, formatRatio } from '../../../basics/format.ts';
import { oneLine } from '../../../basics/text.ts';
import type { CaptureReport } from '../../../results/model.ts';
import { describeNotes } from '../../warnings.ts';
import { h } from '../dom.ts';
import { icon } from '../icon.ts';
import type { Pictures } from '../pictures.ts';
import { formatRoute } from '../route.ts';
import { statusLabel } from '../status-label.ts';
import type { LazyTiles } from './lazy-tiles.ts';
import { tilePath, tileSize } from './tile-picture.ts';

/** A capture in the overview. */
export interface Tile {
  readonly element: HTMLElement;
  readonly link: HTMLAnchorElement;
  readonly capture: CaptureReport;
  setReviewed(reviewed: boolean): void;
}

export function createTile(capture: CaptureReport, pictures: Pictures, lazy: LazyTiles): Tile {
  const mark = h('span', { class: 'reviewed-mark', hidden: true }, icon('check'), 'Reviewed');
  const link = h(
    'a',
    { class: 'tile-link', href: formatRoute({ id: capture.id }) },
    renderPicture(capture, pictures, lazy),
    h(
      'span',
      { class: 'tile-text' },
      h('bdi', { class: 'tile-viewport' }, oneLine(capture.viewport.name)),
      ' ',
      h('span', { class: 'tile-status' }, statusLabel(capture.status), ...renderAmount(capture)),
      mark,
    ),
  );
  const element = h('li', { class: 'tile' }, link);
  return {
    element,
    link,
    capture,
    setReviewed: (reviewed) => {
      mark.hidden = !reviewed;
      element.classList.toggle('is-reviewed', reviewed);
    },
  };
}

/** A failure has no picture worth a place: its reason stands in the tile's words and, with the fix, in the head. */
function renderPicture(capture: CaptureReport, pictures: Pictures, lazy: LazyTiles): HTMLElement | undefined {
  if (capture.error !== undefined) {
    return undefined;
  }
  if (pictures.find(tilePath(capture)) === undefined) {
    return h('span', { class: 'tile-picture tile-words' }, 'Picture not in this page');
  }
  const canvas = h('canvas', {
    class: 'tile-picture',
    'aria-hidden': 'true',
    width: tileSize.width,
    height: tileSize.height,
  });
  lazy.add(canvas, capture);
  return canvas;
}

/** Lines break between the parts, not inside of one. */
function renderAmount(capture: CaptureReport): HTMLElement[] {
  const parts = describeAmount(capture).map((part) => h('span', { class: 'amount-part' }, part));
  return parts.length === 0
    ? []
    : [h('span', { class: 'amount' }, ...parts.flatMap((part, at) => [at === 0 ? ' ' : ' · ', part]))];
}

/** The size of a change, the reason of a failure, and what else is remarkable. */
function describeAmount(capture: CaptureReport): string[] {
  const { comparison, error, status } = capture;
  const difference =
    comparison === undefined || status !== 'changed'
      ? []
      : [
          formatRatio(comparison.diffRatio),
          ...(comparison.regions.length === 0 ? [] : [formatPlural(comparison.regions.length, 'region')]),
        ];
  return [...(error === undefined ? [] : [error.code]), ...difference, ...describeNotes(capture)];
}
