import { formatCount, formatPlural, formatRatio } from '../../basics/format.ts';
import type { Size } from '../../basics/geometry.ts';
import { oneLine, shorten } from '../../basics/text.ts';
import type { CaptureReport, Comparison, Report } from '../../results/model.ts';
import { describeChange } from '../changes.ts';
import { groupFailures } from '../failures.ts';
import { formatRoute } from '../page/route.ts';
import { describeAlso, type ToldChanges, type ToldGroup, tellChanges } from '../tell-changes.ts';
import { describeCost, describeVerdict } from '../verdict.ts';
import { findWarnings } from '../warnings.ts';
import { type AcceptHintOptions, findAcceptance, renderAcceptHint, renderEverythingBox } from './accept-hint.ts';
import { details, leftOut, linkedImage, table } from './blocks.ts';
import { renderBox } from './boxes.ts';
import { renderCaptures } from './capture-list.ts';
import { code, escapeMarkdown, link } from './escape.ts';
import { type FailureDetail, renderFailures } from './failure-list.ts';
import { renderGroupCaptures, renderGroupHead } from './group-list.ts';
import { renderWarnings, type WarningDetail } from './warning-list.ts';

/** A picture of a change: baseline, capture and diff beside each other. */
export interface CommentPicture {
  /** An http(s) address that the readers of the comment can see. */
  readonly url: string;
  readonly size: Size;
  /** How many of the changed regions can be seen on it. */
  readonly shownRegions: number;
}

export interface CommentOptions extends AcceptHintOptions {
  /** Where the report opens in the browser. */
  readonly reportUrl?: string;
  /** The attempt of the workflow run that the comment tells of. */
  readonly runUrl: string;
  /** Full id of the commit that was checked. */
  readonly commit: string;
  /** Tells the comments of several configs apart; shown when it is not the ordinary one. */
  readonly title?: string;
  /** By the id of the capture or group. */
  readonly pictures: ReadonlyMap<string, CommentPicture>;
  /** Why there are fewer pictures than changes, with the remedy; plain text. */
  readonly pictureNote?: string;
  /** Most characters of the comment. */
  readonly limit: number;
}

/** How much is told. Whatever is left out is counted in its place. */
interface Detail extends FailureDetail, WarningDetail {
  readonly pictures: number;
  /** Changes told in words, those with pictures included. */
  readonly changes: number;
  readonly others: number;
}

/** What gives way first, when there is no room: names of captures that did not change, changes without a picture, pictures, failures. */
const stages: readonly Detail[] = [
  { warnings: 20, failures: 20, capturesPerFailure: 10, pictures: 50, changes: 300, others: 200 },
  { warnings: 20, failures: 20, capturesPerFailure: 10, pictures: 50, changes: 300, others: 0 },
  { warnings: 10, failures: 20, capturesPerFailure: 5, pictures: 50, changes: 100, others: 0 },
  { warnings: 5, failures: 10, capturesPerFailure: 5, pictures: 20, changes: 40, others: 0 },
  { warnings: 3, failures: 10, capturesPerFailure: 3, pictures: 10, changes: 10, others: 0 },
  { warnings: 1, failures: 5, capturesPerFailure: 1, pictures: 3, changes: 3, others: 0 },
  { warnings: 1, failures: 1, capturesPerFailure: 1, pictures: 0, changes: 0, others: 0 },
  { warnings: 0, failures: 0, capturesPerFailure: 0, pictures: 0, changes: 0, others: 0 },
];

/** The comment on a pull request: verdict, failures with their fix, changes with pictures, links. Never longer than `limit`. */
export function renderComment(report: Report, options: CommentOptions): string {
  const told = tellChanges(report);
  for (const stage of stages) {
    const markdown = renderWithDetail(report, told, options, stage);
    if (markdown.length <= options.limit) {
      return markdown;
    }
  }
  return '';
}

function renderWithDetail(report: Report, told: ToldChanges, options: CommentOptions, detail: Detail): string {
  return [
    renderHeadline(report, options),
    renderLinks(options),
    renderFailures(groupFailures(report), detail),
    renderWarnings(findWarnings(report), detail),
    renderChanges(report, told, options, detail),
    ...(['added', 'removed'] as const).map((status) => renderCaptures(report, status, detail.others)),
    renderEverythingBox(report, options),
    renderAcceptHint(report, told, { ...options, boxes: true }),
    `<sub>${escapeMarkdown(shorten(`${describeCost(report)}; compared with ${report.run.baseline}`, 300))}</sub>`,
  ]
    .filter((part) => part !== undefined)
    .join('\n\n')
    .concat('\n');
}

function renderHeadline(report: Report, { title }: CommentOptions): string {
  const { symbol, headline, explanation, comparedWith } = describeVerdict(report);
  const name = title === undefined ? '' : ` (${escapeMarkdown(shorten(oneLine(title), 100))})`;
  return [
    `### ${symbol} Visual Capture${name}: ${escapeMarkdown(headline)}`,
    ...[explanation, comparedWith].flatMap((text) => (text === undefined ? [] : [escapeMarkdown(text)])),
  ].join('\n\n');
}

function renderLinks({ reportUrl, artifactUrl, runUrl, commit }: CommentOptions): string {
  return [
    ...(reportUrl === undefined ? [] : [`**${link('Open the report', reportUrl)}**`]),
    ...(artifactUrl === undefined ? [] : [link('All files', artifactUrl)]),
    link('Workflow run', runUrl),
    ...(/^[0-9a-f]{40,64}$/.test(commit) ? [commit] : []),
  ].join(' · ');
}

function renderChanges(
  report: Report,
  { groups, left: changed }: ToldChanges,
  options: CommentOptions,
  detail: Detail,
): string | undefined {
  if (groups.length + changed.length === 0) {
    return undefined;
  }
  const toldGroups = groups.slice(0, detail.changes);
  const told = changed.slice(0, detail.changes - toldGroups.length);
  const picturedGroups = toldGroups.filter(({ id }) => options.pictures.has(id)).slice(0, detail.pictures);
  const pictured = told.filter(({ id }) => options.pictures.has(id)).slice(0, detail.pictures - picturedGroups.length);
  const rest = told.filter((capture) => !pictured.includes(capture));
  const shared = [
    ...toldGroups.flatMap((group) => renderGroup(group, report, options, detail)),
    ...leftOut(groups.length - toldGroups.length, toldGroups.length === 0 ? 'group' : 'more group'),
  ];
  const blocks = [
    ...pictured.map((capture) => renderPictured(capture, options, groups)),
    ...renderRest(rest, groups, pictured.length + picturedGroups.length > 0),
    ...leftOut(changed.length - told.length, told.length === 0 ? 'change' : 'more change'),
  ];
  const isTicked = hasBoxes(report, options) && toldGroups.length > 0;
  const legend = [
    ...(pictured.length + picturedGroups.length > 0 ? ['Each picture shows baseline, capture and difference.'] : []),
    ...(isTicked ? ['A ticked box accepts the captures whose every change is in ticked groups.'] : []),
  ];
  const note = options.pictureNote === undefined ? [] : [escapeMarkdown(shorten(options.pictureNote, 500))];
  const heading = groups.length > 0 ? 'What changed, on most captures first' : 'What changed, largest first';
  return [
    `### ${heading}`,
    ...[...legend, ...note].map((line) => `<sub>${line}</sub>`),
    ...shared,
    ...(groups.length > 0 && changed.length > 0 ? ['### What else changed, largest first'] : []),
    ...blocks,
  ].join('\n\n');
}

/** A line of words above one picture, which opens the report at the group; then the captures by name. */
function renderGroup(group: ToldGroup, report: Report, options: CommentOptions, detail: Detail): string[] {
  const { pictures, reportUrl } = options;
  const picture = detail.pictures > 0 ? pictures.get(group.id) : undefined;
  const isBox = hasBoxes(report, options);
  const words = renderGroupHead(group, report);
  const head = isBox ? renderBox(group.id, words) : words;
  const target = picture && (reportUrl === undefined ? picture.url : `${reportUrl}${formatRoute({ group: group.id })}`);
  const image =
    picture === undefined || target === undefined
      ? ''
      : `<br>\n${isBox ? '  ' : ''}${linkedImage(picture.url, picture.size, `${group.id}: baseline, capture and difference`, target)}`;
  return [`${head}${image}`, ...renderGroupCaptures(group, detail.others)];
}

/** Whether each group can be accepted by a tick. */
function hasBoxes(report: Report, options: CommentOptions): boolean {
  return findAcceptance(report, options)?.groups === true;
}

/** A line of words above its picture, which opens the report at this capture. */
function renderPictured(capture: CaptureReport, { pictures, reportUrl }: CommentOptions, groups: readonly ToldGroup[]): string {
  const picture = pictures.get(capture.id);
  const { comparison } = capture;
  const words = [
    ...(comparison === undefined ? [] : describeDifference(comparison, picture?.shownRegions)),
    ...[...describeAlso(capture, groups), ...describeChange(capture)].map(escapeMarkdown),
  ];
  const head = `**${code(capture.name)}** ${code(capture.viewport.name)}${words.map((word) => ` · ${word}`).join('')}`;
  if (picture === undefined) {
    return head;
  }
  const alt = `${shorten(capture.name, 150)} at ${capture.viewport.name}: baseline, capture and difference`;
  const target = reportUrl === undefined ? picture.url : `${reportUrl}${formatRoute({ id: capture.id })}`;
  return `${head}<br>\n${linkedImage(picture.url, picture.size, alt, target)}`;
}

function describeDifference({ diffPixels, diffRatio, regions }: Comparison, shownRegions: number | undefined): string[] {
  const partly = shownRegions !== undefined && shownRegions < regions.length;
  const shown = partly ? `, ${shownRegions === 0 ? 'the largest in part' : `${formatCount(shownRegions)} shown`}` : '';
  return [formatRatio(diffRatio), `${formatPlural(diffPixels, 'pixel')} in ${formatPlural(regions.length, 'region')}${shown}`];
}

/** Changes without a picture: in the open when there is nothing else, else folded away. */
function renderRest(captures: readonly CaptureReport[], groups: readonly ToldGroup[], folded: boolean): string[] {
  if (captures.length === 0) {
    return [];
  }
  const rows = captures.map((capture) => [
    code(capture.name),
    code(capture.viewport.name),
    capture.comparison === undefined ? '' : formatRatio(capture.comparison.diffRatio),
    capture.comparison === undefined ? '' : formatCount(capture.comparison.diffPixels),
    escapeMarkdown([...describeAlso(capture, groups), ...describeChange(capture)].join('; ')),
  ]);
  const list = table(['Target', 'Viewport', 'Differs', 'Pixels', 'Notes'], [':--', ':--', '--:', '--:', ':--'], rows);
  return [folded ? details(`${formatPlural(captures.length, 'more change')}`, [list]) : list];
}
