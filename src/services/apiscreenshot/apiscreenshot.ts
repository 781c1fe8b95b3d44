import type { CaptureApi } from '../capture-api.ts';
import { classify } from './answer.ts';
import { errors } from './errors.ts';
import { key } from './key.ts';
import { limits } from './limits.ts';
import { readOptionProbe, renderOptionProbe } from './option-probe.ts';
import { canBeAsked } from './page-options.ts';
import { capturePath, render } from './request.ts';

/** APIScreenshot (https://apiscreenshot.com/docs): everything that is known of it stands in this folder. */
export const apiscreenshot = {
  summary: 'the hosted service',
  url: `https://api.apiscreenshot.com${capturePath}`,
  key,
  render,
  classify,
  canBeAsked,
  renderOptionProbe,
  readOptionProbe,
  limits,
  // Of the engine behind it (Cloudflare Browser Rendering).
  credentialOptions: ['setExtraHTTPHeaders', 'cookies', 'authenticate'],
  // Every answer with an error is refunded, and a redirect is an answer without a picture.
  billing: { unit: 'credit', freeFromStatus: 300 },
  errors,
} as const satisfies CaptureApi;
