import { formatCount, formatPlural } from '../../../basics/format.ts';
import type { CaptureReport, CaptureStatus, ComparedCapture } from '../../../results/model.ts';
import { isShadeWarning } from '../../../results/shade-finding.ts';
import { statusWords } from '../../../results/statuses.ts';
import type { FoundAlike, FoundGroup } from '../../find-shared-changes.ts';
import { compareBySeverity } from '../../order.ts';
import { h } from '../dom.ts';
import type { Pictures } from '../pictures.ts';
import type { Review } from '../review.ts';
import { createCaptureCard, createGroupCard } from './card.ts';
import type { Entry } from './entry.ts';
import { LazyCanvases } from './lazy-canvases.ts';
import { createTile } from './tile.ts';

/** Elements that disappear together with the entries in them. */
interface Part {
  readonly element: HTMLElement;
  readonly entries: readonly Entry[];
  readonly count?: HTMLElement;
}

/** Tiles of these, in this order, behind the changes; what is equal comes last and is folded away. */
const tiledStatuses: readonly CaptureStatus[] = ['added', 'removed', 'failed', 'skipped', 'captured'];

/** All that there is to see: changes by their reach, then what is left over, then everything else. */
export class EntryList {
  readonly element = h('div', { class: 'list' });
  /** In the order in which they are shown. */
  readonly entries: readonly Entry[];
  readonly #parts: Part[] = [];
  readonly #empty = h('p', { class: 'empty', hidden: true }, 'No capture matches the filter.');
  readonly #review: Review;
  readonly #pictures: Pictures;
  readonly #lazy = new LazyCanvases();

  constructor(captures: readonly CaptureReport[], pictures: Pictures, review: Review) {
    this.#review = review;
    this.#pictures = pictures;
    const sorted = captures.toSorted(compareBySeverity);
    const isChanged = (capture: CaptureReport): capture is ComparedCapture => capture.status === 'changed';
    const changed = sorted.filter(isChanged);
    const shades = sorted.filter(
      (capture): capture is ComparedCapture => capture.status === 'unchanged' && isShadeWarning(capture),
    );
    const known = new Set<CaptureReport>(shades);
    const sections = [
      this.#createChanges(changed.filter((capture) => !review.isToldByGroups(capture))),
      this.#createCards(
        'A shade changed',
        shades.map((capture) => this.#captureCard(capture)),
      ),
      ...tiledStatuses.map((status) =>
        this.#createTiles(
          statusWords[status].label,
          sorted.filter((capture) => capture.status === status),
          false,
        ),
      ),
      this.#createTiles(
        'Shown by the changes above',
        changed.filter((capture) => review.isToldByGroups(capture)),
        true,
      ),
      this.#createTiles(
        statusWords.unchanged.label,
        sorted.filter((capture) => capture.status === 'unchanged' && !known.has(capture)),
        true,
      ),
    ];
    this.#parts.push(...sections);
    this.entries = sections.flatMap(({ entries }) => entries);
    this.element.append(this.#empty, ...sections.map(({ element }) => element));
    this.show(() => true);
  }

  /** Shows what stands for captures for which `isShown` holds; the rest is hidden. */
  show(isShown: (capture: CaptureReport) => boolean): void {
    const shown = new Set(this.entries.filter(({ captures }) => captures.some(isShown)));
    for (const entry of this.entries) {
      entry.element.hidden = !shown.has(entry);
    }
    for (const { element, entries, count } of this.#parts) {
      const left = entries.filter((entry) => shown.has(entry)).length;
      element.hidden = left === 0;
      if (count !== undefined) {
        count.textContent = formatCount(left);
      }
    }
    this.#empty.hidden = shown.size > 0;
  }

  /** What somebody looks for is not folded away. */
  unfold(isOpen: boolean): void {
    for (const folded of this.element.querySelectorAll('details.folded')) {
      folded.toggleAttribute('open', isOpen);
    }
  }

  /** Opens what an entry is folded away in. */
  reveal(entry: Entry): void {
    entry.element.closest('details')?.setAttribute('open', '');
  }

  #groupCard(group: FoundGroup): Entry {
    return createGroupCard(group, { review: this.#review, pictures: this.#pictures, lazy: this.#lazy });
  }

  #captureCard(capture: ComparedCapture): Entry {
    return createCaptureCard(capture, { review: this.#review, pictures: this.#pictures, lazy: this.#lazy });
  }

  /** Groups and changes that are alike by their reach, then captures with changes of their own, the largest first. */
  #createChanges(leftOver: readonly ComparedCapture[]): Part {
    const { groups, alike } = this.#review.shared;
    const inAlike = new Set(alike.flatMap((one) => one.groups));
    const placed = new Set<ComparedCapture>();
    const blocks = [
      ...groups
        .filter((group) => !inAlike.has(group))
        .map((group) => ({ reach: group.occurrences.length, create: () => this.#createLoose([this.#groupCard(group)]) })),
      ...alike.map((one) => {
        const own = leftOver.filter((capture) => !placed.has(capture) && this.#isWhollyIn(capture, one));
        for (const capture of own) {
          placed.add(capture);
        }
        return { reach: one.occurrences.length, create: () => this.#createAlike(one, own) };
      }),
    ].toSorted((a, b) => b.reach - a.reach);
    const rest = leftOver.filter((capture) => !placed.has(capture)).map((capture) => this.#captureCard(capture));
    const parts = [...blocks.map(({ create }) => create()), this.#createLoose(rest)];
    const entries = parts.flatMap((part) => part.entries);
    return this.#createSection('Changes', entries, joinLists(parts.map(({ element }) => element)));
  }

  /** Whether all that a capture has of its own is among changes that are alike. */
  #isWhollyIn(capture: ComparedCapture, { occurrences }: FoundAlike): boolean {
    const within = new Set(occurrences.find((occurrence) => occurrence.capture === capture)?.regions);
    return (
      within.size > 0 &&
      capture.comparison.regions.every((_, index) => within.has(index) || this.#review.groupsAt(capture, index).length > 0)
    );
  }

  #createLoose(entries: readonly Entry[]): Part {
    return { element: h('ul', { class: 'cards' }, ...entries.map(({ element }) => element)), entries };
  }

  #createAlike({ groups, occurrences }: FoundAlike, own: readonly ComparedCapture[]): Part {
    const entries = [...groups.map((group) => this.#groupCard(group)), ...own.map((capture) => this.#captureCard(capture))];
    const loose = this.#createLoose(entries);
    // The others of its kind stand elsewhere, since their captures have more to decide on.
    if (entries.length < 2) {
      return loose;
    }
    const part = {
      element: h(
        'section',
        { class: 'alike' },
        h('h3', {}, 'Changes that look alike', h('span', { class: 'reach' }, formatPlural(occurrences.length, 'capture'))),
        h(
          'p',
          { class: 'alike-words' },
          'They look like one change, but their pixels are not the same: each is reviewed and accepted by itself.',
        ),
        loose.element,
      ),
      entries,
    };
    this.#parts.push(part);
    return part;
  }

  #createCards(title: string, entries: readonly Entry[]): Part {
    return this.#createSection(title, entries, [this.#createLoose(entries).element]);
  }

  #createTiles(title: string, captures: readonly CaptureReport[], isFolded: boolean): Part {
    const entries = captures.map((capture) => createTile(capture, this.#pictures, this.#lazy));
    const content = h('ul', { class: 'tiles' }, ...entries.map(({ element }) => element));
    if (!isFolded) {
      return this.#createSection(title, entries, [content]);
    }
    const count = h('span', { class: 'count' });
    const summary = h('summary', {}, h('h2', {}, title, ' ', count));
    return { element: h('details', { class: 'section folded' }, summary, content), entries, count };
  }

  #createSection(title: string, entries: readonly Entry[], content: readonly HTMLElement[]): Part {
    const count = h('span', { class: 'count' });
    return { element: h('section', { class: 'section' }, h('h2', {}, title, ' ', count), ...content), entries, count };
  }
}

/** Cards that follow each other stand in one list, so that they fill its rows. */
function joinLists(elements: readonly HTMLElement[]): HTMLElement[] {
  const joined: HTMLElement[] = [];
  for (const element of elements) {
    const last = joined.at(-1);
    if (last?.matches('ul') === true && element.matches('ul')) {
      last.append(...element.children);
    } else {
      joined.push(element);
    }
  }
  return joined.filter((element) => element.childElementCount > 0);
}
