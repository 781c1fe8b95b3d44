import { oneLine, shorten } from '../basics/text.ts';

export type PushResult =
  | { readonly kind: 'pushed' }
  /** The ref is no longer what it was: somebody else was faster. Fetch, apply again, push again. */
  | { readonly kind: 'lost-race' }
  /** The server took the objects but not the ref, e.g. because a rule protects it. `reason` in the server's words. */
  | { readonly kind: 'rejected'; readonly reason: string };

/** What servers answer when the ref moved between the advertisement and its update. */
const raceReasons =
  /stale info|fetch first|non-fast-forward|cannot lock ref|failed to (lock|update) ref|incorrect old value|already exists/i;

/** A ref with the name of a folder that this one needs: no further try makes room for it. */
const inTheWay = /'refs\/[^']+' exists; cannot create 'refs\/[^']+'/;

/** What is quoted of the server's own words, in characters; a repository can have many rules. */
const maxReasonLength = 600;

/**
 * Reads what `git push --porcelain` says of the one ref that it was given, `flag TAB from:to TAB summary (reason)`, and
 * with it what the server said, on standard error. undefined: it says nothing of a ref, so the push failed before.
 */
export function readPushAnswer(ref: string, output: string, stderr: string): PushResult | undefined {
  const line = output.split('\n').find((text) => /^[ +\-*!=]\t/.test(text));
  const [flag, refs = '', summary = ''] = line?.split('\t') ?? [];
  if (/dst refspec .+ matches more than one/.test(stderr) || (line !== undefined && !refs.endsWith(`:${ref}`))) {
    return {
      kind: 'rejected',
      reason: `git takes it for the branch that is called "${ref}" itself. Delete or rename that branch`,
    };
  }
  if (line === undefined) {
    return undefined;
  }
  if (flag !== '!') {
    return { kind: 'pushed' };
  }
  const said = readRemoteWords(stderr);
  return raceReasons.test(summary) && !inTheWay.test(said)
    ? { kind: 'lost-race' }
    : { kind: 'rejected', reason: [oneLine(summary), said].filter((part) => part !== '').join(': ') };
}

/** What the server said (`remote:` lines), as one line without colours and without lines that decorate or tell progress. */
export function readRemoteWords(stderr: string): string {
  const lines = stderr.split(/[\r\n]+/).flatMap((line) => {
    const said = /^remote:(.*)$/.exec(line)?.[1]?.replace(colours, '');
    return said === undefined || isDecoration(said) ? [] : [said.replace(/^\s*(?:error|fatal): /, '').trim()];
  });
  return shorten(oneLine(lines.join(' ').replace(/\p{Cc}/gu, '')), maxReasonLength);
}

/** Escape sequences of terminals. */
const colours = /\p{Cc}\[[0-9;?]*[A-Za-z]/gu;

/** A rule of `=` signs, an empty line, or `Resolving deltas: 100% (3/3)`. */
function isDecoration(line: string): boolean {
  return !/[\p{Letter}\p{Number}]/u.test(line) || /^\s*\p{Letter}+ \p{Letter}+: +\d+% \(/u.test(line);
}
