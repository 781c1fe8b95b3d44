import type { Protocol } from 'puppeteer-core';
import { type Step, splitKeys } from '../../plan/step.ts';
import type { StepRefusal } from '../in-page/api.ts';
import { acrossNavigations } from '../page/across-navigations.ts';
import type { OpenPage } from '../page/open-page.ts';
import { awaitElement } from './await-element.ts';
import { StepProblem } from './step-problem.ts';

/**
 * Does one step, as a visitor would: by the events of a pointer and a keyboard.
 * @throws StepProblem when it cannot be done.
 */
export async function doStep(opened: OpenPage, step: Step, leftMs: () => number): Promise<void> {
  const { worlds, clock } = opened;
  switch (step.kind) {
    case 'click': {
      const point = await awaitElement(opened, step.selector, 'pointer', leftMs);
      await unlessReplaced(opened, () => clickAt(opened, point));
      return;
    }
    case 'hover': {
      const point = await awaitElement(opened, step.selector, 'pointer', leftMs);
      await unlessReplaced(opened, () => movePointer(opened, point));
      return;
    }
    case 'focus':
      await awaitElement(opened, step.selector, 'in-window', leftMs);
      refuse(await acrossNavigations(opened, () => worlds.run('focus', step.selector)));
      return;
    case 'fill': {
      await awaitElement(opened, step.selector, 'in-window', leftMs);
      const begun = await acrossNavigations(opened, () => worlds.run('beginFill', step.selector, step.text));
      if (typeof begun !== 'string') {
        refuse(begun);
      } else if (begun === 'type') {
        await unlessReplaced(opened, () => worlds.session.send('Input.insertText', { text: step.text }));
      } else if (begun === 'clear') {
        await unlessReplaced(opened, () => opened.page.keyboard.press('Delete'));
      }
      return;
    }
    case 'select':
      await awaitElement(opened, step.selector, 'in-window', leftMs);
      refuse(await acrossNavigations(opened, () => worlds.run('selectOption', step.selector, step.value)));
      return;
    case 'press':
      await unlessReplaced(opened, () => press(opened, step.key));
      return;
    case 'scroll-to':
      await awaitElement(opened, step.selector, 'at-top', leftMs);
      return;
    case 'wait-for':
      await awaitElement(opened, step.selector, 'there', leftMs);
      return;
    case 'wait':
      await clock.sleep(step.delayMs);
      return;
    default:
      step satisfies never;
  }
}

function refuse(refusal: StepRefusal | undefined): void {
  if (refusal !== undefined) {
    const sentence = `${refusal.refused.charAt(0).toUpperCase()}${refusal.refused.slice(1)}.`;
    throw new StepProblem(sentence, 'Correct the step, or add those before it that a visitor would have to do.');
  }
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export async function movePointer({ worlds }: OpenPage, { x, y }: Point): Promise<void> {
  await worlds.session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
}

async function clickAt(opened: OpenPage, { x, y }: Point): Promise<void> {
  await movePointer(opened, { x, y });
  const button = { x, y, button: 'left', clickCount: 1 } as const;
  const { session } = opened.worlds;
  await session.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...button });
  await session.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...button });
}

/** `Space` is the name of the key; what it says is a blank. */
async function press({ page: { keyboard } }: OpenPage, written: string): Promise<void> {
  const { held, key } = splitKeys(written) ?? { held: [], key: written };
  type Key = Parameters<typeof keyboard.press>[0];
  for (const modifier of held) {
    await keyboard.down(modifier as Key);
  }
  await keyboard.press(key as Key);
  for (const modifier of held.toReversed()) {
    await keyboard.up(modifier as Key);
  }
}

/** Chrome owes an answer to input for ever when the page goes to another process because of it. */
async function unlessReplaced({ worlds: { session } }: OpenPage, input: () => Promise<unknown>): Promise<void> {
  const replaced = Promise.withResolvers<void>();
  const watch = ({ frame }: Protocol.Page.FrameNavigatedEvent): void => {
    if (frame.parentId === undefined) {
      replaced.resolve();
    }
  };
  session.on('Page.frameNavigated', watch);
  try {
    const done = input();
    // Where the page went away, nobody waits for it.
    done.catch(() => undefined);
    await Promise.race([done, replaced.promise]);
  } finally {
    session.off('Page.frameNavigated', watch);
  }
}
