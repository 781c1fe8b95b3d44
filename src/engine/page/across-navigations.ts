import { RenderFailure } from '../render/failure.ts';
import { DocumentReplaced } from './frame-worlds.ts';
import type { OpenPage } from './open-page.ts';

/** More documents than any sign-on needs; a page that goes on is one that loads itself again and again. */
const mostDocuments = 20;
/** Until a document that was just begun can be worked in. */
const retryMs = 50;

/**
 * Does the work in the page, and again in the next one when the page goes elsewhere by script meanwhile.
 * @throws RenderFailure when it never stays.
 */
export async function acrossNavigations<T>({ worlds, network, clock }: OpenPage, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      // A page that was closed has no next document.
      if (!(error instanceof DocumentReplaced) || worlds.session.detached) {
        throw error;
      }
      if (network.navigations > mostDocuments) {
        throw new RenderFailure(
          'render_timeout',
          `The page never stays: its scripts have loaded ${network.navigations} documents one after the other.`,
        );
      }
      await clock.sleep(retryMs);
    }
  }
}
