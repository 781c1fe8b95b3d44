import type { ServiceErrorCode } from '../../errors/codes.ts';

/** Why a page could not be rendered, as one of the service's codes. */
export class RenderFailure extends Error {
  override readonly name = 'RenderFailure';
  readonly code: ServiceErrorCode;

  constructor(code: ServiceErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
