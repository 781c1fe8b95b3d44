/**
 * Something outside the captures that only a person can put right: an unwritable folder, no browser, a taken port.
 * Printed as its message and its fix, never with a stack.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** What to do, in the imperative. */
  readonly fix: string;
  /** What was written is wrong, though only the machine could tell. The command line ends with another code then. */
  readonly wrongInput: boolean;

  constructor(message: string, fix: string, options?: { cause?: unknown; wrongInput?: true }) {
    super(message, options);
    this.fix = fix;
    this.wrongInput = options?.wrongInput ?? false;
  }
}

/** Whether something thrown is a UserError. The engine is a bundle of its own with its own class, so the name counts. */
export function isUserError(thrown: unknown): thrown is UserError {
  return thrown instanceof Error && thrown.name === 'UserError' && 'fix' in thrown;
}

/** The same error where what was written is to blame, such as an output folder that cannot be written. */
export function asWrongInput(thrown: unknown): unknown {
  return isUserError(thrown) ? new UserError(thrown.message, thrown.fix, { cause: thrown, wrongInput: true }) : thrown;
}

/** The system's code of an error, e.g. `ENOENT`; empty where it has none. */
export function systemCodeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

/** The one-line reason of anything thrown. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
