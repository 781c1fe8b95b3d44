import { formatPlural, formatRatio, formatSize } from '../../../basics/format.ts';
import { joinRects, type Rect } from '../../../basics/geometry.ts';
import { oneLine } from '../../../basics/text.ts';
import type { CaptureReport, ComparedCapture } from '../../../results/model.ts';
import { uncountedShades } from '../../../results/shade-finding.ts';
import { sizeOnPage } from '../../describe-place.ts';
import type { FoundGroup, Occurrence } from '../../shared-changes.ts';
import { describeNotes } from '../../warnings.ts';
import { type Child, h } from '../dom.ts';
import type { Pictures } from '../pictures.ts';
import type { Review } from '../review.ts';
import { formatRoute } from '../route.ts';
import { type CropDrawing, cropAround, drawCrop } from './crop.ts';
import { createMarks, type Entry } from './entry.ts';
import type { LazyCanvases } from './lazy-canvases.ts';

export interface CardParts {
  readonly review: Review;
  readonly pictures: Pictures;
  readonly lazy: LazyCanvases;
}

/** So many captures are named on a card; the viewer walks all of them. */
const namedOnCard = 4;

/** A change that several captures share, before and after, with how far it reaches. */
export function createGroupCard(group: FoundGroup, parts: CardParts): Entry {
  const shown = chooseShown(group.occurrences, parts.pictures);
  const captures = group.occurrences.map(({ capture }) => capture);
  const others = captures.slice(0, namedOnCard).map(({ id }) => oneLine(id));
  const rest = captures.length - others.length;
  return createCard({
    subject: { kind: 'group', group },
    href: formatRoute({ group: group.id }),
    title: [
      parts.review.nameOf({ kind: 'group', group }),
      h('span', { class: 'reach' }, formatPlural(captures.length, 'capture')),
    ],
    facts: [`${formatSize(sizeOnPage(shown))} px`, `${others.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`],
    captures,
    pictures: renderPictures(shown.capture, shown.place, parts, 'changed'),
  });
}

/** A capture that has changes of its own, around them. */
export function createCaptureCard(capture: ComparedCapture, parts: CardParts): Entry {
  const { comparison } = capture;
  const regions = comparison.regions.filter((_, index) => parts.review.groupsAt(capture, index).length === 0);
  const shades = uncountedShades(capture);
  const own = regions.length > 0 ? regions : shades;
  const [largest] = own;
  const shared = parts.review.groupsOf(capture).map((group) => parts.review.nameOf({ kind: 'group', group }));
  return createCard({
    subject: { kind: 'capture', capture },
    href: formatRoute({ id: capture.id }),
    title: [h('bdi', {}, oneLine(capture.name)), h('span', { class: 'reach' }, h('bdi', {}, oneLine(capture.viewport.name)))],
    facts: [
      ...(capture.status === 'changed' ? [formatRatio(comparison.diffRatio)] : []),
      ...(regions.length === 0 ? [] : [formatPlural(regions.length, 'region')]),
      ...(shared.length === 0 ? [] : [`besides ${shared.slice(0, namedOnCard).join(', ')}`]),
      ...describeNotes(capture),
    ],
    captures: [capture],
    pictures: renderPictures(
      capture,
      largest === undefined ? undefined : choosePlace(own, largest, capture),
      parts,
      regions.length > 0 ? 'changed' : 'shade',
    ),
  });
}

interface CardContent extends Pick<Entry, 'subject' | 'captures'> {
  readonly href: string;
  readonly title: readonly Child[];
  readonly facts: readonly string[];
  readonly pictures: { readonly element: HTMLElement; readonly isWide: boolean };
}

function createCard({ subject, captures, href, title, facts, pictures }: CardContent): Entry {
  const marks = createMarks();
  const link = h(
    'a',
    { class: 'card-link', href },
    h('span', { class: 'card-head' }, h('span', { class: 'card-title' }, ...title), marks.element),
    pictures.element,
    h('span', { class: 'card-facts' }, ...facts.flatMap((fact, at) => [at === 0 ? '' : ' · ', h('span', {}, fact)])),
  );
  const element = h('li', { class: `card card-${subject.kind}${pictures.isWide ? ' card-wide' : ''}` }, link);
  return {
    element,
    link,
    subject,
    captures,
    showMarks: (shown) => {
      marks.show(shown);
      element.classList.toggle('is-reviewed', shown.reviewed !== 'no');
    },
  };
}

/** The example, or the first capture whose pictures had room in the page. */
function chooseShown(occurrences: FoundGroup['occurrences'], pictures: Pictures): Occurrence {
  return occurrences.find(({ capture }) => pictures.find(capture.files.actual)?.kind === 'whole') ?? occurrences[0];
}

/** All changes of a capture where they lie near each other, else the largest. In device pixels. */
function choosePlace(own: readonly Rect[], largest: Rect, { viewport }: CaptureReport): Rect {
  const all = own.reduce(joinRects, largest);
  return all.height <= 360 * viewport.scale ? all : largest;
}

/** Wider than this, in CSS pixels, a change takes the whole row, or it could not be read. */
const wideFromPx = 620;

function renderPictures(
  capture: ComparedCapture,
  place: Rect | undefined,
  { pictures, lazy }: CardParts,
  boxKind: CropDrawing['boxKind'],
): { readonly element: HTMLElement; readonly isWide: boolean } {
  const { files, comparison, viewport } = capture;
  const page = {
    width: Math.max(comparison.actualSize.width, comparison.baselineSize.width, 1),
    height: Math.max(comparison.actualSize.height, comparison.baselineSize.height, 1),
  };
  const around = place ?? { x: 0, y: 0, width: page.width, height: Math.min(page.height, page.width / 2) };
  const crop = cropAround(around, page, viewport.scale);
  const isFlat = crop.width > 2.4 * crop.height;
  const shown = (['baseline', 'actual'] as const).flatMap((kind) => {
    const path = files[kind];
    if (path === undefined || pictures.find(path)?.kind !== 'whole') {
      return [];
    }
    const canvas = h('canvas', { 'aria-hidden': 'true', width: 1, height: 1 });
    canvas.style.aspectRatio = `${crop.width} / ${crop.height}`;
    canvas.style.maxWidth = `${crop.width / viewport.scale}px`;
    lazy.add(canvas, () => drawCrop(canvas, { path, crop, boxes: place === undefined ? [] : [place], boxKind }, pictures));
    return [h('span', { class: 'crop' }, h('span', { class: 'crop-label' }, kind === 'baseline' ? 'Before' : 'After'), canvas)];
  });
  const element =
    shown.length === 0
      ? h('span', { class: 'tile-words' }, 'Pictures not in this page')
      : h('span', { class: `crops${isFlat ? ' crops-stacked' : ''}` }, ...shown);
  return { element, isWide: crop.width / viewport.scale > wideFromPx };
}
