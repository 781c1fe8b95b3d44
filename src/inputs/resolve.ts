import { isAbsolute, join, relative, sep } from 'node:path';
import { fullRefName, isRefName } from '../git/ref-name.ts';
import type { Capture } from '../plan/capture.ts';
import { isLoopbackHost } from '../plan/loopback.ts';
import type { Pace } from '../plan/pace.ts';
import { pictureFolders } from '../plan/picture-folders.ts';
import { unsafeSegmentReason } from '../plan/safe-name.ts';
import { shardArtifactName } from '../plan/shard.ts';
import { parseWebUrl } from '../plan/target-url.ts';
import { type LoadedTarget, planCaptures } from './captures.ts';
import type { ArtifactChoice, BaselineChoice, EngineChoice, Inputs, Settings } from './inputs.ts';
import type { LocatedInputs } from './located.ts';
import { optional } from './optional.ts';
import { InputError, type Place, type Problem } from './problem.ts';
import type { InputName } from './spec.ts';
import { Values } from './values.ts';

/** Everything that was written, before it is checked. */
export interface WrittenInputs {
  /** From the workflow or the command line. */
  readonly invocation: LocatedInputs;
  /** From the top of the config file. */
  readonly config: LocatedInputs;
  readonly targets: readonly LoadedTarget[];
  /** What was found wrong while reading. */
  readonly problems: readonly Problem[];
  /** The run belongs to a pull request from a fork, which is given no secrets. */
  readonly fork: boolean;
  /** Whether the captures will be made; a plan needs no key. */
  readonly purpose: 'check' | 'plan';
  /** The environment variable that may hold the key, on the command line. */
  readonly apiKeyVariable?: string;
}

/**
 * Checks everything that was written and puts it together: target over invocation over config file over default.
 * @throws InputError with all problems at once.
 */
export function resolveInputs(written: WrittenInputs): Inputs {
  const problems: Problem[] = [...written.problems];
  const values = new Values([written.invocation, written.config], problems);
  values.checkAll();
  const base = readBaseUrl(values, problems);
  const baseline = readBaseline(values, base, problems);
  const captures = planCaptures(
    written.targets,
    values,
    { base, baseline: baseline.kind === 'url' ? baseline.url : undefined },
    problems,
  );
  if (baseline.kind === 'url') {
    checkComparable(captures, base, values, problems);
  }
  const inputs: Inputs = {
    captures,
    engine: readEngine(values, written, problems),
    pace: readPace(values),
    baseline,
    updateBaselines: ({ false: 'none', missing: 'missing', true: 'all' } as const)[values.require('update-baselines')],
    retakes: values.require('retakes'),
    pageCheck: values.require('page-check'),
    pageHeaders: { values: values.get('page-headers') ?? {}, ...optional('origin', base?.origin) },
    allowEmpty: values.require('allow-empty'),
    ...readSettings(values, problems),
    ...optional('shard', values.get('shard')),
  };
  if (written.targets.length === 0 && problems.length === 0 && !inputs.allowEmpty) {
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
    comment: { when: values.require('comment'), key: values.get('comment-key')?.trim() ?? values.require('artifact-name') },
  };
}

function placeOf(values: Values, name: InputName): Place {
  return values.located(name)?.place ?? { kind: 'input', name };
}

function readBaseUrl(values: Values, problems: Problem[]): URL | undefined {
  if (values.located('base-url') === undefined) {
    return undefined;
  }
  // Stands in for a wrong one, so that the relative targets are not reported for want of a base as well.
  return readWebUrl(values, 'base-url', problems) ?? new URL('http://base-url.invalid');
}

/** Undefined where it is not set, or wrong, which is noted then. */
function readWebUrl(values: Values, name: 'base-url' | 'baseline-url' | 'api-url', problems: Problem[]): URL | undefined {
  const written = values.get(name);
  const parsed = written === undefined ? undefined : parseWebUrl(written.trim(), name);
  if (parsed !== undefined && 'problem' in parsed) {
    problems.push({ place: placeOf(values, name), message: parsed.problem });
    return undefined;
  }
  return parsed?.url;
}

function readEngine(values: Values, { fork, purpose, apiKeyVariable }: WrittenInputs, problems: Problem[]): EngineChoice {
  if (values.require('engine') === 'local') {
    const browserPath = values.get('browser-path');
    return { kind: 'local', ...(browserPath === undefined ? {} : { browserPath }) };
  }
  const apiKey = values.get('api-key')?.trim() ?? '';
  if (apiKey === '' && purpose === 'check' && values.located('api-key')?.unknown === undefined) {
    problems.push({ place: placeOf(values, 'api-key'), message: renderMissingKey(fork, apiKeyVariable) });
  } else if (/[^\x21-\x7e]/.test(apiKey)) {
    problems.push({
      place: placeOf(values, 'api-key'),
      message: 'api-key holds a space, a line break or another character that no key has. Check the secret behind it',
    });
  }
  return { kind: 'api', apiKey, apiUrl: readApiUrl(values, problems) };
}

function renderMissingKey(fork: boolean, variable: string | undefined): string {
  if (fork) {
    return 'api-key is not set: this pull request comes from a fork, and GitHub hands no secrets to forks. Set engine: local for forks (docs/forks.md)';
  }
  const remedy =
    variable === undefined
      ? 'Set api-key: ${{ secrets.APISCREENSHOT_API_KEY }} and make sure that the secret exists'
      : `Set the environment variable ${variable} to the key`;
  return `api-key is not set. ${remedy}, or set engine: local to capture with the Chrome of this machine`;
}

function readApiUrl(values: Values, problems: Problem[]): URL {
  const url = readWebUrl(values, 'api-url', problems);
  if (url === undefined) {
    return new URL('https://api-url.invalid');
  }
  const place = placeOf(values, 'api-url');
  if (url.protocol !== 'https:' && !isLoopbackHost(url.hostname)) {
    problems.push({
      place,
      message: `api-url must be https, because the key is sent to it, not "${url.protocol}//${url.host}…". Plain http is taken for loopback only`,
    });
  }
  if (url.username !== '' || url.password !== '') {
    problems.push({ place, message: 'api-url must not hold a user name or password' });
  }
  return url;
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

function readBaseline(values: Values, base: URL | undefined, problems: Problem[]): BaselineChoice {
  const kind = values.require('baseline');
  switch (kind) {
    case 'none':
      return { kind };
    case 'directory':
      refuseUnused(values, 'baseline-ref', 'ref', problems);
      refuseUnused(values, 'baseline-url', 'url', problems);
      refuseMixedFolders(values, problems);
      return { kind, directory: values.require('baseline-directory') };
    case 'url':
      return { kind, url: readBaselineUrl(values, base, problems) };
    case 'artifact':
      return { kind, name: values.require('artifact-name') };
    case 'ref':
      return { kind, ...optional('ref', readBaselineRef(values, problems)) };
  }
}

/** What a run writes and clears away must not lie among the baselines, nor they among that. */
function refuseMixedFolders(values: Values, problems: Problem[]): void {
  const output = values.require('output');
  const directory = values.require('baseline-directory');
  const written = pictureFolders.map((folder) => join(output, folder));
  if (isWithin(output, directory) || written.some((folder) => isWithin(directory, folder))) {
    problems.push({
      place: values.located('output')?.place ?? placeOf(values, 'baseline-directory'),
      message: `output "${output}" must not be inside of baseline-directory "${directory}", nor the baselines among what a run writes to output (${pictureFolders.join(', ')})`,
    });
  }
}

function isWithin(folder: string, outer: string): boolean {
  const way = relative(outer, folder);
  return !isAbsolute(way) && way.split(sep)[0] !== '..';
}

/** A setting of another source beside a `baseline` that nobody wrote shows that the wrong thing would be compared. */
function refuseUnused(values: Values, name: InputName, baseline: string, problems: Problem[]): void {
  if (values.located(name) !== undefined && values.located('baseline') === undefined) {
    problems.push({ place: placeOf(values, name), message: `${name} has no effect without baseline: ${baseline}. Set both` });
  }
}

function readBaselineRef(values: Values, problems: Problem[]): string | undefined {
  const written = values.get('baseline-ref')?.trim();
  if (written === undefined || isRefName(fullRefName(written))) {
    return written;
  }
  problems.push({
    place: placeOf(values, 'baseline-ref'),
    message: `baseline-ref "${written}" is no name that git takes for a branch or a ref. Use e.g. visual-baselines or refs/visual-capture/baselines/main`,
  });
  return undefined;
}

function readBaselineUrl(values: Values, base: URL | undefined, problems: Problem[]): URL {
  const place = placeOf(values, 'baseline-url');
  if (values.located('baseline-url') === undefined) {
    problems.push({ place, message: 'baseline: url needs baseline-url: the address of what the preview is compared with' });
  }
  const url = readWebUrl(values, 'baseline-url', problems);
  if (url !== undefined && url.href === base?.href) {
    problems.push({ place, message: 'baseline-url is the same as base-url, so every page would be compared with itself' });
  }
  return url ?? new URL('http://baseline-url.invalid');
}

/** With `baseline: url` at least one page must have a counterpart, and it must be plain which one. */
function checkComparable(captures: readonly Capture[], base: URL | undefined, values: Values, problems: Problem[]): void {
  const place = placeOf(values, 'baseline-url');
  const origins = new Set(captures.flatMap(({ page }) => (page.kind === 'url' ? [new URL(page.url).origin] : [])));
  if (base === undefined && origins.size > 1) {
    problems.push({
      place,
      message: `the targets are on several hosts (${[...origins].join(', ')}). Set base-url to the one that baseline-url stands for`,
    });
  } else if (captures.length > 0 && captures.every(({ baselineUrl }) => baselineUrl === undefined)) {
    problems.push({
      place,
      message: 'none of the targets can be compared with baseline-url: they are html, or on another host than base-url',
    });
  }
}

function readArtifact(values: Values, problems: Problem[]): ArtifactChoice {
  if (!values.require('upload-artifact')) {
    return { kind: 'none' };
  }
  const name = values.require('artifact-name');
  const unsafe = name.includes('/') ? 'it holds a /' : unsafeSegmentReason(name);
  if (unsafe !== undefined) {
    problems.push({
      place: placeOf(values, 'artifact-name'),
      message: `artifact-name "${name}" cannot be an artifact's name: ${unsafe}`,
    });
  }
  const retentionDays = values.get('retention-days');
  const shard = values.get('shard');
  return {
    kind: 'upload',
    name: shard === undefined ? name : shardArtifactName(name, shard),
    ...(retentionDays === undefined ? {} : { retentionDays }),
  };
}
