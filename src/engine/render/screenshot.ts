import type { Protocol } from 'puppeteer-core';
import type { Rect } from '../../basics/geometry.ts';
import { defined } from '../../basics/record.ts';
import type { ImageFormat } from '../../plan/capture.ts';
import { DocumentReplaced } from '../page/frame-worlds.ts';
import type { OpenPage } from '../page/open-page.ts';

export interface ScreenshotOptions {
  readonly format: ImageFormat;
  /** 1 to 100, jpeg only. */
  readonly quality?: number;
  /** In CSS pixels of the page. Absent: the window. */
  readonly clip?: Rect;
  /** Whether the clip reaches beyond the window. The page then sees a window of another size for a moment. */
  readonly beyondWindow?: boolean;
}

/**
 * Takes a picture; in base64, as Chrome gives it. The driver's own method is not used: when the page goes to another
 * process meanwhile, Chrome never answers it, and the driver then waits with every further one.
 * @throws DocumentReplaced
 */
export async function screenshot(
  { worlds: { session } }: Pick<OpenPage, 'worlds'>,
  { format, quality, clip, beyondWindow = false }: ScreenshotOptions,
): Promise<string> {
  const replaced = Promise.withResolvers<never>();
  const watch = ({ frame }: Protocol.Page.FrameNavigatedEvent): void => {
    if (frame.parentId === undefined) {
      replaced.reject(new DocumentReplaced('the document was replaced'));
    }
  };
  session.on('Page.frameNavigated', watch);
  try {
    const taken = session.send('Page.captureScreenshot', {
      format,
      ...defined({ quality }),
      ...(clip === undefined ? {} : { clip: { ...clip, scale: 1 } }),
      captureBeyondViewport: beyondWindow,
    });
    const { data } = await Promise.race([taken, replaced.promise]);
    return data;
  } finally {
    session.off('Page.frameNavigated', watch);
  }
}
