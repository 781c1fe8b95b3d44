import type { BrowserContext } from 'puppeteer-core';
import { formatFew } from '../../basics/format.ts';
import { defined } from '../../basics/record.ts';
import { isUserError, reasonOf } from '../../errors/user-error.ts';
import type { Login } from '../../plan/step.ts';
import type { PageFacts } from '../../results/page-facts.ts';
import type { Clock } from '../../system/ports.ts';
import { Semaphore } from '../../system/semaphore.ts';
import { BrowserLost, type SharedBrowser } from '../browser/shared-browser.ts';
import type { AcceptCertificatesOf } from '../page/accept-certificates.ts';
import { type OpenPage, PageCrashed } from '../page/open-page.ts';
import type { Session } from '../page/session.ts';
import type { RenderJob } from '../service/parse-request.ts';
import { type Refusal, refusal } from '../service/refusal.ts';
import { RenderFailure } from './failure.ts';
import { type RefusalOf, withoutQuery } from './load-document.ts';
import { RenderBudget } from './render-budget.ts';
import type { HeadersFor } from './send-headers.ts';
import { signIn } from './sign-in.ts';
import { type PageRules, takePicture } from './take-picture.ts';

export interface RenderedPicture {
  readonly kind: 'picture';
  readonly contentType: 'image/png' | 'image/jpeg';
  readonly bytes: Uint8Array;
  readonly facts: PageFacts;
}

export interface RendererOptions {
  readonly browser: SharedBrowser;
  readonly clock: Clock;
  readonly renderBudgetMs: number;
  /** Pictures drawn at once. */
  readonly drawAtOnce: number;
  readonly refusalOf: RefusalOf;
  readonly headersFor: HeadersFor;
  /** Default: of no host. */
  readonly acceptCertificatesOf?: AcceptCertificatesOf;
}

/** Renders one job. The signal ends it early; the answer is then of no interest to anybody. */
export type Render = (job: RenderJob, signal: AbortSignal) => Promise<RenderedPicture | Refusal>;

export interface Renderer {
  readonly render: Render;
  /** Signs in; every capture that is rendered from then on is signed in. Undefined: it was done. */
  readonly signIn: (login: Login, signal: AbortSignal) => Promise<Refusal | undefined>;
}

export function createRenderer(options: RendererOptions): Renderer {
  const inPage = createPageWork(options);
  let session: Session | undefined;
  return {
    render: async (job, signal) => {
      const taken = await inPage((context, rules) => takePicture(context, job, { ...rules, session: () => session }), signal);
      return 'kind' in taken
        ? taken
        : { kind: 'picture', contentType: job.format === 'png' ? 'image/png' : 'image/jpeg', ...taken };
    },
    signIn: async (login, signal) => {
      const done = await inPage((context, rules) => signIn(context, login, { ...rules, session: () => undefined }), signal);
      if ('kind' in done) {
        return done;
      }
      session = done;
      return undefined;
    },
  };
}

type PageTask<T> = (context: BrowserContext, rules: Omit<PageRules, 'session'>) => Promise<T>;

/** Does work in a fresh context within the render budget; what keeps it from its end becomes a refusal. */
function createPageWork({
  browser,
  clock,
  renderBudgetMs,
  drawAtOnce,
  refusalOf,
  headersFor,
  acceptCertificatesOf,
}: RendererOptions): <T>(task: PageTask<T>, signal: AbortSignal) => Promise<T | Refusal> {
  const drawing = new Semaphore(drawAtOnce);
  return async (task, signal) => {
    const done = new AbortController();
    const over = new AbortController();
    const budget = new RenderBudget(renderBudgetMs, clock);
    let opened: OpenPage | undefined;
    const onOpen = (page: OpenPage): void => {
      opened = page;
    };
    const takeTurn = (): Promise<Disposable> => budget.without(() => drawing.take());
    const leftMs = (): number => budget.leftMs();
    const rules = { refusalOf, headersFor, clock, leftMs, takeTurn, onOpen, ...defined({ acceptCertificatesOf }) };
    budget.whenOver(done.signal).then(
      () => over.abort(new RenderFailure('render_timeout', describeHang(renderBudgetMs, opened))),
      () => undefined,
    );
    const stopped = AbortSignal.any([signal, over.signal]);
    const attempt = () => browser.run((context) => unlessAborted(task(context, rules), stopped));
    try {
      return await unlessAborted(repeatOnceAfterCrash(attempt), stopped);
    } catch (error) {
      return asRefusal(error);
    } finally {
      done.abort();
    }
  };
}

/** So many addresses are named. */
const namedUrls = 3;

/** What a page was busy with when its time was over. */
function describeHang(budgetMs: number, opened: OpenPage | undefined): string {
  const urls = opened?.network.openUrls(() => true).map(withoutQuery) ?? [];
  const open = urls.length === 0 ? 'Its scripts did not come to an end.' : `Still loading: ${formatFew(urls, namedUrls)}.`;
  return `The page was not ready within ${budgetMs / 1000} s. ${open}`;
}

/** A renderer may have been the victim of a passing lack of memory, so a crashed page gets a second chance. */
async function repeatOnceAfterCrash<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof PageCrashed)) {
      throw error;
    }
    return attempt();
  }
}

/** The work's result, or the signal's reason as soon as it aborts. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const stop = Promise.withResolvers<never>();
  const abort = (): void => stop.reject(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    if (signal.aborted) {
      abort();
    }
    return await Promise.race([work, stop.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof RenderFailure) {
    return { ...refusal(error.code, error.message, undefined, error.fix), ...defined({ picture: error.picture }) };
  }
  // Both may well be the page's fault, so the capture is repeated once at most: that is what render_timeout means.
  if (error instanceof PageCrashed) {
    return refusal('render_timeout', 'The page crashed while it was rendered.');
  }
  if (error instanceof BrowserLost) {
    return refusal('render_timeout', `The page could not be rendered: ${error.message}.`);
  }
  if (isUserError(error)) {
    return refusal('engine_unavailable', error.message);
  }
  return refusal('internal_error', reasonOf(error));
}
