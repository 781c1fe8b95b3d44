import { countAccepted } from '../baseline/acceptances/room.ts';
import { type DirectoryBaselines, directoryBaselines } from '../baseline/directory.ts';
import { placeVariants } from '../baseline/place-variants.ts';
import { chooseCaptures, chooseRemoved, type ReviewedPicture, takeReviewedPictures } from '../baseline/reviewed-pictures.ts';
import { checkRelated, type PictureHashes } from '../baseline/stale.ts';
import { formatPlural } from '../basics/format.ts';
import { defined } from '../basics/record.ts';
import { createComparePool } from '../compare/pool.ts';
import { isUserError, UserError } from '../errors/user-error.ts';
import { loadSettings } from '../inputs/load.ts';
import type { InputName } from '../inputs/spec.ts';
import type { Values } from '../inputs/values.ts';
import { describeLeft } from '../report/describe-left.ts';
import type { RunReport } from '../results/model.ts';
import { reportPaths } from '../results/output-paths.ts';
import { readUploadedResults, type UploadedResults } from '../results/take-results.ts';
import { systemClock } from '../system/clock.ts';
import type { Folder } from '../system/ports.ts';
import { openWorkspace } from '../system/workspace.ts';
import { type Arguments, UsageError } from './arguments.ts';
import { checkUntouched, hashesHere } from './check-untouched.ts';
import { type Command, exitCodes, type Terminal } from './command.ts';
import { type OpenedResults, openRunResults } from './download-results.ts';
import { enterProject } from './enter-project.ts';
import { inputFlags, inputValues } from './input-flags.ts';
import { recordHere } from './record-here.ts';

export const acceptSettings: readonly InputName[] = ['config', 'output', 'baseline', 'baseline-directory', 'artifact-name'];

export const acceptCommand: Command = {
  name: 'accept',
  usage: 'accept [IDS, TARGETS or GLOBS…] [--group G] [options]',
  summary:
    "Take captures of the last run as baselines, byte for byte, with no new capture: those named by id (pricing/mobile), by target (pricing) or by a glob ('docs/*'), or else all that changed or were added.",
  flags: {
    ...inputFlags([...acceptSettings, 'github-token']),
    run: {
      placeholder: 'NUMBER',
      description: 'Take those of this workflow run, with GITHUB_TOKEN, instead of the last run here.',
    },
    group: {
      placeholder: 'G',
      repeatable: true,
      description:
        'Take the captures whose every change is in this group (g1), or in one of these (several times, or separated by commas).',
    },
    removed: { description: 'Instead, delete the baselines that nothing asked for in that run.' },
    variant: {
      description:
        'Keep what was accepted before as well: the capture may look like any of them from then on. At most five pictures of one capture.',
    },
    'pull-request': {
      placeholder: 'NUMBER',
      description:
        'With baseline: ref, the pull request that the acceptance is for. Default: the one that the results or the git remote "origin" know.',
    },
    repository: { placeholder: 'OWNER/NAME', description: 'Repository of the run. Default: that of the git remote "origin".' },
  },
  positionals: [0, Number.MAX_SAFE_INTEGER],
  stopsItself: true,
  run: async (given, here) => {
    const { args, terminal } = await enterProject(given, here);
    if (args.flags.get('removed') === 'true' && args.flags.has('group')) {
      throw new UsageError('--removed deletes baselines, and a group holds none of them. Give one of both.');
    }
    if (args.flags.get('variant') === 'true' && args.flags.get('removed') === 'true') {
      throw new UsageError('--removed deletes baselines and --variant adds to them: give one of the two.');
    }
    const values = await readAcceptSettings(args, terminal);
    await using results = await openResults(args, values, terminal);
    terminal.log.info(
      args.flags.get('removed') === 'true'
        ? await removeBaselines(results, args.positionals, values, terminal)
        : await acceptPictures(results, args, values, terminal),
    );
    return exitCodes.passed;
  },
};

async function openResults({ flags }: Arguments, values: Values, terminal: Terminal): Promise<OpenedResults> {
  const run = flags.get('run');
  if (run !== undefined) {
    return openRunResults({ run, repository: flags.get('repository'), artifactName: values.require('artifact-name') }, terminal);
  }
  const path = values.require('output');
  const output = openWorkspace(terminal.directory).openFolder(path);
  return { ...(await readLastResults(output)), [Symbol.asyncDispose]: async () => {} };
}

/** @throws UsageError when there are none, UserError when they are not as the check wrote them. */
export async function readLastResults(
  output: Folder,
  elsewhere = 'set --output to where its results are',
): Promise<UploadedResults> {
  if ((await output.read(reportPaths.json)) === undefined) {
    throw new UsageError(`There is no ${output.path}/${reportPaths.json}. Run visual-capture check first, or ${elsewhere}.`);
  }
  return readUploadedResults(
    { paths: [], read: (path) => output.read(path) },
    (reason, cause) =>
      new UserError(`The results in ${output.path} are not taken: ${reason}.`, 'Run the check again.', { cause }),
  );
}

function splitGroups(written = ''): string[] {
  return [...new Set(written.split(/[,\s]+/).filter((word) => word !== ''))];
}

async function acceptPictures(
  results: UploadedResults,
  { flags, positionals }: Arguments,
  values: Values,
  terminal: Terminal,
): Promise<string> {
  const chosen = asUsage(() => chooseCaptures(results.report, positionals, splitGroups(flags.get('group'))));
  const how = { variant: flags.get('variant') === 'true', ...defined({ pullRequest: flags.get('pull-request') }) };
  return await takeAsBaselines(results, chosen, values, terminal, how);
}

export interface HowToAccept {
  /** Beside what was accepted before, not in its place. */
  readonly variant?: boolean;
  /** Whose acceptances these are, with `baseline: ref`; otherwise it is found by the commit. */
  readonly pullRequest?: string;
}

/**
 * Makes the pictures of the chosen captures baselines. Returns what was done and what is next, as sentences.
 * @throws UserError, UsageError
 */
export async function takeAsBaselines(
  results: UploadedResults,
  { selected: captures, left }: ReturnType<typeof chooseCaptures>,
  values: Values,
  terminal: Terminal,
  how: HowToAccept,
): Promise<string> {
  const { report } = results;
  const leftOver = left.length === 0 ? '' : ` ${describeLeft(left)}`;
  checkRelated(captures, report.run, 'Merge that branch, run the check again, look at it, and accept then.');
  await using pool = createComparePool({ workerUrl: terminal.bundles.workerUrl, workers: 1 });
  const pictures = await takeReviewedPictures(results, captures, pool);
  if (pictures.size === 0) {
    return 'Nothing changed or was added in that run.';
  }
  const source = values.require('baseline');
  switch (source) {
    case 'directory': {
      await using baselines = openDirectoryBaselines(values, terminal);
      await checkUntouched(captures, baselines);
      const taken =
        how.variant === true
          ? await addVariants(pictures, baselines, report.run, terminal)
          : await replaceBaselines(pictures, baselines, report.run, terminal);
      return `${taken}${leftOver}`;
    }
    case 'ref': {
      const variants = how.variant === true ? countAccepted(captures) : undefined;
      const ref = await recordHere({ pictures, variants }, report.run, how.pullRequest, terminal);
      return `${formatPlural(pictures.size, 'capture')} accepted in ${ref}. Run the check again to see it pass.${leftOver}`;
    }
    case 'artifact':
    case 'url':
    case 'none':
      throw new UsageError(`With baseline: ${source} there are no baselines that could be written. Merging is accepting.`);
  }
}

type Pictures = ReadonlyMap<string, ReviewedPicture>;

async function replaceBaselines(
  pictures: Pictures,
  baselines: DirectoryBaselines,
  { browser }: RunReport,
  { print }: Terminal,
): Promise<string> {
  const { writer } = baselines.writing;
  for (const [id, picture] of pictures) {
    await writer.write(id, picture);
    print(baselines.nameOf(id));
  }
  await writer.save(defined({ browser }));
  return `${pictures.size} taken as baselines. Commit them.`;
}

/** @throws UserError when a capture has no room for another, before anything is written. */
async function addVariants(
  pictures: Pictures,
  baselines: DirectoryBaselines,
  { browser }: RunReport,
  { print }: Terminal,
): Promise<string> {
  const { writer } = baselines.writing;
  const hashes = new Map<string, PictureHashes>();
  for (const id of pictures.keys()) {
    hashes.set(id, await hashesHere(id, baselines));
  }
  const placed = placeVariants(pictures, hashes, baselines.nameOf);
  for (const [id, number] of placed) {
    const picture = pictures.get(id);
    if (picture !== undefined) {
      await writer.write(id, picture, number);
      print(baselines.nameOf(id, number));
    }
  }
  await writer.save(defined({ browser }));
  const known = pictures.size - placed.size;
  const also = known === 0 ? '' : ` ${known} ${known === 1 ? 'was' : 'were'} accepted before.`;
  return `${placed.size} accepted beside what was accepted before. Commit them.${also}`;
}

/** Returns what was done and what is next, as sentences. @throws UsageError where baselines are no files of the repository. */
async function removeBaselines(
  results: UploadedResults,
  words: readonly string[],
  values: Values,
  terminal: Terminal,
): Promise<string> {
  const captures = asUsage(() => chooseRemoved(results.report, words));
  if (captures.length === 0) {
    return 'Every baseline was asked for in that run.';
  }
  const source = values.require('baseline');
  if (source !== 'directory') {
    throw new UsageError(
      `accept --removed deletes files of baseline-directory, and here it is baseline: ${source}. Run the check on the base branch with update-baselines: true and prune: true.`,
    );
  }
  await using baselines = openDirectoryBaselines(values, terminal);
  const { writer } = baselines.writing;
  for (const { id } of captures) {
    await writer.remove(id);
    terminal.print(baselines.nameOf(id));
  }
  await writer.save();
  return `${formatPlural(captures.length, 'baseline')} deleted. Commit that.`;
}

/** A wrong word is wrong usage here. */
function asUsage<T>(choose: () => T): T {
  try {
    return choose();
  } catch (error) {
    throw isUserError(error) ? new UsageError(`${error.message} ${error.fix}`) : error;
  }
}

function openDirectoryBaselines(values: Values, { directory }: Terminal): DirectoryBaselines {
  const path = values.require('baseline-directory');
  return directoryBaselines(openWorkspace(directory).openFolder(path), systemClock);
}

/** @throws InputError */
export function readAcceptSettings(args: Arguments, { directory, env }: Terminal): Promise<Values> {
  return loadSettings({ values: inputValues(args), env }, openWorkspace(directory), (values) => {
    for (const name of acceptSettings) {
      values.get(name);
    }
    return values;
  });
}
