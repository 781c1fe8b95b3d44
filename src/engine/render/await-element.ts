import type { Rect } from '../../basics/geometry.ts';
import type { CoveredElement, LocatedElement } from '../in-page/api.ts';
import { acrossNavigations } from '../page/across-navigations.ts';
import { nextFrame } from '../page/next-frame.ts';
import type { OpenPage } from '../page/open-page.ts';
import { explainMissing } from './require-element.ts';
import { StepProblem } from './step-problem.ts';
import { reserveMs } from './wait-for-elements.ts';

const everyMs = 50;

/** What a step needs of its element: to be there, in the window, at the top of it, or within reach of the pointer. */
export type Need = 'there' | 'in-window' | 'at-top' | 'pointer';

type Located = Extract<LocatedElement, { kind: 'located' }>;
type NotLocated = Exclude<LocatedElement | CoveredElement, Located> | { readonly kind: 'moving' };

/**
 * Waits until the element is there as the step needs it and its box is the same in two frames, as long as the page's time
 * allows.
 * @throws StepProblem that says what was there instead.
 */
export async function awaitElement(
  opened: OpenPage,
  selector: string,
  need: Need,
  leftMs: () => number,
): Promise<Located['point']> {
  for (;;) {
    const found = await acrossNavigations(opened, () => lookTwice(opened, selector, need));
    if (found.kind === 'located') {
      return found.point;
    }
    if (found.kind === 'invalid' || leftMs() < reserveMs) {
      throw explain(found, selector);
    }
    await opened.clock.sleep(everyMs);
  }
}

async function lookTwice(opened: OpenPage, selector: string, need: Need): Promise<Located | NotLocated> {
  const first = await look(opened, selector, need);
  if (first.kind !== 'located') {
    return first;
  }
  await nextFrame(opened);
  const second = await look(opened, selector, need);
  return second.kind === 'located' && !isSame(first.box, second.box) ? { kind: 'moving' } : second;
}

function look({ worlds }: OpenPage, selector: string, need: Need): Promise<LocatedElement | CoveredElement> {
  switch (need) {
    case 'there':
      return worlds.run('findStanding', selector);
    case 'in-window':
      return worlds.run('locate', selector, 'nearest');
    case 'at-top':
      return worlds.run('locate', selector, 'start');
    case 'pointer':
      return worlds.run('locateForPointer', selector);
    default:
      return need satisfies never;
  }
}

function isSame(one: Rect, other: Rect): boolean {
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;
}

const lookAtPicture = 'Compare the selector with the picture of the page at that moment.';

function explain(found: NotLocated, selector: string): StepProblem {
  const shown = JSON.stringify(selector);
  switch (found.kind) {
    case 'moving':
      return new StepProblem(
        `What matches ${shown} moves all the time, so that nobody could point at it.`,
        'Take what moves it out of the page with style, or point at an element around it that stands still.',
      );
    case 'covered':
      return new StepProblem(
        `What matches ${shown} is covered by ${found.by}.`,
        `Close ${found.by} with a step before this one, or take it away with remove.`,
      );
    case 'disabled':
      return new StepProblem(
        `What matches ${shown} is disabled.`,
        'Add the steps that a visitor has to do before it can be used, or a wait-for for what enables it.',
      );
    case 'invalid':
    case 'missing':
    case 'hidden':
    case 'empty':
    case 'outside': {
      const { message, fix } = explainMissing(found, shown);
      const missing = `${lookAtPicture} If something must happen first, add a step for it before this one.`;
      return new StepProblem(message, fix ?? missing);
    }
    default:
      return found satisfies never;
  }
}
