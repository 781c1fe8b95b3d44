import type { ServiceErrorCode } from '../../errors/codes.ts';
import type { PageFailureCode } from '../../services/apiscreenshot/answer.ts';

/** Why a page could not be rendered: as one of the service's codes, or because of a step or a story, which the service does not have. */
export class RenderFailure extends Error {
  override readonly name = 'RenderFailure';
  readonly code: ServiceErrorCode | PageFailureCode;
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
