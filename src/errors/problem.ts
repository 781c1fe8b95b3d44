/** Where a value was written. `line` counts from 1. An input given as such has a name but no line of its own. */
export type Place =
  | { readonly kind: 'file'; readonly file: string; readonly line: number }
  | { readonly kind: 'input'; readonly name: string; readonly file?: string; readonly line?: number };

/** One thing that is wrong with what the user wrote, with its remedy in the message. */
export interface Problem {
  readonly place: Place;
  readonly message: string;
  /** The environment lacks something, which matters only to those who read what stands there. */
  readonly environment?: true;
}

/** Longer than any that is read to its end, in characters. */
const longestMessage = 2_000;

/** Everything that is wrong with the inputs, in one error. Nothing was sent when it is thrown. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const readable = problems.map((problem) => ({ ...problem, message: cut(problem.message) }));
    super(renderProblems(readable));
    this.problems = readable;
  }
}

/** What was written may be of any length, and the remedy stands behind it: of a long message both ends are kept. */
function cut(message: string): string {
  return message.length <= longestMessage
    ? message
    : `${message.slice(0, longestMessage / 2)} […] ${message.slice(-longestMessage / 2)}`;
}

/** The file and line of a place, where it has both. */
export function sourceOf(place: Place): { file: string; line: number } | undefined {
  return place.file === undefined || place.line === undefined ? undefined : { file: place.file, line: place.line };
}

/** All problems as one text, a line each, e.g. `visual-capture.yml:6: unknown key "treshold". …`. */
export function renderProblems(problems: readonly Problem[]): string {
  const lines = problems.map(({ place, message }) => `  - ${renderSource(sourceOf(place))}${message}`);
  return [`${renderHeadline(problems)}:`, ...lines].join('\n');
}

/** `3 inputs are wrong; nothing was captured`. */
export function renderHeadline({ length }: readonly Problem[]): string {
  return `${length === 1 ? 'One input is' : `${length} inputs are`} wrong; nothing was captured`;
}

function renderSource(source: { file: string; line: number } | undefined): string {
  return source === undefined ? '' : `${source.file}:${source.line}: `;
}
