import type { OpenContent } from './api.ts';
import { allRoots, findAll } from './roots.ts';
import { describe, isVisible } from './visible.ts';

/** What says of itself that it is loading. `sb-…`: what Storybook shows until a story is there. */
const busy = '[aria-busy="true" i], [data-loading="true" i], .sb-preparing-story, .sb-preparing-docs, .sb-loader';

/** What looks like loading, and may be there for good. */
const loaders = [
  ...['skeleton', 'spinner', 'shimmer', 'loader', 'loading', 'placeholder-glow', 'animate-pulse'].map(
    (word) => `[class*="${word}" i]`,
  ),
  '[role="progressbar"]:not([aria-valuenow])',
  'progress:not([value])',
].join();

/** Most elements that are looked at: a list of 10,000 skeletons says no more than ten of them. */
const enough = 10;

export function findOpen(): OpenContent {
  const roots = allRoots();
  const visible = (selector: string): Element[] => findAll(selector, roots).filter(isVisible).slice(0, enough);
  return {
    parsing: isParsing(),
    fonts: [...document.fonts].filter(({ status }) => status === 'loading').length,
    busy: visible(busy).map((element) => `${describe(element)}${element.hasAttribute('aria-busy') ? '[aria-busy]' : ''}`),
    loaders: visible(loaders).length,
    undefinedElements: findAll(':not(:defined)', roots).length,
    videos: findAll<HTMLVideoElement>('video', roots)
      .filter((video) => isVisible(video) && isLoading(video))
      .map(({ currentSrc }) => currentSrc),
  };
}

/** Scripts that were deferred run after the last byte of the document, and before it counts as loaded. */
function isParsing(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const isFromNetwork = /^https?:$/.test(location.protocol);
  return document.readyState === 'loading' || (isFromNetwork && navigation?.domContentLoadedEventEnd === 0);
}

/** It is asked for, and its first picture is not there; a poster stands for that. */
function isLoading(video: HTMLVideoElement): boolean {
  const { networkState, readyState, poster } = video;
  return networkState === HTMLMediaElement.NETWORK_LOADING && readyState < HTMLMediaElement.HAVE_CURRENT_DATA && poster === '';
}
