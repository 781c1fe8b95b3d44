import type { Rect } from '../../basics/geometry.ts';
import type { MaskedElements } from '../in-page/api.ts';
import type { OpenPage } from '../page/open-page.ts';
import type { RenderJob } from '../service/parse-request.ts';
import type { FoundMasks } from './decide-masks.ts';
import { RenderFailure } from './failure.ts';

/**
 * Where the elements are, at this moment, that the job masks. `clip`: the part of the page in the picture; absent: the window.
 * @throws RenderFailure when a selector is none.
 */
export async function measureMasks({ worlds }: OpenPage, { settings, viewport }: RenderJob, clip?: Rect): Promise<FoundMasks> {
  const { maskSelectors = [] } = settings;
  const { found, window } = await worlds.run('measureMasks', maskSelectors);
  const { width, height } = viewport;
  return {
    frame: clip === undefined ? { ...window, width, height } : { ...clip, scale: 1 },
    found: found.map((one, index) => (one === 'invalid' ? refuse(maskSelectors[index]) : one)),
  };
}

function refuse(selector: string | undefined): MaskedElements {
  throw new RenderFailure(
    'bad_request',
    `mask has ${JSON.stringify(selector)}, which is not a CSS selector.`,
    'Correct it; document.querySelector in the browser’s console tells whether it is one.',
  );
}
