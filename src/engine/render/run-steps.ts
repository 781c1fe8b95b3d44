import { nameStep, type Step } from '../../plan/step.ts';
import { acrossNavigations } from '../page/across-navigations.ts';
import type { OpenPage } from '../page/open-page.ts';
import type { RenderJob } from '../service/parse-request.ts';
import { doStep } from './do-step.ts';
import { dressPage } from './dress-page.ts';
import { RenderFailure } from './failure.ts';
import { withoutQuery } from './load-document.ts';
import { pictureOfFailure } from './picture-of-failure.ts';
import { settle, type Wanted } from './settle.ts';
import { StepProblem } from './step-problem.ts';

/**
 * Does the steps of the job in order, each once the page has come to rest after the one before. What is hidden or removed
 * is so from the beginning, so that it covers nothing.
 * @returns the selector that the pointer is left on; undefined: nothing is hovered over
 * @throws RenderFailure `step_failed` with what was looked for, what was there, and its picture.
 */
export async function runSteps(
  opened: OpenPage,
  job: RenderJob,
  wanted: Wanted,
  leftMs: () => number,
): Promise<string | undefined> {
  const { steps = [] } = job.settings;
  if (steps.length === 0) {
    return undefined;
  }
  const rest = (): Promise<void> =>
    acrossNavigations(opened, async () => {
      await dressPage(opened, job);
      await settle(opened, wanted);
      await dressPage(opened, job);
    });
  // A page thinks that it is looked at only while it has the focus, and only one of several at once has it.
  await opened.worlds.session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  await opened.worlds.letAnimate(true);
  await rest();
  let hovered: string | undefined;
  for (const [index, step] of steps.entries()) {
    try {
      await doStep(opened, step, leftMs);
    } catch (error) {
      throw error instanceof StepProblem ? await asFailure(opened, error, step, `Step ${index + 1} of ${steps.length}`) : error;
    }
    hovered = step.kind === 'hover' ? step.selector : step.kind === 'click' ? undefined : hovered;
    await rest();
  }
  await opened.worlds.letAnimate(false);
  return hovered;
}

async function asFailure(opened: OpenPage, problem: StepProblem, step: Step, which: string): Promise<RenderFailure> {
  const { page } = opened;
  const where = step.at === undefined ? '' : ` (${step.at})`;
  const title = await page.title().catch(() => '');
  const shown = title === '' ? withoutQuery(page.url()) : `“${title}”, ${withoutQuery(page.url())}`;
  return new RenderFailure(
    'step_failed',
    `${which}, ${nameStep(step)}${where}: ${problem.message} The page that was shown: ${shown}.`,
    problem.fix,
    await pictureOfFailure(opened),
  );
}
