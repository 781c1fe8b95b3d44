import { displayUrl } from '../address/display-url.ts';
import type { Baseline, BaselineSource } from '../baseline/source.ts';
import type { BaselineUpdate } from '../baseline/update.ts';
import { defined } from '../basics/record.ts';
import type { CapturedImage, CaptureOutcome } from '../capture/outcome.ts';
import type { Comparer } from '../compare/comparer.ts';
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
import { compareTakes, differs, type TakenAgain, type TakePorts, takeForBaseline } from './compare-takes.ts';
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
  /** How a capture of this run is taken; absent for pictures that were there already. */
  readonly environmentOf?: (capture: Capture) => CaptureEnvironment;
  /** Pictures are kept and not looked at, for this reason. Absent: they are judged. */
  readonly cutOff?: Failure;
}

/** What is known once the picture was looked at: the fields of the report that depend on it, and a failure to explain. */
type CaptureVerdict = SoundVerdict | FailedVerdict;

type SoundVerdict = VerdictFields & { readonly failure?: undefined; readonly failedUrl?: undefined } & (
    | Pick<ComparedCapture, 'status' | 'comparison'>
    | Pick<UncomparedCapture, 'status'>
  );

interface FailedVerdict extends VerdictFields, Pick<FailedCapture, 'status'> {
  readonly failure: Failure;
  /** The page that it is about, where that is not the capture's own. */
  readonly failedUrl?: string;
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
      baselinePath: ports.baselines?.nameOf(capture.id),
    }),
    attempts: outcome.attempts,
  };
  if (verdict.failure === undefined) {
    const { again: _, ...told } = verdict;
    return { capture: { ...fields, ...told }, about };
  }
  const { again: _, failure, failedUrl: __, ...told } = verdict;
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
    return ports.update.kind === 'none' ? { status: 'added', files: { actual } } : addBaseline(capture, actual, image, ports);
  }
  const verdict = await compareWithBaseline(capture, actual, image, baseline.baseline, ports, baselines);
  return { ...defined({ pageProblem: baseline.pageProblem }), ...verdict };
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
  const { png: baselineBytes, environment: baselineEnvironment, noise: baselineNoise } = baselineBefore;
  // One that is captured in this run knows its masks as a capture does.
  const baselineMasks = maskedNow(capture, baselineBefore.masks) ?? masksOf(capture, baselineBefore.page);
  const compared = await compareTakes(
    capture,
    { ...baselineBefore, ...defined({ masks: baselineMasks }) },
    first,
    ports,
    ports.update.kind === 'all',
  );
  const { result, image, again, unstable } = compared;
  if (image !== first) {
    await output.write(actual, image.bytes);
  }
  if (result.kind === 'unreadable') {
    return result.which === 'baseline'
      ? replaceUnreadable(
          capture,
          actual,
          image,
          { code: 'baseline_unreadable', detail: `${baselines.nameOf(capture.id)}: ${result.reason}` },
          ports,
        )
      : {
          status: 'failed',
          files: { actual },
          failure: { code: 'unexpected_response', detail: `the picture cannot be compared: ${result.reason}` },
        };
  }
  const baseline = picturePath('baseline', capture.id);
  await output.write(baseline, baselineBytes);
  const explained = await explainDifference(capture, baselineBytes, { ...compared, result }, ports);
  const environmentChanges = findEnvironmentChanges(baselineEnvironment, ports.environmentOf?.(capture));
  const differing = differs(result);
  const pageProblem = image === first ? undefined : await findPageProblem(capture, image, ports);
  const masks = masksOf(capture, image.page);
  // Where a part lies that is masked since, the baseline must know before it moves.
  const outdated = differing || environmentChanges.length > 0 || knowsMore(masks, baselineMasks);
  const updated = ports.update.kind === 'all' && pageProblem === undefined && outdated;
  if (updated) {
    // The same picture, taken in another environment, moves where it moved before.
    await takeAsBaseline(capture, image, differing ? unstable : [...(baselineNoise ?? []), ...unstable], ports);
  }
  const takes = await describeTakes(capture, compared, output);
  return {
    status: result.status,
    ...explained,
    ...takes,
    files: { actual, baseline, ...explained.files, ...takes.files },
    size: image.size,
    again,
    ...defined({ masks, baselineMasks, baselineNoise, pageProblem }),
    ...(environmentChanges.length === 0 ? {} : { environmentChanges }),
    ...(updated ? { baselineUpdated: true } : {}),
  };
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

/** Makes the picture of a capture its baseline. */
async function takeAsBaseline(
  capture: Capture,
  image: CapturedImage,
  noise: readonly NoisePlace[],
  { update, environmentOf }: JudgePorts,
): Promise<void> {
  const writer = update.kind === 'none' ? undefined : update.writer;
  await writer?.write(capture.id, {
    png: image.bytes,
    noise,
    ...defined({
      environment: environmentOf?.(capture),
      masks: masksOf(capture, image.page),
      durationMs: image.requestMs,
    }),
  });
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
