import { defined } from '../basics/record.ts';
import type { CaptureSettings } from './capture.ts';
import type { Story } from './discovery.ts';

/** What Storybook renders a story into, since version 7 and before. */
const canvas = '#storybook-root, body > #root';

/** The same, where only what can be asked for by a selector counts: an error or a story that is missing is another state of the body. */
const shownCanvas = 'body.sb-show-main #storybook-root, body.sb-show-main > #root';

/**
 * How a story is captured: its canvas alone, once it has rendered. The built-in engine asks Storybook when that is; the
 * hosted service waits until the network is quiet, which is as much as its documented options allow. What somebody wrote
 * counts, but for `full-page`: a canvas is a part of its page.
 */
export function withStory(settings: CaptureSettings, { id }: Story, { builtIn }: { readonly builtIn: boolean }): CaptureSettings {
  const { fullPage: _, ...own } = settings;
  return builtIn
    ? { ...own, selector: own.selector ?? canvas, page: { ...own.page, story: id } }
    : { ...own, selector: own.selector ?? shownCanvas, ...defined({ waitUntil: own.waitUntil ?? 'networkidle0' }) };
}
