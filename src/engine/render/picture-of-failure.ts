import { errorPictureBytes } from '../../services/apiscreenshot/answer.ts';
import type { OpenPage } from '../page/open-page.ts';
import { screenshot } from './screenshot.ts';

/** The window as it is, a PNG in base64; undefined where there is no picture of it, or one that is too large to be sent along. */
export async function pictureOfFailure(opened: OpenPage): Promise<string | undefined> {
  try {
    const picture = await screenshot(opened, { format: 'png' });
    return (picture.length * 3) / 4 <= errorPictureBytes ? picture : undefined;
  } catch {
    return undefined;
  }
}
