import type { OpenPage } from '../page/open-page.ts';
import type { RenderJob } from '../service/parse-request.ts';
import { RenderFailure } from './failure.ts';

/**
 * Hides, removes and styles what the job says, also in what the page has added since.
 * @throws RenderFailure when a selector is none.
 */
export async function dressPage({ worlds }: OpenPage, { settings }: RenderJob): Promise<void> {
  const { hide = [], remove = [], style: css = '' } = settings;
  if (hide.length + remove.length === 0 && css === '') {
    return;
  }
  const invalid = await worlds.run('dress', { hide, remove, css });
  if (invalid !== undefined) {
    throw new RenderFailure(
      'bad_request',
      `${hide.includes(invalid) ? 'hide' : 'remove'} has ${JSON.stringify(invalid)}, which is not a CSS selector.`,
      'Correct it; document.querySelector in the browser’s console tells whether it is one.',
    );
  }
}
