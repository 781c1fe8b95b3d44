import type { CDPSession, Protocol } from 'puppeteer-core';
import { defined } from '../../basics/record.ts';
import type { ImageFormat } from '../../plan/capture.ts';

export interface ScreenshotOptions {
  readonly format: ImageFormat;
  /** 1 to 100, jpeg only. */
  readonly quality?: number;
  /** In CSS pixels of the page, as far beyond the viewport as it goes. Absent: the viewport. */
  readonly clip?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** The document went away while its picture was taken. */
export class DocumentReplaced extends Error {
  override readonly name = 'DocumentReplaced';
}

/**
 * Takes the picture. The driver's own method is not used: when the page goes to another process meanwhile, Chrome
 * never answers it, and the driver then waits with every further one.
 */
export async function screenshot(session: CDPSession, { format, quality, clip }: ScreenshotOptions): Promise<Uint8Array> {
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
      ...(clip === undefined ? {} : { clip: { ...clip, scale: 1 }, captureBeyondViewport: true }),
    });
    const { data } = await Promise.race([taken, replaced.promise]);
    return Buffer.from(data, 'base64');
  } finally {
    session.off('Page.frameNavigated', watch);
  }
}
