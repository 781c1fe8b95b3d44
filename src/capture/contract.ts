import { isRecord } from '../basics/record.ts';
import type { Capture, WaitUntil } from '../plan/capture.ts';

/**
 * The wire form of the capture service: every field name of its requests and answers stands here and nowhere else.
 * `url`, `html`, `format`, `quality`, `selector` and `waitUntil` are documented by the service; `viewport` and
 * `fullPage` are inferred from the engine behind it (Cloudflare Browser Rendering).
 */
export interface CaptureRequestBody {
  readonly url?: string;
  readonly html?: string;
  readonly viewport?: { readonly width: number; readonly height: number; readonly deviceScaleFactor?: number };
  readonly fullPage?: boolean;
  readonly waitUntil?: WaitUntil;
  readonly selector?: string;
  readonly format?: 'png' | 'jpeg';
  readonly quality?: number;
}

/** Body of every answer that is not a picture. `message` is for people; its wording may change. */
export interface ErrorAnswerBody {
  readonly error: string;
  readonly message?: string;
}

export const capturePath = '/v1/screenshot';
export const captureScope = 'screenshot:write';

/** What the service accepts, so that a wrong value is told before it is sent. Inferred but for `quality`. */
export const requestLimits = {
  quality: { min: 1, max: 100 },
  viewportSidePx: { min: 1, max: 10_000 },
  deviceScaleFactor: { min: 0.1, max: 5 },
  /** The service's render budget; longer pages end as `render_timeout`. */
  renderBudgetMs: 20_000,
} as const;

/**
 * The request body of a capture as JSON. Only what the user set is sent; `api-options` are merged in last, and what they
 * say of the viewport adds to ours.
 */
export function renderRequestBody({ page, viewport, settings }: Capture): string {
  const body: CaptureRequestBody = {
    ...(page.kind === 'url' ? { url: page.url } : { html: page.html }),
    viewport: {
      width: viewport.width,
      height: viewport.height,
      ...(viewport.scale === 1 ? {} : { deviceScaleFactor: viewport.scale }),
    },
    ...(settings.fullPage === undefined ? {} : { fullPage: settings.fullPage }),
    ...(settings.waitUntil === undefined ? {} : { waitUntil: settings.waitUntil }),
    ...(settings.selector === undefined ? {} : { selector: settings.selector }),
    ...(settings.format === 'png' ? {} : { format: settings.format }),
    ...(settings.quality === undefined ? {} : { quality: settings.quality }),
  };
  const options = settings.apiOptions ?? {};
  const { viewport: ours } = body;
  const { viewport: further } = options;
  return JSON.stringify({ ...body, ...options, ...(isRecord(further) ? { viewport: { ...ours, ...further } } : {}) });
}
