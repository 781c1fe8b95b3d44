import { formatCount, formatDuration, formatPlural, formatRatio, formatSize } from '../../../basics/format.ts';
import { sameSize, unionOf } from '../../../basics/geometry.ts';
import { oneLine } from '../../../basics/text.ts';
import type { CaptureReport, Finding } from '../../../results/model.ts';
import { acceptedPicture } from '../../accepted-notes.ts';
import { describePageErrors } from '../../describe-page.ts';
import { explainCapture } from '../../warnings.ts';
import { h } from '../dom.ts';
import { externalLink } from '../links.ts';

/** What is known of a capture: in sentences where there is something to explain, the figures of a change, and the rest on request. */
export function renderFacts(capture: CaptureReport, timeline: HTMLElement | undefined, isOpen: boolean): HTMLElement {
  const explanations = explainCapture(capture).map((sentence) => h('p', { class: 'explanation' }, oneLine(sentence)));
  const compared = comparisonFacts(capture);
  const more = h(
    'details',
    { class: 'figures', open: isOpen },
    h('summary', {}, compared.length === 0 ? 'About this capture' : renderList(compared)),
    h(
      'div',
      { class: 'more-details' },
      h('div', { class: 'known' }, renderList(captureFacts(capture)), ...renderPageErrors(capture)),
      timeline,
    ),
  );
  return h('div', { class: 'known' }, ...explanations, more);
}

function renderList(facts: readonly Fact[]): HTMLElement {
  return h('dl', { class: 'facts' }, ...facts.map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, value))));
}

/** What the page complained of, folded away: it matters to who looks for a reason. */
function renderPageErrors(capture: CaptureReport): HTMLElement[] {
  const lines = describePageErrors(capture);
  return lines.length === 0
    ? []
    : [
        h(
          'details',
          { class: 'page-errors' },
          h('summary', {}, `The page reported ${formatPlural(lines.length, 'error')}`),
          h('ul', {}, ...lines.map((line) => h('li', {}, oneLine(line)))),
        ),
      ];
}

type Fact = readonly [term: string, value: Node | string];

function comparisonFacts({ comparison, size }: CaptureReport): Fact[] {
  if (comparison === undefined) {
    return size === undefined ? [] : [['Size', `${formatSize(size)} px`]];
  }
  const { diffPixels, diffRatio, maskedPixels, regions, baselineSize, actualSize, findings = [] } = comparison;
  const union = unionOf(baselineSize, actualSize);
  return [
    ['Differs', `${formatRatio(diffRatio)} (${formatCount(diffPixels)} px)`],
    ['Regions', formatCount(regions.length)],
    [
      'Size',
      sameSize(comparison.baselineSize, comparison.actualSize)
        ? `${formatSize(actualSize)} px`
        : `${formatSize(actualSize)} px, was ${formatSize(baselineSize)}`,
    ],
    ...shadeFacts(findings),
    ...(maskedPixels > 0
      ? [['Masked', `${formatRatio(maskedPixels / (union.width * union.height))} (${formatCount(maskedPixels)} px)`] as const]
      : []),
  ];
}

/** Most pairs of colours that are shown. */
const shownColours = 4;

/** The colours beside each other, since they are told apart by nothing else. */
function shadeFacts(findings: readonly Finding[]): Fact[] {
  const shades = findings.flatMap((finding) => (finding.kind === 'shade' ? finding.shades : []));
  const pairs = [...Map.groupBy(shades, ({ from, to }) => `${from} ${to}`).values()].flatMap((group) => group.slice(0, 1));
  return pairs.slice(0, shownColours).map(({ from, to }) => ['Shade', h('span', {}, swatch(from, to), `${from} → ${to}`)]);
}

/** Two colours side by side, with nothing in between. */
function swatch(from: string, to: string): HTMLElement {
  const element = h('span', { class: 'swatch', 'aria-hidden': 'true' });
  element.style.background = `linear-gradient(90deg, ${from} 50%, ${to} 50%)`;
  return element;
}

function captureFacts({
  viewport,
  url,
  baselineUrl,
  source,
  attempts,
  durationMs,
  accepted,
  baselineUpdated,
}: CaptureReport): Fact[] {
  const { width, height, scale } = viewport;
  return [
    ['Viewport', `${width}×${height}${scale === 1 ? '' : ` at ${scale}×`}`],
    ...(attempts > 0 ? [['Took', `${formatDuration(durationMs)}, ${formatPlural(attempts, 'attempt')}`] as const] : []),
    ...(url === undefined ? [] : [['URL', externalLink(url)] as const]),
    ...(baselineUrl === undefined ? [] : [['Compared with', externalLink(baselineUrl)] as const]),
    ...(accepted === true ? [['Compared with', acceptedPicture] as const] : []),
    ...(source === undefined ? [] : [['Named in', `${oneLine(source.file)}:${source.line}`] as const]),
    ...(baselineUpdated === true ? [['Baseline', 'this picture was taken as the new one'] as const] : []),
  ];
}
