import type { ZipArchive } from '../archive/read-zip.ts';
import { UnreadableArchive } from '../archive/unreadable.ts';
import { defined } from '../basics/record.ts';
import { UserError } from '../errors/user-error.ts';
import type { AccountLimit, CaptureReport, DownloadedBrowser, NoisePlace, Report } from '../results/model.ts';
import { picturePath, reportPaths } from '../results/output-paths.ts';
import { parseResults } from '../results/parse-results.ts';
import { pictureRequestMs } from '../results/picture-request.ts';
import { WrongShape } from '../results/shape.ts';
import { sha256 as hashOf } from '../system/sha256.ts';
import { type BaselineUpdate, type ChosenUpdate, chooseUpdate } from './choose-update.ts';
import type { BaselinePorts, EarlierRuns, PastArtifact, PastRun, RunPlace } from './host.ts';
import { addBrowser } from './manifest.ts';
import type { BaselineSource } from './source.ts';
import { type BaselineStanding, describeStanding } from './standing.ts';

/** Captures of the earlier run by id, with where their pictures lie in the artifact. */
type Captures = ReadonlyMap<string, { readonly capture: CaptureReport; readonly path: string }>;

/** Most runs that are asked for their artifact: older ones than the newest only serve runs in which the check was left out. */
const mostAsked = 20;

/** A successful run as an update of the branch's baselines. */
interface RunUpdate extends BaselineUpdate {
  readonly run: PastRun;
}

/** What the search for an artifact came to. */
type Found =
  | {
      readonly kind: 'found';
      readonly chosen: ChosenUpdate<RunUpdate>;
      readonly artifact: Extract<PastArtifact, { kind: 'found' }>;
    }
  | { readonly kind: 'none'; readonly branch: string; readonly runs: number; readonly expired: number };

/**
 * Baselines are what a successful run of the same workflow on the base branch captured, read from its artifact: the newest
 * run of an ancestor of the captured commit. Nothing is written: the artifact of a run on that branch is what later runs
 * are compared with.
 * @throws UserError when no artifact can be read although there should be one.
 */
export async function openArtifactBaselines(name: string, ports: BaselinePorts): Promise<BaselineSource> {
  const place = await ports.place();
  const { earlierRuns } = place;
  if (earlierRuns === undefined) {
    throw new UserError(
      'baseline: artifact needs the artifacts of earlier runs, which only a workflow run with a token can ask for',
      'In a workflow, pass github-token: ${{ github.token }}. On the command line, set baseline to directory or ref.',
    );
  }
  const passedOver = new Set<number>();
  for (;;) {
    const search = await findArtifact(name, place, without(earlierRuns, passedOver));
    if (search.kind === 'none') {
      tellMissing(search, name, place, ports);
      return artifactSource(`artifact ${name}`, place, { captures: new Map() });
    }
    const { run } = search.chosen.update;
    const opened = await openResults(search.artifact, name, run.url);
    if (opened.results.run.pullRequests === undefined) {
      ports.log.info(`Comparing with the artifact "${name}" of ${run.url}`);
      const standing = await describeStanding(search.chosen, undefined, await earlierRuns.underWay(search.chosen.branch), place);
      const captures = readCaptures(opened.results, opened.archive);
      const { limit } = opened.results.service;
      return artifactSource(`artifact ${name} of ${run.url}`, place, {
        captures,
        archive: opened.archive,
        ...defined({ standing, limit, browser: opened.results.run.browser }),
      });
    }
    await opened.archive[Symbol.asyncDispose]();
    ports.log.info(`Passed over ${run.url}: what it shows belonged to a pull request.`);
    passedOver.add(run.id);
  }
}

/** A run on the branch may have been told to capture another commit, which nobody had reviewed. */
function without(earlierRuns: EarlierRuns, passedOver: ReadonlySet<number>): EarlierRuns {
  return {
    ...earlierRuns,
    successful: async (branch) => {
      const found = await earlierRuns.successful(branch);
      return { ...found, runs: found.runs.filter(({ id }) => !passedOver.has(id)) };
    },
  };
}

interface OpenedResults {
  readonly archive: ZipArchive & AsyncDisposable;
  readonly results: Report;
}

async function openResults(
  artifact: Extract<PastArtifact, { kind: 'found' }>,
  name: string,
  url: string,
): Promise<OpenedResults> {
  let archive: (ZipArchive & AsyncDisposable) | undefined;
  try {
    archive = await artifact.open();
    const results = await archive.read(reportPaths.json);
    if (results === undefined) {
      throw new WrongShape('it holds no results.json');
    }
    return { archive, results: parseResults(results) };
  } catch (error) {
    await archive?.[Symbol.asyncDispose]();
    throw explainUnreadable(error, name, url);
  }
}

/** The newest artifact of an ancestor's run that can still be had; a branch that has none is compared with the default one. */
async function findArtifact(name: string, place: RunPlace, earlierRuns: EarlierRuns): Promise<Found> {
  const { branch } = place;
  const own = await searchBranch(name, branch.name, place, earlierRuns);
  const isSettled = own.kind === 'found' ? own.chosen.relation !== 'unrelated' : own.expired > 0;
  if (isSettled || branch.name === undefined) {
    return own;
  }
  const other = await searchBranch(name, undefined, place, earlierRuns);
  // What is not known to be an ancestor would show a pull request the changes of a branch that it has nothing to do with.
  const counts = other.kind === 'found' && (other.chosen.relation === 'ancestor' || branch.readOnly === undefined);
  return counts ? other : own;
}

async function searchBranch(
  name: string,
  wanted: string | undefined,
  { commit, commits }: RunPlace,
  earlierRuns: EarlierRuns,
): Promise<Found> {
  const { branch, runs } = await earlierRuns.successful(wanted);
  const updates = runs.map((run): RunUpdate => ({ run, source: run.commit }));
  const chosen = await chooseUpdate([async () => ({ branch, updates })], commit, commits);
  if (chosen === undefined) {
    return { kind: 'none', branch, runs: 0, expired: 0 };
  }
  let expired = 0;
  const asked = updates.slice(chosen.behind, chosen.behind + mostAsked);
  for (const [at, update] of asked.entries()) {
    const artifact = await earlierRuns.artifactOf(update.run, name);
    if (artifact.kind === 'found') {
      return { kind: 'found', chosen: { ...chosen, update, behind: chosen.behind + at }, artifact };
    }
    expired += artifact.kind === 'expired' ? 1 : 0;
  }
  return { kind: 'none', branch, runs: asked.length, expired };
}

/** Nothing was ever uploaded: everything is new. All is expired: on a pull request that would hide every change. */
function tellMissing(
  { branch, runs, expired }: Extract<Found, { kind: 'none' }>,
  name: string,
  place: RunPlace,
  { log }: BaselinePorts,
): void {
  if (runs === 0) {
    log.warn(
      `This workflow has no successful run on ${branch} yet, so every capture counts as added. Let it run on pushes to ${branch}, with the same artifact-name.`,
    );
    return;
  }
  if (expired === 0) {
    log.warn(
      `None of the last ${runs} successful runs on ${branch} has an artifact "${name}", so every capture counts as added. Check that the workflow runs this step on ${branch}, with the same artifact-name.`,
    );
    return;
  }
  if (place.branch.readOnly === undefined) {
    log.warn(`The artifacts "${name}" of earlier runs on ${branch} are expired, so every capture counts as added.`);
    return;
  }
  throw new UserError(
    `There is nothing to compare with: the artifacts "${name}" of the last ${runs} successful runs on ${branch} are expired or missing`,
    `Run the workflow on ${branch} again, then this one. To have it seldom, raise retention-days, or run the workflow on ${branch} on a schedule.`,
  );
}

function readCaptures({ captures }: Report, { paths }: ZipArchive): Captures {
  const there = new Set(paths);
  return new Map(
    captures.flatMap((capture): [string, { capture: CaptureReport; path: string }][] => {
      const path = capture.files.actual;
      const usable = isJudged(capture) && path?.endsWith('.png') === true && there.has(path);
      return usable ? [[capture.id, { capture, path }]] : [];
    }),
  );
}

/** Whether the picture stands for the page: not that of a capture without a verdict, nor of an error or sign-on page. */
function isJudged({ status, pageProblem }: CaptureReport): boolean {
  return status !== 'failed' && status !== 'skipped' && pageProblem === undefined;
}

interface FoundArtifact {
  readonly captures: Captures;
  readonly archive?: ZipArchive & AsyncDisposable;
  readonly standing?: BaselineStanding;
  readonly limit?: AccountLimit;
  /** What that run captured with. */
  readonly browser?: DownloadedBrowser;
}

function artifactSource(
  description: string,
  { branch }: RunPlace,
  { captures, archive, standing, limit, browser }: FoundArtifact,
): BaselineSource {
  return {
    description,
    ...defined({ standing }),
    writing: branch.readOnly === undefined ? { kind: 'upload' } : { kind: 'read-only', reason: branch.readOnly },
    durations: async () => ({
      msById: durationsOf(captures),
      ...defined({ limit }),
      // Another run may succeed between the starts of two jobs.
      sameInEveryJob: false,
    }),
    browsers: async () => ({
      byId: new Map(
        [...captures].flatMap(([id, { capture }]): [string, string][] =>
          capture.environment?.browser === undefined ? [] : [[id, capture.environment.browser]],
        ),
      ),
      archives: addBrowser(new Map(), browser),
    }),
    read: async (id) => {
      const found = captures.get(id);
      const png = found === undefined ? undefined : await archive?.read(found.path);
      if (found === undefined || png === undefined) {
        return undefined;
      }
      const { sha256, environment, masks } = found.capture;
      const noise = noiseOf(found.capture);
      if (sha256?.actual !== undefined && sha256.actual !== hashOf(png)) {
        throw new UnreadableArchive('it is not the picture that the run’s results.json tells of');
      }
      return { png, ...defined({ environment, masks }), ...(noise.length === 0 ? {} : { noise }) };
    },
    list: async () => [...captures.keys()].sort(),
    nameOf: (id) => `${description}: ${captures.get(id)?.path ?? picturePath('actual', id)}`,
    [Symbol.asyncDispose]: async () => archive?.[Symbol.asyncDispose](),
  };
}

/** What moved between the takes of that run. A picture that equals its own baseline hands on what was known of that. */
function noiseOf({ status, unstableRegions = [], baselineNoise = [] }: CaptureReport): NoisePlace[] {
  return [...unstableRegions, ...(status === 'unchanged' ? baselineNoise : [])];
}

function durationsOf(captures: Captures): ReadonlyMap<string, number> {
  return new Map(
    [...captures].flatMap(([id, { capture }]): [string, number][] => {
      const durationMs = pictureRequestMs(capture);
      return durationMs === undefined ? [] : [[id, durationMs]];
    }),
  );
}

function explainUnreadable(error: unknown, name: string, runUrl: string): unknown {
  return error instanceof UnreadableArchive || error instanceof WrongShape
    ? new UserError(
        `The artifact "${name}" of ${runUrl} cannot be read: ${error.message}`,
        'Run the workflow on the base branch again, so that it uploads a new one. Is it written by this action alone?',
        { cause: error },
      )
    : error;
}
