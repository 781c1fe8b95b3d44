import type { ServiceErrorCode } from '../../errors/codes.ts';

/** Why a page could not be rendered: as one of the service's codes, or because of a step, which the service does not have. */
export class RenderFailure extends Error {
  override readonly name = 'RenderFailure';
  readonly code: ServiceErrorCode | 'step_failed';
  /** What to do about just this, in the imperative; absent: what the code says. */
  readonly fix: string | undefined;

  /** What the page showed then, a PNG in base64. */
  readonly picture: string | undefined;

  constructor(code: RenderFailure['code'], message: string, fix?: string, picture?: string) {
    super(message);
    this.code = code;
    this.fix = fix;
    this.picture = picture;
  }
}
