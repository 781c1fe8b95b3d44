import { defined, isRecord } from '../../basics/record.ts';
import type { Capture, WaitUntil } from '../../plan/capture.ts';
import type { PageSettings } from '../../plan/page-settings.ts';
import type { ApiAccess, ApiRequest } from '../capture-api.ts';
import { authorize } from './key.ts';
import { type HostedFields, renderHostedOptions } from './page-options.ts';

/** The path of the only endpoint. */
export const capturePath = '/v1/screenshot';

/**
 * Every field of a request. `url`, `html`, `format`, `quality`, `selector` and `waitUntil` are documented by the
 * service; `viewport` and `fullPage` are inferred from the engine behind it (Cloudflare Browser Rendering).
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
  /** How the page is to look: a field that the built-in engine has. */
  readonly page?: PageSettings;
}

/** The request for a capture; to the path of `api-url`, whatever that is. */
export function render(capture: Capture, { url, key, builtIn }: ApiAccess): ApiRequest {
  return {
    method: 'POST',
    path: url.pathname + url.search,
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : authorize(key)) },
    body: JSON.stringify(renderBody(capture, builtIn)),
  };
}

/**
 * The body of the request for a capture. Only what the user set is sent; `api-options` are merged in last, and what they
 * say of the viewport adds to ours.
 */
function renderBody({ page, viewport, settings }: Capture, builtIn: boolean): Readonly<Record<string, unknown>> {
  const body: CaptureRequestBody = {
    ...(page.kind === 'url' ? { url: page.url } : { html: page.html }),
    viewport: {
      width: viewport.width,
      height: viewport.height,
      ...(viewport.scale === 1 ? {} : { deviceScaleFactor: viewport.scale }),
    },
    ...defined({ fullPage: settings.fullPage, waitUntil: settings.waitUntil, selector: settings.selector }),
    ...(settings.format === 'png' ? {} : { format: settings.format }),
    ...defined({ quality: settings.quality, page: builtIn ? settings.page : undefined }),
  };
  const hosted: HostedFields =
    builtIn || settings.page === undefined ? {} : renderHostedOptions(settings.page, page.kind === 'url' ? page.url : undefined);
  const options = settings.apiOptions ?? {};
  const { viewport: further } = options;
  return {
    ...body,
    ...hosted,
    ...options,
    viewport: { ...body.viewport, ...hosted.viewport, ...(isRecord(further) ? further : {}) },
  };
}
