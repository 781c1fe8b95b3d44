import { formatPlural } from '../../../basics/format.ts';
import { oneLine } from '../../../basics/text.ts';
import type { CaptureReport, CaptureStatus } from '../../../results/model.ts';
import { statusesByRank, statusWords } from '../../../results/statuses.ts';
import { groupByTarget, type TargetGroup } from '../../order.ts';
import { h } from '../dom.ts';
import { externalLink } from '../links.ts';
import type { Pictures } from '../pictures.ts';
import { LazyTiles } from './lazy-tiles.ts';
import { createTile, type Tile } from './tile.ts';

/** Elements that disappear together with the tiles in them. */
interface Part {
  readonly element: HTMLElement;
  readonly tiles: readonly Tile[];
  readonly count?: HTMLElement;
}

/** All captures: targets with all their viewports together, under the worst status that a target has. */
export class CaptureList {
  readonly element = h('div', { class: 'list' });
  /** In the order in which they are shown. */
  readonly tiles: readonly Tile[];
  readonly #parts: Part[] = [];
  readonly #empty = h('p', { class: 'empty', hidden: true }, 'No capture matches the filter.');

  constructor(captures: readonly CaptureReport[], pictures: Pictures) {
    const lazy = new LazyTiles(pictures);
    const byWorst = Map.groupBy(groupByTarget(captures), worstStatus);
    const sections = statusesByRank.flatMap((status) => {
      const groups = byWorst.get(status);
      return groups === undefined ? [] : [this.#createSection(status, groups, (capture) => createTile(capture, pictures, lazy))];
    });
    this.tiles = sections.flatMap(({ tiles }) => tiles);
    this.element.append(this.#empty, ...sections.map(({ element }) => element));
  }

  /** Shows the captures for which `isShown` holds; the rest is hidden. */
  show(isShown: (capture: CaptureReport) => boolean): void {
    const shown = new Set(this.tiles.filter(({ capture }) => isShown(capture)));
    for (const tile of this.tiles) {
      tile.element.hidden = !shown.has(tile);
    }
    for (const { element, tiles, count } of this.#parts) {
      const left = tiles.filter((tile) => shown.has(tile)).length;
      element.hidden = left === 0;
      if (count !== undefined) {
        count.textContent = formatPlural(targetsOf(tiles, shown), 'target');
      }
    }
    this.#empty.hidden = shown.size > 0;
  }

  #createSection(
    status: CaptureStatus,
    groups: readonly TargetGroup<CaptureReport>[],
    create: (capture: CaptureReport) => Tile,
  ): Part & { readonly tiles: readonly Tile[] } {
    const targets = groups.map(({ name, captures }): Part => {
      const tiles = captures.map(create);
      const part = { element: renderTarget(name, captures[0], tiles), tiles };
      this.#parts.push(part);
      return part;
    });
    const tiles = targets.flatMap((target) => target.tiles);
    const count = h('span', { class: 'count' }, formatPlural(targets.length, 'target'));
    const element = h(
      'section',
      { class: `section section-${status}` },
      h('h2', {}, statusWords[status].label, ' ', count),
      h('div', { class: 'targets' }, ...targets.map((target) => target.element)),
    );
    const part = { element, tiles, count };
    this.#parts.push(part);
    return part;
  }
}

function targetsOf(tiles: readonly Tile[], shown: ReadonlySet<Tile>): number {
  return new Set(tiles.filter((tile) => shown.has(tile)).map(({ capture }) => capture.name)).size;
}

function worstStatus({ captures }: TargetGroup<CaptureReport>): CaptureStatus {
  return captures[0]?.status ?? 'unchanged';
}

function renderTarget(name: string, first: CaptureReport | undefined, tiles: readonly Tile[]): HTMLElement {
  const title = oneLine(name);
  const target = h(
    'section',
    { class: 'target' },
    h(
      'div',
      { class: 'target-head' },
      h('h3', { title }, h('bdi', {}, title)),
      ...(first?.url === undefined ? [] : [externalLink(first.url)]),
    ),
    h('ul', { class: 'tiles' }, ...tiles.map(({ element }) => element)),
  );
  target.style.setProperty('--tiles', String(tiles.length));
  return target;
}
