/** What the first line of a comment of ours says of it; people do not see it. */
export interface CommentMarker {
  /** Tells the comments of several configs on one pull request apart. */
  readonly key: string;
  /** Id of the workflow run that wrote it last; ids grow with time. */
  readonly runId: number;
  readonly attempt: number;
}

export function renderMarker({ key, runId, attempt }: CommentMarker): string {
  return `<!-- visual-capture comment ${encodeKey(key)} run ${runId} attempt ${attempt} -->\n`;
}

/** The marker at the very beginning of a comment; a marker that is quoted further down is not ours. */
export function parseMarker(body: string): CommentMarker | undefined {
  const found = /^<!-- visual-capture comment (\S+) run (\d{1,15}) attempt (\d{1,6}) -->/.exec(body);
  if (found === null) {
    return undefined;
  }
  const [, key = '', runId, attempt] = found;
  return { key: decodeKey(key), runId: Number(runId), attempt: Number(attempt) };
}

/** Without blanks, and without the two dashes that end an HTML comment. */
function encodeKey(key: string): string {
  return encodeURIComponent(key.toWellFormed()).replace(/-(?=-|$)/g, '%2D');
}

function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}
