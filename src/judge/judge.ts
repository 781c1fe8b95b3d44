import { displayUrl } from '../address/display-url.ts';
import type { Baseline, BaselineSource } from '../baseline/source.ts';
import type { BaselineUpdate } from '../baseline/update.ts';
import { defined } from '../basics/record.ts';
import type { CapturedImage, CaptureOutcome } from '../capture/outcome.ts';
import type { CompareResult, Comparer } from '../compare/comparer.ts';
import { compareEnvironments } from '../environment/compare.ts';
import type { Failure } from '../errors/failure.ts';
import { hashingFolder } from '../output/hashing-folder.ts';
import type { Capture } from '../plan/capture.ts';
import { fixPageProblem } from '../results/fix-page-problem.ts';
import type {
  CaptureEnvironment,
  CaptureFields,
  ComparedCapture,
  EnvironmentChange,
  FailedCapture,
  NoisePlace,
  PageProblem,
  UncomparedCapture,
} from '../results/model.ts';
import { picturePath, takePath } from '../results/output-paths.ts';
import { shadeFindingOf } from '../results/shade-finding.ts';
import type { Folder } from '../system/ports.ts';
import { openAcceptedPictures } from './accepted-pictures.ts';
import { compareTakes, differs, type TakenAgain, type TakePorts, takeForBaseline } from './compare-takes.ts';
import { type BrowserComparison, compareUnderEarlier, type EarlierBrowsers } from './earlier-browser.ts';
import { explainDifference } from './explain.ts';
import { joinTakes } from './join-takes.ts';
import type { JudgedCapture } from './judged.ts';
import { knowsMore, maskedNow, masksOf } from './masks.ts';
import { findAccepted } from './match-accepted.ts';
import { findPageProblem, type PageProblemPorts, tellPage } from './page-problem.ts';
import { readBaseline } from './read-baseline.ts';

export interface JudgePorts extends TakePorts, PageProblemPorts {
  readonly output: Folder;
  readonly comparer: Comparer;
  readonly baselines: BaselineSource | undefined;
  readonly update: BaselineUpdate;
  /** The browsers that baselines were taken with, for an update of what the browser alone has changed. */
  readonly earlier?: EarlierBrowsers;
  /** How a capture of this run is taken; absent for pictures that were there already. */
  readonly environmentOf?: (capture: Capture) => CaptureEnvironment;
  /** Pictures are kept and not looked at, for this reason. Absent: they are judged. */
  readonly cutOff?: Failure;
}

/** What is known once the picture was looked at: the fields of the report that depend on it, and a failure to explain. */
type CaptureVerdict = SoundVerdict | FailedVerdict;

type SoundVerdict = VerdictFields & {
  readonly failure?: undefined;
  readonly failedUrl?: undefined;
  readonly failedBaseline?: undefined;
} & (Pick<ComparedCapture, 'status' | 'comparison' | 'variant'> | Pick<UncomparedCapture, 'status'>);

interface FailedVerdict extends VerdictFields, Pick<FailedCapture, 'status'> {
  readonly failure: Failure;
  /** The page that it is about, where that is not the capture's own. */
  readonly failedUrl?: string;
  /** The baseline that it is about, where that is not the first of the capture. */
  readonly failedBaseline?: string;
}

interface VerdictFields
  extends Pick<CaptureFields, 'files' | 'environmentChanges' | 'pageProblem' | 'accepted' | 'baselineUpdated'>,
    Partial<Pick<CaptureFields, 'size' | 'masks' | 'baselineMasks' | 'unstable' | 'unstableRegions' | 'baselineNoise'>> {
  /** Further takes that it needed. */
  readonly again?: readonly CaptureOutcome[];
}

/**
 * Keeps the picture of a capture, compares it with its baseline and writes what belongs to the verdict.
 * @throws UserError when the output or the baselines cannot be written.
 */
export async function judgeCapture(capture: Capture, outcome: CaptureOutcome, ports: JudgePorts): Promise<JudgedCapture> {
  const output = hashingFolder(ports.output);
  const verdict: CaptureVerdict =
    outcome.status === 'captured'
      ? await judgeImage(capture, outcome.image, { ...ports, output })
      : { status: outcome.status, files: await keepFailed(capture, outcome.failure, output), failure: outcome.failure };
  const { page, settings, source } = capture;
  const counterpart = ports.baselines?.counterparts?.of(capture);
  const fields = {
    id: capture.id,
    name: capture.name,
    viewport: capture.viewport,
    ...(page.kind === 'url' ? { url: displayUrl(page.url) } : {}),
    ...(counterpart?.page.kind === 'url' ? { baselineUrl: displayUrl(counterpart.page.url) } : {}),
    ...defined({ source }),
    unstable: false,
    ...joinTakes([outcome, ...(verdict.again ?? [])]),
    ...(outcome.status === 'captured'
      ? {
          size: outcome.image.size,
          ...tellPage(capture, outcome.image.page),
          ...defined({ masks: masksOf(capture, outcome.image.page) }),
          sha256: output.hashesOf(verdict.files),
          ...defined({ environment: ports.environmentOf?.(capture) }),
        }
      : outcome.failure.picture === undefined
        ? {}
        : { size: outcome.failure.picture.size, sha256: output.hashesOf(verdict.files) }),
  };
  const about = {
    ...(page.kind === 'url' ? { url: displayUrl(verdict.failedUrl ?? page.url) } : {}),
    ...defined({
      selector: settings.selector,
      waitUntil: settings.waitUntil,
      place: source === undefined ? undefined : `${source.file}:${source.line}`,
      baselinePath: verdict.failedBaseline ?? ports.baselines?.nameOf(capture.id),
    }),
    attempts: outcome.attempts,
  };
  if (verdict.failure === undefined) {
    const { again: _, ...told } = verdict;
    return { capture: { ...fields, ...told }, about };
  }
  const { again: _, failure, failedUrl: __, failedBaseline: ____, ...told } = verdict;
  // Its picture lies on the disk by now.
  const { picture: ___, ...words } = failure;
  return { capture: { ...fields, ...told }, failure: words, about };
}

/** Keeps what the page showed when it failed. It is compared with nothing. */
async function keepFailed({ id }: Capture, { picture }: Failure, output: Folder): Promise<CaptureFields['files']> {
  if (picture === undefined) {
    return {};
  }
  const actual = picturePath('actual', id, picture.format);
  await output.write(actual, picture.bytes);
  return { actual };
}

async function judgeImage(capture: Capture, image: CapturedImage, ports: JudgePorts): Promise<CaptureVerdict> {
  const { output } = ports;
  const actual = picturePath('actual', capture.id, image.format);
  await output.write(actual, image.bytes);
  if (ports.cutOff !== undefined) {
    return { status: 'failed', files: { actual }, failure: ports.cutOff };
  }
  const detail = describeWrongFormat(capture, image);
  if (detail !== undefined) {
    return { status: 'failed', files: { actual }, failure: { code: 'unexpected_response', detail } };
  }
  const pageProblem = await findPageProblem(capture, image, ports);
  if (pageProblem === undefined) {
    return judgeUnlessAccepted(capture, actual, image, ports);
  }
  if (capture.pageCheck?.mode === 'fail') {
    return { status: 'failed', files: { actual }, failure: pageFailure(capture, pageProblem) };
  }
  // Compared all the same, but never taken as a baseline.
  return { ...(await judgePicture(capture, actual, image, { ...ports, update: { kind: 'none' } })), pageProblem };
}

/** Why a capture fails whose page is not the one that is meant. */
export function pageFailure({ page, source }: Capture, problem: PageProblem): Failure {
  const about = {
    ...(page.kind === 'url' ? { url: displayUrl(page.url) } : {}),
    ...(source === undefined ? {} : { place: `${source.file}:${source.line}` }),
  };
  return { code: 'page_error', detail: problem.message, fix: fixPageProblem(problem, about, 'off or warn') };
}

/** A picture that is to be compared must be a PNG. */
function describeWrongFormat({ settings }: Capture, { format }: CapturedImage): string | undefined {
  return settings.format === 'png' && format === 'jpeg' ? 'asked for a PNG, got a JPEG' : undefined;
}

/** What was accepted on a pull request is no difference any more, nor a shade to be told. A run that writes baselines judges by them alone. */
async function judgeUnlessAccepted(
  capture: Capture,
  actual: string,
  image: CapturedImage,
  ports: JudgePorts,
): Promise<CaptureVerdict> {
  const verdict = await judgePicture(capture, actual, image, ports);
  const differs = verdict.status === 'changed' || verdict.status === 'added' || hasShade(verdict);
  const accepted = differs && ports.update.kind === 'none' ? await findAccepted(capture, verdict, ports) : undefined;
  return accepted === undefined
    ? verdict
    : { ...accepted, ...defined({ size: verdict.size, masks: verdict.masks, again: verdict.again }) };
}

function hasShade(verdict: CaptureVerdict): boolean {
  return 'comparison' in verdict && shadeFindingOf(verdict) !== undefined;
}

async function judgePicture(capture: Capture, actual: string, image: CapturedImage, ports: JudgePorts): Promise<CaptureVerdict> {
  const { baselines } = ports;
  const comparable = baselines?.counterparts === undefined || baselines.counterparts.of(capture) !== undefined;
  if (capture.settings.format === 'jpeg' || image.format === 'jpeg' || baselines === undefined || !comparable) {
    return { status: 'captured', files: { actual } };
  }
  const baseline = await readBaseline(capture, baselines, ports);
  if (baseline.kind === 'uncaptured') {
    return { status: 'failed', files: { actual }, failure: baseline.failure, failedUrl: baseline.url };
  }
  if (baseline.kind === 'unreadable') {
    return replaceUnreadable(capture, actual, image, baseline.failure, ports);
  }
  if (baseline.kind === 'none') {
    return takesNew(ports.update) ? addBaseline(capture, actual, image, ports) : { status: 'added', files: { actual } };
  }
  const verdict = await compareWithBaseline(capture, actual, image, baseline.baseline, ports, baselines);
  return { ...defined({ pageProblem: baseline.pageProblem }), ...verdict };
}

/** Whether a page without a baseline gets one. */
function takesNew({ kind }: BaselineUpdate): boolean {
  return kind === 'all' || kind === 'missing';
}

async function compareWithBaseline(
  capture: Capture,
  actual: string,
  first: CapturedImage,
  baselineBefore: Baseline,
  ports: JudgePorts,
  baselines: BaselineSource,
): Promise<CaptureVerdict> {
  const { output } = ports;
  // One that is captured in this run knows its masks as a capture does.
  const masksNow = ({ masks, page }: Baseline) => maskedNow(capture, masks) ?? masksOf(capture, page);
  const accepted = await openAcceptedPictures(capture.id, baselineBefore, baselines, (baseline) => ({
    ...baseline,
    ...defined({ masks: masksNow(baseline) }),
  }));
  const compared = await compareTakes(capture, accepted, first, ports, ports.update.kind === 'all');
  const { result, image, again, unstable } = compared;
  const { number, png: baselineBytes, environment: baselineEnvironment, noise: baselineNoise } = compared.baseline;
  const baselineMasks = masksNow(compared.baseline);
  if (image !== first) {
    await output.write(actual, image.bytes);
  }
  if (result.kind === 'unreadable') {
    const name = baselines.nameOf(capture.id, number);
    return judgeUnreadable(capture, actual, image, result, name, ports);
  }
  const baseline = picturePath('baseline', capture.id);
  await output.write(baseline, baselineBytes);
  const environmentChanges = findEnvironmentChanges(baselineEnvironment, ports.environmentOf?.(capture));
  const differing = differs(result);
  const pageProblem = image === first ? undefined : await findPageProblem(capture, image, ports);
  const browsers = { baseline: baselineEnvironment?.browser, now: ports.environmentOf?.(capture).browser };
  const underEarlier =
    ports.update.kind === 'browser' && differing && pageProblem === undefined
      ? await compareUnderEarlier(capture, accepted, browsers, { ...ports, earlier: ports.earlier })
      : undefined;
  const explained = await explainDifference(
    capture,
    baselineBytes,
    { ...compared, result, findings: [...compared.findings, ...(underEarlier === undefined ? [] : [underEarlier.finding])] },
    ports,
  );
  const actualMasks = masksOf(capture, image.page);
  // Where a part lies that is masked since, the baseline must know before it moves.
  const outdated = differing || environmentChanges.length > 0 || knowsMore(actualMasks, baselineMasks);
  // The same picture, taken in another environment, moves where it moved before.
  const more = await takeMore(capture, image, underEarlier, ports);
  const noise = differing ? [...unstable, ...more.unstable] : [...(baselineNoise ?? []), ...unstable];
  // A picture that equals none of the accepted ones is of another page than all of them.
  const equalled = result.status === 'unchanged' ? number : underEarlier?.number;
  const ofSeveral = accepted.count > 1 ? equalled : undefined;
  const renewal = { noise, ofSeveral, outdated, allowed: mayRenew(ports.update, differing, underEarlier) };
  const updated = await renewBaseline(capture, image, renewal, pageProblem, ports);
  const takes = await describeTakes(capture, compared, output);
  return {
    status: result.status,
    ...explained,
    ...takes,
    files: { actual, baseline, ...explained.files, ...takes.files },
    size: image.size,
    again: [...again, ...more.again],
    ...defined({ masks: actualMasks, baselineMasks, baselineNoise, pageProblem }),
    ...describeVariant(number, accepted.count),
    ...(environmentChanges.length === 0 ? {} : { environmentChanges }),
    ...(updated ? { baselineUpdated: true } : {}),
  };
}

/** Further takes of a picture that the browser alone has changed, for the noise map that comes with a baseline. */
async function takeMore(
  capture: Capture,
  image: CapturedImage,
  underEarlier: BrowserComparison | undefined,
  ports: JudgePorts,
): Promise<Pick<TakenAgain, 'again' | 'unstable'>> {
  return underEarlier?.finding.kind === 'only-browser' ? takeForBaseline(capture, image, ports) : { again: [], unstable: [] };
}

/** Whether the run takes the picture in place of the baseline. */
function mayRenew({ kind }: BaselineUpdate, differing: boolean, underEarlier: BrowserComparison | undefined): boolean {
  return kind === 'all' || (kind === 'browser' && (!differing || underEarlier?.finding.kind === 'only-browser'));
}

/** Which of several accepted pictures it was compared with. */
function describeVariant(number: number, count: number): Pick<ComparedCapture, 'variant'> {
  return count > 1 ? { variant: { number, count } } : {};
}

function findEnvironmentChanges(
  before: CaptureEnvironment | undefined,
  now: CaptureEnvironment | undefined,
): EnvironmentChange[] {
  return before === undefined || now === undefined ? [] : compareEnvironments(before, now);
}

/** Makes a page without a baseline to compare with have one, taken as often as that asks for. */
async function addBaseline(capture: Capture, actual: string, first: CapturedImage, ports: JudgePorts): Promise<CaptureVerdict> {
  const taken = await takeForBaseline(capture, first, ports);
  const { image, again, unstable } = taken;
  if (image !== first) {
    await ports.output.write(actual, image.bytes);
  }
  const takes = await describeTakes(capture, taken, ports.output);
  const told = {
    ...takes,
    files: { actual, ...takes.files },
    size: image.size,
    ...defined({ masks: masksOf(capture, image.page) }),
    again,
  };
  // The first take was looked at before.
  const pageProblem = image === first ? undefined : await findPageProblem(capture, image, ports);
  if (pageProblem === undefined) {
    await takeAsBaseline(capture, image, unstable, ports);
    return { ...told, status: 'added', baselineUpdated: true };
  }
  return capture.pageCheck?.mode === 'fail'
    ? { ...told, status: 'failed', failure: pageFailure(capture, pageProblem) }
    : { ...told, status: 'added', pageProblem };
}

/** Keeps the takes that differ from each other. */
async function describeTakes(
  { id }: Capture,
  { different, unstable }: Pick<TakenAgain, 'different' | 'unstable'>,
  output: Folder,
): Promise<Pick<CaptureFields, 'files'> & Partial<Pick<CaptureFields, 'unstable' | 'unstableRegions'>>> {
  const takes: string[] = [];
  for (const { bytes } of different) {
    const path = takePath(id, takes.length + 1);
    await output.write(path, bytes);
    takes.push(path);
  }
  return {
    files: takes.length === 0 ? {} : { takes },
    ...(unstable.length === 0 ? {} : { unstable: true, unstableRegions: unstable }),
  };
}

/**
 * Takes the picture as the baseline where the run writes them and the baseline is not up to date; else tells which of several
 * was seen. Returns whether it was taken.
 */
async function renewBaseline(
  capture: Capture,
  image: CapturedImage,
  renewal: {
    readonly noise: readonly NoisePlace[];
    readonly ofSeveral: number | undefined;
    readonly outdated: boolean;
    readonly allowed: boolean;
  },
  pageProblem: PageProblem | undefined,
  ports: JudgePorts,
): Promise<boolean> {
  const { update } = ports;
  const { noise, ofSeveral, outdated, allowed } = renewal;
  if (update.kind === 'none' || !allowed || pageProblem !== undefined) {
    return false;
  }
  if (outdated) {
    await takeAsBaseline(capture, image, noise, ports, ofSeveral);
  } else if (ofSeveral !== undefined) {
    await update.writer?.see(capture.id, ofSeveral);
  }
  return outdated;
}

/** Makes the picture of a capture its baseline; with a number, that one among its accepted pictures. */
async function takeAsBaseline(
  capture: Capture,
  image: CapturedImage,
  noise: readonly NoisePlace[],
  { update, environmentOf }: JudgePorts,
  number?: number,
): Promise<void> {
  const writer = update.kind === 'none' ? undefined : update.writer;
  const baseline = {
    png: image.bytes,
    noise,
    ...defined({
      environment: environmentOf?.(capture),
      masks: masksOf(capture, image.page),
      durationMs: image.requestMs,
    }),
  };
  await writer?.write(capture.id, baseline, number);
}

/** What becomes of a capture when it or its baseline, called `name`, cannot be compared. */
async function judgeUnreadable(
  capture: Capture,
  actual: string,
  image: CapturedImage,
  { which, reason }: Extract<CompareResult, { kind: 'unreadable' }>,
  name: string,
  ports: JudgePorts,
): Promise<CaptureVerdict> {
  if (which === 'actual') {
    const detail = `the picture cannot be compared: ${reason}`;
    return { status: 'failed', files: { actual }, failure: { code: 'unexpected_response', detail } };
  }
  const failure: Failure = { code: 'baseline_unreadable', detail: `${name}: ${reason}` };
  const verdict = await replaceUnreadable(capture, actual, image, failure, ports);
  return verdict.failure === undefined ? verdict : { ...verdict, failedBaseline: name };
}

/** A broken baseline fails the capture, unless the run was asked to take all baselines anew. */
async function replaceUnreadable(
  capture: Capture,
  actual: string,
  image: CapturedImage,
  failure: Failure,
  ports: JudgePorts,
): Promise<CaptureVerdict> {
  if (ports.update.kind !== 'all') {
    return { status: 'failed', files: { actual }, failure };
  }
  return addBaseline(capture, actual, image, ports);
}
