import type { Pace } from '../basics/pace.ts';
import { defined } from '../basics/record.ts';
import { InputError, type Place, type Problem } from '../errors/problem.ts';
import { planCaptures } from '../plan/plan-captures.ts';
import { unsafeSegmentReason } from '../plan/safe-name.ts';
import { shardArtifactName } from '../plan/shard.ts';
import { checkComparable, readBaseline } from './baseline.ts';
import { checkPageSettings } from './check-page-settings.ts';
import { checkKeyDestination, checkOptionDestinations, readPageHeaders } from './destinations.ts';
import { type KeyContext, readEngine } from './engine.ts';
import type { ArtifactChoice, Inputs, Settings } from './inputs.ts';
import type { LocatedInputs } from './located.ts';
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

/**
 * Checks everything that was written and puts it together: target over invocation over config file over default.
 * @throws InputError with all problems at once.
 */
export function resolveInputs(written: WrittenInputs): Inputs {
  const problems: Problem[] = [...written.problems];
  const values = new Values([written.invocation, written.config], problems);
  values.checkAll();
  const preview = readPreviewAddress(values, written.deployed, problems);
  const { base } = preview;
  const baseline = readBaseline(values, base, problems);
  const captures = planCaptures(
    readTargets(written.targets, values, problems),
    { base, baseline: baseline.kind === 'url' ? baseline.url : undefined },
    problems,
  );
  if (baseline.kind === 'url') {
    checkComparable(captures, base, values, problems);
  }
  checkKeyDestination(values, problems);
  checkOptionDestinations(values, preview, written.targets, problems);
  const inputs: Inputs = {
    captures,
    engine: readEngine(values, { ...written, base }, problems),
    pace: readPace(values),
    baseline,
    prune: values.require('prune'),
    updateBaselines: ({ false: 'none', missing: 'missing', true: 'all' } as const)[values.require('update-baselines')],
    retakes: values.require('retakes'),
    baselineTakes: values.require('baseline-takes'),
    pageHeaders: readPageHeaders(values, preview, written.targets, problems),
    writtenSecrets: listWrittenSecrets(values, written.targets),
    allowEmpty: values.require('allow-empty'),
    undocumentedOptions: checkPageSettings(values, written.targets, problems),
    ...readSettings(values, problems),
    ...defined({ base, deployment: preview.deployment, shard: values.get('shard'), login: readLogin(values, base, problems) }),
  };
  // What could not be read may hold the targets.
  if (written.targets.length === 0 && written.problems.length === 0 && !inputs.allowEmpty) {
    problems.push({
      place: { kind: 'input', name: 'urls' },
      message:
        'there is nothing to capture: set urls, or list targets in visual-capture.yml. If that is meant, set allow-empty: true',
    });
  }
  if (problems.length > 0) {
    throw new InputError(problems);
  }
  return inputs;
}

/** What also those modes need that capture nothing. */
export function readSettings(values: Values, problems: Problem[]): Settings {
  return {
    failOn: values.require('fail-on'),
    output: values.require('output'),
    artifact: readArtifact(values, problems),
    artifactName: values.require('artifact-name'),
    comment: { when: values.require('comment'), key: readCommentKey(values) },
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
