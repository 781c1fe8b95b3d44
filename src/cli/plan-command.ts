import { resolve } from 'node:path';
import { displayUrl } from '../address/target-url.ts';
import { openBaselines } from '../baseline/open.ts';
import { withCounterparts } from '../baseline/pair-counterparts.ts';
import type { BaselineSource } from '../baseline/source.ts';
import { readWorkingCopy } from '../baseline/working-copy.ts';
import { formatPlural } from '../basics/format.ts';
import { groupIntoJobs } from '../capture/job.ts';
import { readDurations } from '../check/known-durations.ts';
import { loadInputs } from '../inputs/load.ts';
import type { Capture } from '../plan/capture.ts';
import { takeShare } from '../plan/shard.ts';
import { splitPrivate } from '../plan/split-private.ts';
import { captureApiOf } from '../services/registry.ts';
import { systemClock, systemRandom } from '../system/clock.ts';
import { openFolder } from '../system/folder.ts';
import { type Command, exitCodes } from './command.ts';
import { enterProject } from './enter-project.ts';
import { inputFlags, readInvocation } from './input-flags.ts';

export const planCommand: Command = {
  name: 'plan',
  usage: 'plan [URL…] [options]',
  summary: 'Print what would be captured and what it would cost. Nothing is sent.',
  flags: inputFlags(),
  positionals: [0, Number.MAX_SAFE_INTEGER],
  run: async (given, here) => {
    const { args, terminal } = await enterProject(given, here);
    const run = await loadInputs(readInvocation(args, terminal, 'plan'), openFolder(terminal.directory, ''));
    await using baselines = await openBaselines(run.baseline, {
      openFolder: (path) => openFolder(resolve(terminal.directory, path), path),
      place: () => readWorkingCopy(terminal.directory),
      log: terminal.log,
      clock: systemClock,
      random: systemRandom,
    });
    const { forShards } = await readDurations(openFolder(resolve(terminal.directory, run.output), run.output), baselines);
    const inputs = { ...run, captures: takeShare(run.captures, run.shard, forShards).captures };
    const known = new Set(baselines === undefined ? [] : await baselines.list());
    const { refused, allowed } = splitPrivate({
      ...inputs,
      captures: withCounterparts(inputs.captures, baselines?.counterparts),
    });
    const notes = new Map(refused.map(([{ id }, reason]) => [id, `refused as private_url: ${reason}`]));

    const width = Math.max(0, ...inputs.captures.map(({ id }) => id.length));
    for (const capture of inputs.captures) {
      const { id, page } = capture;
      const baseline = describeBaseline(capture, baselines, known);
      terminal.print(
        `${id.padEnd(width)}  ${page.kind === 'url' ? displayUrl(page.url) : 'html'}  (${notes.get(id) ?? notes.get(baselines?.counterparts?.of(capture)?.id ?? '') ?? baseline})`,
      );
    }

    const api = captureApiOf(inputs.engine.kind);
    // Which captures are sent as one depends on neither the address nor the key.
    const requests = groupIntoJobs(allowed, (capture) => api.render(capture, { url: new URL(api.url), key: undefined })).length;
    const paid = inputs.engine.kind !== 'local';
    const shared = allowed.length - requests;
    const cap = inputs.pace.maxCaptures;
    terminal.print('');
    terminal.print(
      `${formatPlural(inputs.captures.length, 'capture')}, ${formatPlural(requests, 'request')}${shared > 0 ? ` (${shared} shared, because they ask for the same)` : ''}.`,
    );
    terminal.print(paid ? `Cost: ${formatPlural(requests, api.billing.unit)}.` : 'Cost: none, with the built-in engine.');
    if (paid && baselines !== undefined && inputs.retakes > 0) {
      terminal.print(`What differs is taken again (retakes: ${inputs.retakes}), at a ${api.billing.unit} each time.`);
    }
    if (cap > 0 && requests > cap && paid) {
      terminal.print(`The run would stop as capture_limit: max-captures is ${cap}.`);
    }
    return exitCodes.passed;
  },
};

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
