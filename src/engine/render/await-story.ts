import type { StoryState } from '../in-page/api.ts';
import { acrossNavigations } from '../page/across-navigations.ts';
import type { OpenPage } from '../page/open-page.ts';
import type { RenderJob } from '../service/parse-request.ts';
import { RenderFailure } from './failure.ts';
import { pictureOfFailure } from './picture-of-failure.ts';
import { reserveMs } from './wait-for-elements.ts';

const everyMs = 50;

/**
 * Waits until Storybook has rendered the story of the job and its play function is done, as long as the page's time allows.
 * @throws RenderFailure `page_error` with what Storybook says of a story that failed or that there is not.
 */
export async function awaitStory(opened: OpenPage, { settings }: RenderJob, leftMs: () => number): Promise<void> {
  const { story } = settings;
  if (story === undefined) {
    return;
  }
  const { worlds, clock } = opened;
  // Play functions use the page as people do: they move the focus, and wait for what fades in.
  await worlds.session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  await worlds.letAnimate(true);
  for (;;) {
    const state = await acrossNavigations(opened, () => worlds.readStory());
    if (state.kind === 'rendered') {
      break;
    }
    const failure = describeState(state, story, opened, leftMs() < reserveMs);
    if (failure !== undefined) {
      throw new RenderFailure('page_error', failure.message, failure.fix, await pictureOfFailure(opened));
    }
    await clock.sleep(everyMs);
  }
  await worlds.letAnimate(false);
}

/** Undefined: it may still be rendered. */
function describeState(
  state: Exclude<StoryState, { kind: 'rendered' }>,
  story: string,
  { network }: OpenPage,
  isLate: boolean,
): { readonly message: string; readonly fix: string } | undefined {
  const status = network.document?.status ?? 200;
  switch (state.kind) {
    case 'failed':
      return {
        message: `${state.what}${state.message === '' ? '' : `: ${state.message}`}${/[.!?…]$/.test(state.message) ? '' : '.'}`,
        fix: `Open the story ${story} in Storybook, and correct what it shows there. If the story is not to be captured, tag it skip-visual or leave it out with exclude.`,
      };
    case 'missing':
      return {
        message: `The Storybook has no story with the id ${story}.`,
        fix: 'Take the target out, or correct its id: Storybook shows it in the address of the story.',
      };
    case 'waiting':
      if (state.phase === undefined && status >= 400) {
        return {
          message: `The canvas of the story answered with HTTP ${status}.`,
          fix: 'Check that the whole Storybook was deployed, with its iframe.html.',
        };
      }
      return isLate ? describeLate(state.phase, story) : undefined;
    default:
      return state satisfies never;
  }
}

function describeLate(phase: string | undefined, story: string): { readonly message: string; readonly fix: string } {
  return phase === undefined
    ? {
        message: 'The page that should show the story is no canvas of a Storybook.',
        fix: 'Open the address in a browser: a sign-on page may stand in its place, or a script that does not load.',
      }
    : {
        message: `The story was not rendered in time: Storybook was still at ${phase}.`,
        fix: `Open the story ${story} in Storybook. What its loaders and its play function wait for must come within the render budget.`,
      };
}
