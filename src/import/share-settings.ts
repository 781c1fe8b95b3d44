import { isDeepStrictEqual } from 'node:util';
import type { ImportedPage } from './imported.ts';

/** Settings that all pages have alike stand at the top of the file, once. */
export function shareSettings(pages: readonly ImportedPage[]): {
  readonly shared: Readonly<Record<string, unknown>>;
  readonly pages: readonly ImportedPage[];
} {
  const [first] = pages;
  const shared = Object.entries(first?.settings ?? {}).filter(([key, value]) =>
    pages.every(({ settings }) => isDeepStrictEqual(settings[key], value)),
  );
  const keys = new Set(shared.map(([key]) => key));
  return {
    shared: Object.fromEntries(shared),
    pages: pages.map((page) => ({
      ...page,
      settings: Object.fromEntries(Object.entries(page.settings).filter(([key]) => !keys.has(key))),
    })),
  };
}
