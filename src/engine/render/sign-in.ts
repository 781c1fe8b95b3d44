import type { BrowserContext } from 'puppeteer-core';
import type { Login } from '../../plan/step.ts';
import { readCookies, type Session } from '../page/session.ts';
import type { RenderJob } from '../service/parse-request.ts';
import { loadDocument } from './load-document.ts';
import { runSteps } from './run-steps.ts';
import { openJob, type PageRules, raceCrash } from './take-picture.ts';

/** The window of a laptop, which no sign-on page is too large for. CSS pixels. */
const viewport = { width: 1280, height: 800, deviceScaleFactor: 1 };

/** The login as a job: its page, and its steps in it. */
export function jobOf({ url, steps }: Login): RenderJob {
  return { kind: 'job', page: { kind: 'url', url }, viewport, fullPage: false, format: 'png', settings: { steps }, ignored: [] };
}

/**
 * Signs in and reads what the browser keeps of it.
 * @throws RenderFailure when a step cannot be done or the page cannot be had.
 */
export async function signIn(context: BrowserContext, login: Login, rules: PageRules): Promise<Session> {
  const job = jobOf(login);
  const opened = await openJob(context, job, rules);
  return raceCrash(opened, async () => {
    await loadDocument(opened, job, rules.refusalOf);
    await runSteps(opened, job, 'everything', rules.leftMs);
    const storage = await opened.worlds.run('readStorage');
    return { origins: login.origins, cookies: await readCookies(context), storage };
  });
}
