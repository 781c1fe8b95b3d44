import { displayUrl } from '../address/display-url.ts';
import { openBaselines } from '../baseline/open.ts';
import { withCounterparts } from '../baseline/pair-counterparts.ts';
import type { BaselineSource } from '../baseline/source.ts';
import { type BaselineUpdate, decideUpdate } from '../baseline/update.ts';
import { readWorkingCopy } from '../baseline/working-copy.ts';
import { formatFew, formatPlural } from '../basics/format.ts';
import { groupIntoJobs } from '../capture/job.ts';
import { describeUnused } from '../check/describe-browsers.ts';
import { findTargets } from '../check/find-targets.ts';
import { readEarlier } from '../check/known-earlier.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { loadInputs } from '../inputs/load.ts';
import { unknownPreview } from '../inputs/preview-address.ts';
import type { Capture } from '../plan/capture.ts';
import { takeShare } from '../plan/shard.ts';
import { splitPrivate } from '../plan/split-private.ts';
import { captureApiOf } from '../services/registry.ts';
import { systemClock, systemRandom } from '../system/clock.ts';
import { openWorkspace } from '../system/workspace.ts';
import { type Command, exitCodes } from './command.ts';
import { describeSettings, type PlannedSettings } from './describe-settings.ts';
import { describeUnseen } from './describe-unseen.ts';
import { enterProject } from './enter-project.ts';
import { inputFlags, readInvocation } from './input-flags.ts';
import { renderLeftOut } from './render-discovery.ts';

/** Of what was left out for one reason. */
const leftOutShown = 5;

export const planCommand: Command = {
  name: 'plan',
  usage: 'plan [URL…] [options]',
  summary: 'Print what would be captured and what it would cost. Nothing is captured; only discover looks for pages.',
  flags: inputFlags(),
  positionals: [0, Number.MAX_SAFE_INTEGER],
  run: async (given, here) => {
    const { args, terminal } = await enterProject(given, here);
    const workspace = openWorkspace(terminal.directory);
    const run = await loadInputs(readInvocation(args, terminal, 'plan'), workspace, {
      findTargets: (choice, read) => findTargets(choice, read, terminal.log, terminal.signal),
    });
    await using baselines = await openBaselines(run.baseline, {
      openFolder: workspace.openFolder,
      place: () => readWorkingCopy(terminal.directory, run.commit),
      log: terminal.log,
      clock: systemClock,
      random: systemRandom,
      signal: terminal.signal,
      sharded: run.shard !== undefined,
    });
    const { forShards } = await readEarlier(workspace.openFolder(run.output), baselines);
    const inputs = { ...run, captures: takeShare(run.captures, run.shard, forShards).captures };
    const known = new Set(baselines === undefined ? [] : await baselines.list());
    const { refused, allowed } = splitPrivate({
      ...inputs,
      captures: withCounterparts(inputs.captures, baselines?.counterparts),
    });
    const notes = new Map(refused.map(([{ id }, reason]) => [id, `refused as private_url: ${reason}`]));

    const settings = describeSettings(inputs.captures);
    const noteOf = (capture: Capture): string =>
      notes.get(capture.id) ??
      notes.get(baselines?.counterparts?.of(capture)?.id ?? '') ??
      describeBaseline(capture, baselines, known);
    for (const line of renderCaptures(inputs.captures, noteOf, settings)) {
      terminal.print(line);
    }
    for (const block of [renderCommon(settings), renderBrowser(run), renderDeployment(run), renderDiscovery(run)]) {
      if (block.length > 0) {
        terminal.print(['', ...block].join('\n'));
      }
    }
    const api = captureApiOf(inputs.engine.kind);
    // Which captures are sent as one depends on neither the address nor the key.
    const count = (captures: readonly Capture[]): number =>
      groupIntoJobs(captures, (capture) =>
        api.render(capture, {
          url: new URL(api.url),
          key: undefined,
          builtIn: inputs.engine.kind === 'local',
        }),
      ).length;
    const requests = count(allowed);
    const { update } = decideUpdate(inputs, baselines);
    const mayBecomeBaselines = allowed.filter(({ id, settings }) => settings.format === 'png' && mayBeWritten(id, update, known));
    const moreTakes = count(mayBecomeBaselines) * (inputs.baselineTakes - 1);
    const compared = baselines !== undefined && update.kind !== 'all';
    terminal.print('');
    for (const line of await describeUnseen(baselines, workspace.openFolder(run.output))) {
      terminal.print(line);
    }
    for (const line of describeCost({ inputs, requests, shared: allowed.length - requests, moreTakes, compared })) {
      terminal.print(line);
    }
    return exitCodes.passed;
  },
};

/** A line for each capture, with what it has of settings besides the common ones below it. */
function renderCaptures(
  captures: readonly Capture[],
  noteOf: (capture: Capture) => string,
  { own }: PlannedSettings,
): readonly string[] {
  const width = captures.reduce((longest, { id }) => Math.max(longest, id.length), 0);
  return captures.flatMap((capture) => {
    const { id, page, foundBy } = capture;
    const found = foundBy === undefined ? '' : `, found by ${foundBy}`;
    return [
      `${id.padEnd(width)}  ${page.kind === 'url' ? displayUrl(page.url) : 'html'}  (${noteOf(capture)}${found})`,
      ...(own.get(id) ?? []).map((line) => `    ${line}`),
    ];
  });
}

/** The settings that all captures have. */
function renderCommon({ common }: PlannedSettings): string[] {
  return common.length === 0 ? [] : ['Every capture:', ...common.map((line) => `    ${line}`)];
}

function renderBrowser({ engine }: Inputs): string[] {
  if (engine.kind !== 'local') {
    return engine.withoutEffect === undefined ? [] : [describeUnused(engine.kind, engine.withoutEffect)];
  }
  const { browser } = engine;
  switch (browser.kind) {
    case 'version':
      return [`Browser: chrome@${browser.version}, which a run downloads where it is not in the cache.`];
    case 'stable':
      return [
        'Browser: the newest stable Chrome, which a run looks up when it starts, and downloads where it is not in the cache.',
      ];
    case 'system':
      return [`Browser: ${browser.path ?? 'one of this machine, which a run looks for when it starts'}.`];
    default:
      return browser satisfies never;
  }
}

function renderDeployment({ deployment, discover }: Inputs): string[] {
  return deployment === undefined
    ? []
    : [
        `A run looks for the deployment of its commit, which takes the place of ${unknownPreview.host}.`,
        ...(discover === undefined
          ? []
          : [
              'What discover finds there is known only then. Give the address of a preview, --base-url https://…, to see it now.',
            ]),
      ];
}

function renderDiscovery({ discovery }: Inputs): string[] {
  const leftOut = discovery === undefined ? [] : renderLeftOut(discovery, leftOutShown);
  return leftOut.length === 0
    ? []
    : ['Left out by discover (visual-capture discover --verbose tells all of it):', ...leftOut.map((line) => `  ${line}`)];
}

interface Expected {
  readonly inputs: Inputs;
  /** One for each capture, but for those that are shared. */
  readonly requests: number;
  readonly shared: number;
  /** Most requests beyond that for new baselines. */
  readonly moreTakes: number;
  /** Captures may be taken again because they differ. */
  readonly compared: boolean;
}

/** What the run would send and cost, as sentences. */
function describeCost({ inputs, requests, shared, moreTakes, compared }: Expected): string[] {
  const { captures, engine, retakes, baselineTakes, undocumentedOptions } = inputs;
  const { unit } = captureApiOf(engine.kind).billing;
  const paid = engine.kind !== 'local';
  const sharing = shared > 0 ? ` (${shared} shared, because they ask for the same)` : '';
  return [
    `${formatPlural(captures.length, 'capture')}, ${formatPlural(requests, 'request')}${sharing}.`,
    paid ? `Cost: ${formatPlural(requests, unit)}.` : 'Cost: none, with the built-in engine.',
    ...(undocumentedOptions.length > 0
      ? [
          `One ${unit} more shows first whether the service honours ${formatFew(
            undocumentedOptions.map(({ shown }) => shown),
            5,
          )}, which it does not document.`,
        ]
      : []),
    ...(moreTakes > 0
      ? [
          `What becomes a baseline is taken ${baselineTakes} times (baseline-takes), what equals its baseline once: at most ${formatPlural(requests + moreTakes, paid ? unit : 'request')}.`,
        ]
      : []),
    ...(paid && compared && retakes > 0
      ? [`What differs is taken again, at most ${formatPlural(retakes, 'time')} (retakes), at a ${unit} each time.`]
      : []),
    ...(paid ? describeCap(inputs.pace.maxCaptures, requests, moreTakes) : []),
  ];
}

function describeCap(cap: number, requests: number, moreTakes: number): string[] {
  if (cap === 0 || requests + moreTakes <= cap) {
    return [];
  }
  return requests > cap
    ? [`The run would stop as capture_limit: max-captures is ${cap}.`]
    : [`max-captures is ${cap}, so some of what becomes a baseline may be taken fewer times.`];
}

/** Whether the picture of a capture may become a baseline in the run. */
function mayBeWritten(id: string, { kind }: BaselineUpdate, known: ReadonlySet<string>): boolean {
  switch (kind) {
    case 'none':
      return false;
    case 'missing':
      return !known.has(id);
    case 'browser':
      return known.has(id);
    case 'all':
      return true;
    default:
      return kind satisfies never;
  }
}

/** What a capture would be compared with, a few words. */
function describeBaseline(capture: Capture, baselines: BaselineSource | undefined, known: ReadonlySet<string>): string {
  if (baselines === undefined || capture.settings.format === 'jpeg') {
    return 'not compared';
  }
  if (baselines.counterparts !== undefined) {
    const page = baselines.counterparts.of(capture)?.page;
    return page?.kind === 'url' ? `compared with ${displayUrl(page.url)}` : 'not compared: no page of the preview';
  }
  return known.has(capture.id) ? 'has a baseline' : 'new';
}
