import type { ServiceErrorCode } from '../../errors/codes.ts';

/** Why a page could not be rendered, as one of the service's codes. */
export class RenderFailure extends Error {
  override readonly name = 'RenderFailure';
  readonly code: ServiceErrorCode;
  /** What to do about just this, in the imperative; absent: what the code says. */
  readonly fix: string | undefined;

  constructor(code: ServiceErrorCode, message: string, fix?: string) {
    super(message);
    this.code = code;
    this.fix = fix;
  }
}
