import { apiscreenshot } from './apiscreenshot/apiscreenshot.ts';
import type { ApiLimits, CaptureApi, Range } from './capture-api.ts';

/** THE table of capture services, by their value of the input `engine`. */
const captureApis = {
  api: apiscreenshot,
} as const satisfies Record<string, CaptureApi>;

/** A hosted service, by its value of the input `engine`. */
export type ServiceName = keyof typeof captureApis;
/** What takes pictures: a hosted service, or the built-in engine. */
export type EngineName = ServiceName | 'local';

export const serviceNames = Object.keys(captureApis) as readonly ServiceName[];
export const engineNames: readonly EngineName[] = [...serviceNames, 'local'];

/** Whose form the built-in engine answers in, and what the inputs are documented with. */
export const defaultApi = captureApis.api satisfies CaptureApi;

/** The service that is asked; what is no hosted service speaks as the default one does. */
export function captureApiOf(engine: EngineName | 'files'): CaptureApi {
  return engine === 'local' || engine === 'files' ? defaultApi : captureApis[engine];
}

/** What looks like a key of any service, should a proxy or an error page echo one. */
export const keyPatterns: readonly RegExp[] = serviceNames.map((name) => captureApis[name].key.pattern);

/** What opens pages in the request of any service. */
export const credentialOptions: readonly string[] = [
  ...new Set(serviceNames.flatMap((name) => captureApis[name].credentialOptions)),
];

/** What may be asked for of any service: inputs are read before it is known of which. */
export const widestLimits = {
  quality: widest('quality'),
  viewportSidePx: widest('viewportSidePx'),
  deviceScaleFactor: widest('deviceScaleFactor'),
} as const;

function widest(limit: Exclude<keyof ApiLimits, 'renderBudgetMs'>): Range {
  const ranges = serviceNames.map((name) => captureApis[name].limits[limit]);
  return { min: Math.min(...ranges.map(({ min }) => min)), max: Math.max(...ranges.map(({ max }) => max)) };
}
