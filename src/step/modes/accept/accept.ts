import { countAccepted } from '../../../baseline/acceptances/room.ts';
import { type ReviewedPicture, takeReviewedPictures } from '../../../baseline/reviewed-pictures.ts';
import { Opened } from '../../../basics/opened.ts';
import { exampleUrl } from '../../../basics/product.ts';
import { defined } from '../../../basics/record.ts';
import { createComparePool } from '../../../compare/pool.ts';
import { isUserError, UserError } from '../../../errors/user-error.ts';
import { explainGitError } from '../../../git/explain-git.ts';
import { openScratchRepository, type ScratchRepository } from '../../../git/scratch-repository.ts';
import { type AcceptRequest, readAcceptRequest, takeVariantWord } from '../../../github/accept-request.ts';
import { connectGithub, type GithubApi, readRefusal } from '../../../github/api.ts';
import { githubHistory } from '../../../github/commit-history.ts';
import type { WorkflowRun } from '../../../github/context.ts';
import { mayWrite } from '../../../github/may-write.ts';
import { type AcceptedPullRequest, getOpenPullRequest } from '../../../github/open-pull-request.ts';
import { cloneUrl, type Repository } from '../../../github/repository.ts';
import { nameOfBranch } from '../../../github/run-place.ts';
import { findShownRuns, type ShownRun } from '../../../publish/comment/shown-runs.ts';
import type { RunReport } from '../../../results/model.ts';
import { systemClock } from '../../../system/clock.ts';
import { closingInTime } from '../../../system/closing.ts';
import { Stopped, stopReason } from '../../../system/stop-signal.ts';
import { untilAborted } from '../../../system/until-aborted.ts';
import type { WorkflowStep } from '../../workflow-step.ts';
import { type AcceptedStatusTask, tellAcceptedStatuses } from './accepted-statuses.ts';
import { answerBoxes, answerCommand, answerTick } from './answer.ts';
import { checkFresh, findRightBaselines, type RightBaselines } from './check-fresh.ts';
import { checkGroupsTrusted, checkWritable } from './check-place.ts';
import { type AcceptDecision, decideAcceptance } from './decide-acceptance.ts';
import { findWanted, type Wanted } from './find-wanted.ts';
import { type OpenBoxes, type OpenedBoxes, openBoxes } from './open-boxes.ts';
import { openReviews, type ReviewedResults } from './open-reviews.ts';
import { reactTo } from './reply.ts';
import { readAcceptSettings } from './settings.ts';
import { writeAcceptance } from './write-acceptance.ts';

/** What came of a request that was not refused, as sentences for people. */
type Outcome =
  | { readonly kind: 'accepted'; readonly told: string; readonly left: readonly string[] }
  /** It is another step's to answer. */
  | { readonly kind: 'passed'; readonly told: string };

/**
 * `mode: accept`: takes pictures that were reviewed on a pull request as baselines, byte for byte as the reviewed run
 * uploaded them; nothing is captured. Whoever asked is answered on the pull request. Returns whether the step passes.
 */
export async function runAccept(step: WorkflowStep): Promise<boolean> {
  const { workflowRun, githubToken, log } = step;
  const asked = workflowRun === undefined ? { kind: 'wrong-event' as const } : readAcceptRequest(workflowRun.event);
  if (workflowRun === undefined || githubToken === undefined || asked.kind === 'wrong-event') {
    throw new UserError(
      'mode: accept answers to a comment on a pull request or to a manual run, and this is neither, or has no token.',
      `Run it with on: issue_comment or workflow_dispatch, as in ${exampleUrl('accept.yml')}.`,
    );
  }
  const wanted = findWanted(asked);
  if (wanted.kind === 'none') {
    log.info(`Nothing to accept: ${wanted.reason}.`);
    return true;
  }
  const { request, ticks } = wanted;
  const { repository } = workflowRun;
  const api = await connectGithub(githubToken, repository.apiUrl, systemClock, step.signal);
  if (!(await explained(() => isAllowed(api, repository, request)))) {
    // No words for people who may not: they would let anybody make the repository talk.
    if (ticks === undefined) {
      await reactTo(api, repository, request, '-1', log);
    }
    throw new UserError(
      `${request.by} may not accept: GitHub knows no permission of that account to write to ${repository.owner}/${repository.name}.`,
      'Ask somebody who has it. Where a bot is meant to accept, let it start the workflow by workflow_dispatch.',
    );
  }
  const place = { api, repository, request, log };
  let answer = ticks === undefined ? answerCommand(place) : answerTick(place);
  const onBoxes = async (boxes: OpenBoxes): Promise<void> => {
    answer = await answerBoxes(place, boxes);
  };
  let reached = 'nothing was accepted';
  const onReached = (words: string): void => {
    reached = words;
  };
  try {
    const work = { api, run: workflowRun, token: githubToken, request, ticks, onBoxes, onReached };
    const outcome = await explained(() => untilAborted(step.signal, () => accept(step, work)));
    log.info(outcome.told);
    if (outcome.kind === 'accepted') {
      await answer.accepted(outcome.told, outcome.left);
    }
    return true;
  } catch (error) {
    if (step.signal.aborted) {
      const { code, detail } = stopReason(step.signal);
      throw new Stopped(code, `${detail}; ${reached}`);
    }
    await answer.refused(isUserError(error) ? error : undefined);
    throw error;
  }
}

/** Nobody starts a manual run who may not write to the repository: GitHub sees to that. Comments are anybody's. */
async function isAllowed(api: GithubApi, repository: Repository, { by, comment }: AcceptRequest): Promise<boolean> {
  return comment === undefined || (await mayWrite(api, repository, by));
}

type Taken = Extract<AcceptDecision<ReviewedResults>, { kind: 'accept' }>;

interface AcceptWork extends Pick<Wanted, 'request' | 'ticks'> {
  readonly api: GithubApi;
  readonly run: WorkflowRun;
  readonly token: string;
  /** Told which boxes are worked on, before anything is done. */
  readonly onBoxes: (boxes: OpenBoxes) => Promise<void>;
  /** Told, in words, how far it is: what is to be said when it is stopped there. */
  readonly onReached: (words: string) => void;
}

async function accept(step: WorkflowStep, work: AcceptWork): Promise<Outcome> {
  const { api, run, token, request, ticks, onReached } = work;
  const { env, signal } = step;
  const { repository } = run;
  const { artifactNames: allNames, commentKey, baseline: choice, status } = await readAcceptSettings(step);
  const keyOf = (artifactName: string): string => commentKey ?? artifactName;
  // A box is one config's; steps of other configs are started by its tick as well.
  const artifactNames = allNames.filter((name) => ticks === undefined || keyOf(name) === ticks.marker.key);
  if (artifactNames.length === 0) {
    return { kind: 'passed', told: 'Nothing to accept: the comment is of another config.' };
  }
  const pull = await getOpenPullRequest(api, repository, request.pullRequest);
  const shown = await findShownRuns(api, repository, pull.number);
  const boxes = await openTicked(work, shown);
  if (boxes?.kind === 'none') {
    return { kind: 'passed', told: `Nothing to accept: ${boxes.reason}.` };
  }
  const groups = boxes?.groups ?? [];
  const baseline = checkWritable(choice, pull, repository);
  await using opened = new Opened();
  const question = {
    repository,
    token,
    pull,
    shownRuns: new Map(artifactNames.map((name) => [name, shown.get(keyOf(name))?.runId])),
    ...defined({ requestedAt: request.comment?.writtenAt }),
    baselineKind: baseline.kind,
    signal,
  };
  const reviews = await openReviews(api, question, opened);
  checkGroupsTrusted(reviews, [...request.words, ...groups], pull, repository);
  const ownKeys = artifactNames.map(keyOf);
  const { words, variant } = takeVariantWord(request.words);
  const decision = decideAcceptance(
    reviews,
    words,
    boxes === undefined && [...shown.keys()].some((key) => !ownKeys.includes(key)),
    groups,
  );
  switch (decision.kind) {
    case 'refuse':
      throw decision.error;
    case 'pass':
      return { kind: 'passed', told: `Nothing to accept: ${decision.reason}.` };
    case 'accept':
  }
  const remote = { url: cloneUrl(repository), token };
  await using scratch = await openScratchRepository(remote, { env, signal });
  const place = {
    remote,
    commits: githubHistory(api, repository),
    nameOfBranch: (name: string) => nameOfBranch(api, repository, name),
  };
  const findRight = (reviewed: RunReport) => findRightBaselines(scratch, baseline, reviewed, pull, place);
  const pictures = await takePictures(decision, findRight, pull, step);
  const runs = decision.chosen.map(({ results }) => results.run);
  onReached('the accepted pictures were being pushed, so look whether they are there before you ask again');
  const variants = variant ? countAccepted(decision.chosen.flatMap(({ captures }) => captures)) : undefined;
  const told = await writeAcceptance(scratch, baseline, { pictures, variants, request, runs, pull, remote, signal });
  onReached('the pictures are accepted, and only the answer to the comment is missing');
  if (status && baseline.kind === 'ref') {
    await tellStatuses(step, work, scratch, { pull, decision, keyOf });
  }
  const { left, unknown } = decision;
  return { kind: 'accepted', told: unknown.length === 0 ? told : `${told} Not of this config: ${unknown.join(', ')}.`, left };
}

async function tellStatuses(
  { log }: WorkflowStep,
  { api, run: { repository } }: AcceptWork,
  scratch: ScratchRepository,
  { pull, decision, keyOf }: Pick<AcceptedStatusTask, 'pull' | 'keyOf'> & { readonly decision: Taken },
): Promise<void> {
  const chosen = decision.chosen.map(({ results }) => results);
  for (const one of await tellAcceptedStatuses(api, scratch, { repository, pull, chosen, keyOf })) {
    log[one.kind === 'told' ? 'info' : 'warn'](one.kind === 'told' ? `Status ${one.name}: success` : one.warning);
  }
}

/** The boxes that the request ticked, once it is told that they are worked on; undefined for a command. Throws what `openBoxes` throws. */
async function openTicked(
  { api, run: { repository }, request, ticks, onBoxes }: AcceptWork,
  shown: ReadonlyMap<string, ShownRun>,
): Promise<OpenedBoxes | undefined> {
  if (ticks === undefined || request.comment === undefined) {
    return undefined;
  }
  const boxes = await openBoxes(api, repository, request.comment.id, ticks, shown.get(ticks.marker.key));
  if (boxes.kind === 'open') {
    await onBoxes(boxes);
  }
  return boxes;
}

/** The pictures of all results together, each compared with what counts. @throws UserError, GitError */
async function takePictures(
  { chosen }: Taken,
  findRight: (run: RunReport) => Promise<RightBaselines>,
  pull: AcceptedPullRequest,
  { bundles: { workerUrl }, signal }: WorkflowStep,
): Promise<ReadonlyMap<string, ReviewedPicture>> {
  const pool = createComparePool({ workerUrl, workers: 1 });
  await using _ = closingInTime(pool, systemClock, signal);
  const pictures = new Map<string, ReviewedPicture>();
  for (const { results, captures } of chosen) {
    const { run } = results.report;
    await checkFresh(captures, run, await findRight(run), pull);
    for (const [id, picture] of await takeReviewedPictures(results, captures, pool)) {
      const other = pictures.get(id);
      if (other !== undefined && Buffer.compare(other.png, picture.png) !== 0) {
        throw new UserError(
          `Two of the artifacts have a capture "${id}", each with another picture, and there is room for one baseline.`,
          'Give the targets of each config names of their own, or a baseline-directory or baseline-ref and an accept step of its own.',
        );
      }
      pictures.set(id, picture);
    }
  }
  return pictures;
}

/** What GitHub and git refuse, as errors for a person. */
async function explained<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const refusal = readRefusal(error);
    if (refusal !== undefined) {
      throw new UserError(
        `GitHub refused (HTTP ${refusal.status}): ${refusal.message.split('\n')[0]}`,
        [401, 403, 404].includes(refusal.status)
          ? 'Give the job the permissions contents: write, pull-requests: write and actions: read.'
          : 'Ask again; if it stays so, look at githubstatus.com.',
        { cause: error },
      );
    }
    throw explainGitError(error, { what: 'The accepted pictures could not be pushed', permission: 'contents: write' });
  }
}
