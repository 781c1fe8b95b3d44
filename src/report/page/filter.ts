import type { CaptureReport, CaptureStatus } from '../../results/model.ts';

/** What the reader wants to see. Nothing chosen means everything. */
export interface Filter {
  readonly statuses: ReadonlySet<CaptureStatus>;
  readonly viewport?: string;
  /** Words that must all be found in the name, viewport, URL or error code. */
  readonly text: string;
}

export const noFilter: Filter = { statuses: new Set(), text: '' };

export function matchesFilter(capture: CaptureReport, { statuses, viewport, text }: Filter): boolean {
  if (statuses.size > 0 && !statuses.has(capture.status)) {
    return false;
  }
  if (viewport !== undefined && capture.viewport.name !== viewport) {
    return false;
  }
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const haystack = searchText(capture);
  return words.every((word) => haystack.includes(word));
}

function searchText({ id, url, error }: CaptureReport): string {
  return [id, url ?? '', error?.code ?? ''].join('\n').toLowerCase();
}
