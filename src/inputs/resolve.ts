import { formatFew } from '../basics/format.ts';
import type { Pace } from '../basics/pace.ts';
import { defined } from '../basics/record.ts';
import { InputError, type Place, type Problem } from '../errors/problem.ts';
import { describeLeftOut } from '../plan/describe-left-out.ts';
import type { DiscoverChoice, Discovery } from '../plan/discovery.ts';
import { planCaptures } from '../plan/plan-captures.ts';
import { unsafeSegmentReason } from '../plan/safe-name.ts';
import { shardArtifactName } from '../plan/shard.ts';
import { checkComparable, readBaseline } from './baseline.ts';
import { checkPageSettings } from './check-page-settings.ts';
import { checkKeyDestination, checkOptionDestinations, readPageHeaders } from './destinations.ts';
import { type KeyContext, readEngine } from './engine.ts';
import type { ArtifactChoice, Inputs, Settings } from './inputs.ts';
import type { LocatedInputs } from './located.ts';
import { type DiscoverPlace, mergeFound } from './merge-found.ts';
import { readPreviewAddress } from './preview-address.ts';
import { readLogin } from './read-login.ts';
import { type LoadedTarget, readTargets } from './targets.ts';
import { Values } from './values.ts';
import { listWrittenSecrets } from './written-secrets.ts';

/** Everything that was written, before it is checked. */
export interface WrittenInputs extends KeyContext {
  /** From the workflow or the command line. */
  readonly invocation: LocatedInputs;
  /** From the top of the config file. */
  readonly config: LocatedInputs;
  readonly targets: readonly LoadedTarget[];
  /** What was found wrong while reading. */
  readonly problems: readonly Problem[];
  /** The address of the deployment that is asked for; absent: nobody has looked for it yet. */
  readonly deployed?: URL;
}

/** Where `deployment` stands that counts. */
export function deploymentPlace({ invocation, config }: Pick<WrittenInputs, 'invocation' | 'config'>): Place {
  return new Values([invocation, config], []).placeOf('deployment');
}

/** Where `discover` was written, and by whom: the invocation's counts. */
export function discoverPlace({ invocation, config }: Pick<WrittenInputs, 'invocation' | 'config'>): DiscoverPlace {
  return (
    invocation.get('discover') ?? config.get('discover') ?? { place: { kind: 'input', name: 'discover' }, by: 'config-file' }
  );
}

/**
 * Checks everything that was written and puts it together: target over invocation over config file over default.
 * `discovery`: what was found; absent: nobody has looked yet.
 * @throws InputError with all problems at once.
 */
export function resolveInputs({ targets: listed, ...written }: WrittenInputs, discovery?: Discovery): Inputs {
  const problems: Problem[] = [...written.problems];
  const values = new Values([written.invocation, written.config], problems);
  values.checkAll();
  const preview = readPreviewAddress(values, written.deployed, problems);
  const { base } = preview;
  const baseline = readBaseline(values, base, problems);
  const choice = readDiscover(values, base, problems);
  checkFoundByName(listed, choice, problems);
  const beside = { base, findsStories: choice?.storybook !== undefined, at: discoverPlace(written) };
  const targets = discovery === undefined ? listed : mergeFound(listed, { ...beside, discovery }, problems);
  const captures = planCaptures(
    readTargets(targets, values, problems),
    { base, baseline: baseline.kind === 'url' ? baseline.url : undefined },
    problems,
  );
  // What is wrong with it is noted.
  const mayBeFound = values.located('discover') !== undefined && discovery === undefined;
  if (baseline.kind === 'url' && !mayBeFound) {
    checkComparable(captures, base, values, problems);
  }
  checkKeyDestination(values, problems);
  checkOptionDestinations(values, preview, targets, problems);
  const inputs: Inputs = {
    captures,
    engine: readEngine(values, { ...written, base }, problems),
    pace: readPace(values),
    baseline,
    prune: values.require('prune'),
    updateBaselines: readUpdateBaselines(values, problems),
    retakes: values.require('retakes'),
    baselineTakes: values.require('baseline-takes'),
    pageHeaders: readPageHeaders(values, preview, targets, problems),
    writtenSecrets: listWrittenSecrets(values, targets),
    allowEmpty: values.require('allow-empty'),
    undocumentedOptions: checkPageSettings(values, targets, problems),
    ...readSettings(values, problems),
    ...defined({ base, deployment: preview.deployment, discover: choice, discovery }),
    ...defined({ shard: values.get('shard'), login: readLogin(values, base, problems) }),
  };
  // What could not be read may hold the targets.
  if (targets.length === 0 && written.problems.length === 0 && !inputs.allowEmpty && !mayBeFound) {
    problems.push(
      discovery === undefined ? nothingListed : { place: values.placeOf('discover'), message: nothingFound(discovery) },
    );
  }
  if (problems.length > 0) {
    throw new InputError(problems);
  }
  return inputs;
}

const nothingListed: Problem = {
  place: { kind: 'input', name: 'urls' },
  message:
    'there is nothing to capture: set urls, list targets in visual-capture.yml, or let discover find them. If that is meant, set allow-empty: true',
};

/** So many reasons are named. */
const shownReasons = 3;

function nothingFound({ leftOut }: Discovery): string {
  const reasons = leftOut.map(({ what, reason }) => `${what}: ${describeLeftOut(reason)}`);
  const told = reasons.length === 0 ? '' : `; left out: ${formatFew(reasons, shownReasons)}`;
  return `discover has found nothing to capture${told}. If that is meant, set allow-empty: true`;
}

/** What is to be found; noted where it lies below a `base-url` that is not set. */
function readDiscover(values: Values, base: URL | undefined, problems: Problem[]): DiscoverChoice | undefined {
  const choice = values.get('discover');
  if (choice === undefined || base !== undefined) {
    return choice;
  }
  const isElsewhere = typeof choice.storybook === 'string' && /^https?:/i.test(choice.storybook);
  if (choice.sitemap !== undefined || choice.crawl !== undefined || !isElsewhere) {
    problems.push({
      place: values.placeOf('discover'),
      message: 'discover looks for pages at base-url, which is not set. Set it to the address of the preview',
    });
  }
  return choice;
}

function checkFoundByName(listed: readonly LoadedTarget[], choice: DiscoverChoice | undefined, problems: Problem[]): void {
  const named = choice === undefined ? listed.filter(({ page }) => page.kind === 'found') : [];
  for (const { place } of named) {
    problems.push({
      place,
      message:
        'a target needs exactly one of url, html and html-file. A name alone stands for a page that discover finds, and discover is not set',
    });
  }
}

const updates = { false: 'none', missing: 'missing', browser: 'browser', true: 'all' } as const;

function readUpdateBaselines(values: Values, problems: Problem[]): Inputs['updateBaselines'] {
  const update = updates[values.require('update-baselines')];
  const [engine, baseline] = [values.require('engine'), values.require('baseline')];
  if (update === 'browser' && (engine !== 'local' || (baseline !== 'directory' && baseline !== 'ref'))) {
    problems.push({
      place: values.placeOf('update-baselines'),
      message:
        engine === 'local'
          ? `update-baselines: browser goes only with baseline: directory or ref, which keep each picture for itself, not with baseline: ${baseline}`
          : `update-baselines: browser goes only with engine: local, which can capture with an earlier browser. With engine: ${engine} the service chooses it`,
    });
  }
  return update;
}

/** What also those modes need that capture nothing. */
export function readSettings(values: Values, problems: Problem[]): Settings {
  return {
    failOn: values.require('fail-on'),
    output: values.require('output'),
    artifact: readArtifact(values, problems),
    artifactName: values.require('artifact-name'),
    comment: { when: values.require('comment'), key: readCommentKey(values) },
    status: values.require('status'),
    ...defined({ commit: values.get('commit') }),
  };
}

/** What tells the comments of several configs on one pull request apart. */
export function readCommentKey(values: Values): string {
  return values.get('comment-key')?.trim() ?? values.require('artifact-name');
}

function readPace(values: Values): Pace {
  return {
    concurrency: values.require('concurrency'),
    maxAttempts: values.require('max-attempts'),
    attemptTimeoutMs: values.require('attempt-timeout'),
    retryBudgetMs: values.require('retry-budget'),
    timeLimitMs: values.require('time-limit'),
    maxCaptures: values.require('max-captures'),
  };
}

function readArtifact(values: Values, problems: Problem[]): ArtifactChoice {
  if (!values.require('upload-artifact')) {
    return { kind: 'none' };
  }
  const name = values.require('artifact-name');
  const unsafe = name.includes('/') ? 'it holds a /' : unsafeSegmentReason(name);
  if (unsafe !== undefined) {
    problems.push({
      place: values.placeOf('artifact-name'),
      message: `artifact-name "${name}" cannot be an artifact's name: ${unsafe}`,
    });
  }
  const retentionDays = values.get('retention-days');
  const shard = values.get('shard');
  return {
    kind: 'upload',
    name: shard === undefined ? name : shardArtifactName(name, shard),
    ...defined({ retentionDays }),
  };
}
