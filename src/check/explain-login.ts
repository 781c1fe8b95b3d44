import { displayUrl } from '../address/display-url.ts';
import { defined } from '../basics/record.ts';
import { cleanText } from '../capture/clean-text.ts';
import { type CaptureClientOptions, inspectFailure } from '../capture/client.ts';
import type { Failure } from '../errors/failure.ts';
import type { Login } from '../plan/step.ts';

/** As the built-in engine refuses a login. Its texts and its picture come from the page. */
export interface LoginRefusal {
  readonly message: string;
  readonly fix: string | undefined;
  /** A PNG in base64. */
  readonly picture?: string;
}

const maxLength = 600;

/** Why nobody is signed in, in clean text and with the page that was shown, if that is a picture. */
export async function explainLogin(
  { message, fix, picture }: LoginRefusal,
  { url }: Login,
  secrets: readonly string[],
  inspect: CaptureClientOptions['inspect'],
): Promise<Failure> {
  const clean = (text: string): string => cleanText(text, { maxLength, secrets });
  const shown = await inspectFailure(picture === undefined ? undefined : new Uint8Array(Buffer.from(picture, 'base64')), inspect);
  return {
    code: 'step_failed',
    detail: clean(`The login at ${displayUrl(url)} failed. ${message}`),
    fix: clean(
      fix ?? `Open ${displayUrl(url)} in a private window and sign in there as the steps of login do, then correct them.`,
    ),
    ...defined({ picture: shown }),
  };
}
