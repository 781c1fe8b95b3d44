/**
 * A picture that cannot be used, with the reason as a clause about "it" that names no file, e.g. "it ends within
 * chunk IDAT at byte 1234". Thrown by whatever reads pictures; `compare` and `inspect` turn it into a value.
 */
export class UnreadablePicture extends Error {
  override readonly name = 'UnreadablePicture';
}

/** Which of two pictures. */
export const sides = ['baseline', 'actual'] as const;
export type Which = (typeof sides)[number];

/** An UnreadablePicture that knows which of the two it is. */
export class UnreadableFile extends Error {
  readonly which: Which;

  constructor(which: Which, { message }: UnreadablePicture) {
    super(message);
    this.which = which;
  }
}

/** Does what reads one of two pictures, so that what it throws names that one. */
export function naming<T>(which: Which, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof UnreadablePicture ? new UnreadableFile(which, error) : error;
  }
}
