/** What went wrong, as far as a caller can act on it. */
export type LfsFault =
  /** The repository keeps its objects in a way that is not spoken here, or keeps none. */
  | 'unsupported'
  /** The server does not let this token. */
  | 'forbidden'
  /** The server did not answer; the same may work later. */
  | 'network'
  /** The server said no to these objects; the message has its words. */
  | 'refused';

/** Objects could not be sent to or had from Git LFS. The message is a sentence without its full stop, and without secrets. */
export class LfsError extends Error {
  override readonly name = 'LfsError';
  readonly fault: LfsFault;

  constructor(fault: LfsFault, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.fault = fault;
  }
}
