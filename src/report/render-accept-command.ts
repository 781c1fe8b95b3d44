import type { RunReport } from '../results/model.ts';

/** What a run tells of where its captures are, and where they would go as baselines. */
export type AcceptedRun = Pick<RunReport, 'baselineKind' | 'ci'>;

/** Where a command is run: a clone of a fork does not tell the repository of the run. */
export interface AcceptCommandOptions {
  readonly inFork?: boolean;
  /** Delete the baselines that nothing asked for, instead of accepting pictures. */
  readonly removed?: boolean;
  /** Take the captures whose every change is in these groups. */
  readonly groups?: readonly string[];
}

/** What the command looks for when it is told no name. */
const ordinaryArtifactName = 'visual-capture';

/** Whether the command finds the captures: in an artifact, or, for a run outside of a workflow, where it was made. */
export function findsCaptures({ ci }: AcceptedRun): boolean {
  return ci === undefined || ci.artifactName !== undefined;
}

/**
 * The command that takes captures of a run as baselines, ready to be pasted into a shell; no ids: all that changed or
 * were added. Without an artifact in CI it is about the last run in the folder it is started in.
 */
export function renderAcceptCommand(
  run: AcceptedRun,
  ids: readonly string[] = [],
  { inFork = false, removed = false, groups = [] }: AcceptCommandOptions = {},
): string {
  const separator = ids.some((id) => id.startsWith('-')) ? ['--'] : [];
  const flags = [
    ...(removed ? ['--removed'] : []),
    ...groups.flatMap((id) => ['--group', quoteForShell(id)]),
    ...renderRun(run, inFork),
    ...(run.baselineKind === 'ref' ? ['--baseline', 'ref'] : []),
  ];
  return ['visual-capture', 'accept', ...flags, ...separator, ...ids.map(quoteForShell)].join(' ');
}

/** The comment on a pull request that accepts the same, where the accept workflow is set up. */
export function renderAcceptComment(ids: readonly string[], groups: readonly string[] = []): string {
  return ['/visual accept', ...groups, ...ids.map(quoteForComment)].join(' ');
}

/** A comment has quotes and no escapes (src/github/parse-accept-command.ts), so it takes those that the word does not hold. */
function quoteForComment(word: string): string {
  if (/^[^\s'"`]+$/.test(word)) {
    return word;
  }
  const quote = ["'", '"', '`'].find((one) => !word.includes(one));
  return quote === undefined ? word : `${quote}${word}${quote}`;
}

function renderRun({ ci }: AcceptedRun, inFork: boolean): string[] {
  const [, repository, id] = /([\w.-]+\/[\w.-]+)\/actions\/runs\/(\d+)$/.exec(ci?.url ?? '') ?? [];
  if (ci?.artifactName === undefined || repository === undefined || id === undefined) {
    return [];
  }
  return [
    '--run',
    id,
    ...(inFork ? ['--repository', repository] : []),
    ...(ci.artifactName === ordinaryArtifactName ? [] : ['--artifact-name', quoteForShell(ci.artifactName)]),
  ];
}

/** Plain words stay as they are; anything else goes into single quotes, as POSIX shells and PowerShell read them. */
function quoteForShell(word: string): string {
  return /^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
