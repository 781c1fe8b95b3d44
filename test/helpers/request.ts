import type { Capture } from '../../src/plan/capture.ts';
import type { ApiRequest } from '../../src/services/capture-api.ts';
import { defaultApi } from '../../src/services/registry.ts';

/** What is sent for a capture, as the service understands it. */
export function renderRequest(capture: Capture): ApiRequest {
  return defaultApi.render(capture, { url: new URL(defaultApi.url), key: undefined, builtIn: false });
}

/** The body of that. */
export function renderBody(capture: Capture): string {
  return renderRequest(capture).body ?? '';
}
