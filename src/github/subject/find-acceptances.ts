import type { Acceptances } from '../../baseline/host.ts';
import type { RunEvent } from './run-event.ts';
import type { Questions, Subject } from './subject.ts';

/** Most commits of a push, and most pull requests of a merge group, that are asked for: one request each. */
const mostAsked = 20;

/**
 * The pull requests whose acceptances count for a run, of those that have any. What GitHub does not answer counts for
 * nothing.
 */
export async function findAcceptances(subject: Subject, recorded: readonly number[], ask: Questions): Promise<Acceptances> {
  const { rule, pullRequests } = recorded.length === 0 ? none : await findAll(subject, ask);
  // Of several pull requests with one commit each must have accepted, also one that has recorded nothing.
  return { rule, pullRequests: rule === 'every' ? pullRequests : pullRequests.filter((number) => recorded.includes(number)) };
}

const none: Acceptances = { rule: 'any', pullRequests: [] };

async function findAll({ pullRequests, event, commit }: Subject, ask: Questions): Promise<Acceptances> {
  if (pullRequests.kind === 'found') {
    const open = pullRequests.pullRequests.filter((pullRequest) => pullRequest.open);
    return { rule: 'every', pullRequests: open.map(({ number }) => number) };
  }
  switch (event.kind) {
    case 'merge-group':
      return { rule: 'any', pullRequests: await findQueued(event, ask) };
    case 'branch': {
      const commits = new Set([commit, ...event.pushed.toReversed()]);
      return { rule: 'any', pullRequests: await findMerged([...commits].slice(0, mostAsked), ask) };
    }
    case 'commit':
      return { rule: 'any', pullRequests: await findMerged([commit], ask) };
    case 'pull-request':
    case 'comment':
    case 'none':
      return none;
  }
}

/** Those that one of the commits merged: a push of a merge queue merges several. */
async function findMerged(commits: readonly string[], ask: Questions): Promise<number[]> {
  const numbers = new Set<number>();
  for (const commit of commits) {
    const answer = await ask.pullRequestsOf(commit);
    if (answer.kind === 'unknown') {
      break;
    }
    for (const { number, mergeCommit } of answer.value) {
      if (mergeCommit === commit) {
        numbers.add(number);
      }
    }
  }
  return [...numbers];
}

/**
 * Those in a merge group: the one that its branch is named after, and the ones ahead of it in the queue, which GitHub
 * names in the messages of its merges. A message may be anybody's, so each of these must be open and meant for that branch.
 */
async function findQueued(
  { commit, headRef, base }: Extract<RunEvent, { kind: 'merge-group' }>,
  ask: Questions,
): Promise<number[]> {
  const own = /\/pr-(\d{1,15})-[0-9a-f]+$/.exec(headRef)?.[1];
  const titles = base === undefined ? undefined : await ask.titlesBetween(base, commit);
  const named = titles?.kind === 'known' ? titles.value.flatMap(parseMergeTitle) : [];
  const numbers = own === undefined ? [] : [Number(own)];
  for (const number of new Set(named.slice(-mostAsked))) {
    const answer = numbers.includes(number) ? undefined : await ask.pullRequest(number);
    if (answer?.kind === 'known' && answer.value.open && answer.value.baseBranch === base) {
      numbers.push(number);
    }
  }
  return numbers;
}

/** `Merge pull request #7 from …` and, of a squash, `Title (#7)`. */
function parseMergeTitle(title: string): number[] {
  const number = /^Merge pull request #(\d{1,15})\b|\(#(\d{1,15})\)$/.exec(title);
  return number === null ? [] : [Number(number[1] ?? number[2])];
}
