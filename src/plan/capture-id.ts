import type { Capture } from './capture.ts';
import { splitViewport } from './split-viewport.ts';

/**
 * What an id alone says of a capture: `pricing/1280x800` is the page `pricing` at that viewport. A viewport whose name
 * tells no size has none, and a file that lies in no folder is named by its whole id.
 */
export function parseCaptureId(id: string): Pick<Capture, 'id' | 'name' | 'viewport'> {
  const slash = id.lastIndexOf('/');
  const viewportName = id.slice(slash + 1);
  return {
    id,
    name: slash < 0 ? id : id.slice(0, slash),
    viewport: splitViewport(viewportName) ?? { name: viewportName, width: 0, height: 0, scale: 1 },
  };
}

/** The ids of the captures whose pictures lie at these paths: `<name>/<viewport>.png`. Others are left out. */
export function captureIdsOf(paths: Iterable<string>): string[] {
  return [...paths].filter((path) => path.includes('/') && path.endsWith('.png')).map((path) => path.slice(0, -'.png'.length));
}
