import { formatPlural, formatRatio, formatSize } from '../../../basics/format.ts';
import type { Rect } from '../../../basics/geometry.ts';
import { oneLine } from '../../../basics/text.ts';
import type { CaptureReport, ChangedRegion, ComparedCapture } from '../../../results/model.ts';
import { uncountedShades } from '../../../results/shade-finding.ts';
import { sizeOnPage } from '../../describe-place.ts';
import { type FoundGroup, joinRegions, type Occurrence } from '../../find-shared-changes.ts';
import { describeShades } from '../../tell-changes.ts';
import { describeNotes } from '../../warnings.ts';
import { type Child, h } from '../dom.ts';
import type { Pictures } from '../pictures.ts';
import type { Review } from '../review.ts';
import { formatRoute } from '../route.ts';
import { type CropDrawing, cardWidths, cropAround, drawCrop } from './crop.ts';
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
    facts: [
      `${formatSize(sizeOnPage(shown))} px`,
      ...describeShades(group.shades),
      `${others.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`,
    ],
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

/** Of the captures whose pictures had room in the page the smallest, which is read and drawn at once; the change is the same. */
function chooseShown(occurrences: FoundGroup['occurrences'], pictures: Pictures): Occurrence {
  const whole = occurrences.filter(({ capture }) => pictures.find(capture.files.actual)?.kind === 'whole');
  return whole.reduce((best, one) => (areaOf(one) < areaOf(best) ? one : best), whole[0] ?? occurrences[0]);
}

function areaOf({ capture }: Occurrence): number {
  const { width, height } = capture.comparison.actualSize;
  return width * height;
}

/** All changes of a capture where they lie near each other, else the largest. In device pixels. */
function choosePlace(own: readonly ChangedRegion[], largest: ChangedRegion, { viewport }: CaptureReport): ChangedRegion {
  const all = joinRegions(largest, own);
  return all.height <= 360 * viewport.scale ? all : largest;
}

function renderPictures(
  capture: ComparedCapture,
  place: ChangedRegion | undefined,
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
  const isStacked = crop.width / viewport.scale > cardWidths.besides;
  const shown = (['baseline', 'actual'] as const).flatMap((kind) => {
    const path = files[kind];
    // Rows that only one of the pictures has lie nowhere in the other.
    const isThere = place?.only === undefined || place.only === kind;
    if (path === undefined || !isThere || pictures.find(path)?.kind !== 'whole') {
      return [];
    }
    const lower = kind === 'baseline' && place?.baselineY !== undefined ? place.baselineY - place.y : 0;
    const canvas = h('canvas', { 'aria-hidden': 'true', width: 1, height: 1 });
    canvas.style.aspectRatio = `${crop.width} / ${crop.height}`;
    canvas.style.maxWidth = `${crop.width / viewport.scale}px`;
    const boxes = place === undefined ? [] : [moveDown(place, lower)];
    lazy.add(canvas, () => drawCrop(canvas, { path, crop: moveDown(crop, lower), boxes, boxKind }, pictures));
    return [h('span', { class: 'crop' }, h('span', { class: 'crop-label' }, labelOf(kind, place)), canvas)];
  });
  const element =
    shown.length === 0
      ? h('span', { class: 'tile-words' }, 'Pictures not in this page')
      : h('span', { class: `crops${isStacked || shown.length === 1 ? ' crops-stacked' : ''}` }, ...shown);
  return { element, isWide: crop.width / viewport.scale > cardWidths.whole };
}

function labelOf(kind: 'baseline' | 'actual', place: ChangedRegion | undefined): string {
  if (kind === 'baseline') {
    return place?.only === undefined ? 'Before' : 'Removed';
  }
  return place?.only === undefined ? 'After' : 'Inserted';
}

function moveDown({ x, y, width, height }: Rect, by: number): Rect {
  return { x, y: y + by, width, height };
}
