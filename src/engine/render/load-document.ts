import { reasonOf } from '../../errors/user-error.ts';
import type { WaitUntil } from '../../plan/capture.ts';
import { explainLoadFailure } from '../load-failures.ts';
import type { OpenPage } from '../page/open-page.ts';
import type { RenderJob } from '../service/parse-request.ts';
import { RenderFailure } from './failure.ts';

/** Why the address guard refused a host; undefined when it did not. */
export type RefusalOf = (hostname: string) => string | undefined;

/** How long the network is quiet before it counts as idle, and with how many requests still open. As the driver's `goto` has it. */
const idle = { networkidle0: { idleTime: 500, concurrency: 0 }, networkidle2: { idleTime: 500, concurrency: 2 } } as const;

/**
 * Begins to show the job's document, and waits as its `waitUntil` says; without one it returns as soon as the document
 * has begun to arrive. A page that answers with an error status is a page too.
 * @throws RenderFailure when there is no document to show.
 */
export async function loadDocument(opened: OpenPage, job: RenderJob, refusalOf: RefusalOf): Promise<void> {
  const { page, worlds } = opened;
  if (job.page.kind === 'html') {
    await page.setContent(job.page.html, { waitUntil: job.waitUntil === 'domcontentloaded' ? 'domcontentloaded' : 'load' });
    await waitForIdle(opened, job.waitUntil);
    return;
  }
  const { url } = job.page;
  try {
    // A document that goes on arriving for ever is never parsed to its end, which `settle` waits for with a bound.
    if (job.waitUntil !== undefined && job.waitUntil !== 'domcontentloaded') {
      await page.goto(url, { waitUntil: job.waitUntil });
      return;
    }
    const { errorText, isDownload } = await worlds.session.send('Page.navigate', { url });
    if (isDownload === true) {
      throw new Error('net::ERR_ABORTED');
    }
    if (errorText !== undefined) {
      throw new Error(errorText);
    }
  } catch (error) {
    throw explainLoad(error, opened, url, refusalOf);
  }
}

/** Waits for the network to be idle where `waitUntil` asks for that; otherwise not at all. */
export async function waitForIdle({ page }: OpenPage, waitUntil: WaitUntil | undefined): Promise<void> {
  if (waitUntil === 'networkidle0' || waitUntil === 'networkidle2') {
    await page.waitForNetworkIdle(idle[waitUntil]);
  }
}

function explainLoad(error: unknown, { network }: OpenPage, target: string, refusalOf: RefusalOf): unknown {
  const code = /net::(ERR_\w+)/.exec(reasonOf(error))?.[1];
  if (code === undefined) {
    return error;
  }
  // Redirects count: the address that could not be had is the last one that was asked for.
  const url = network.lastDocumentUrl ?? target;
  const refused = refusalOf(new URL(url).hostname);
  if (refused !== undefined) {
    return new RenderFailure('bad_request', `The page leads to an address that is not public: ${refused}.`);
  }
  return loadFailure(code === 'ERR_ABORTED' ? reasonOfAbort(network.document?.status) : code, url);
}

/** Chrome has one name for all documents that it does not show. */
function reasonOfAbort(status: number | undefined): string {
  if (status === 204 || status === 205) {
    return 'no-content';
  }
  return status === undefined ? 'ERR_ABORTED' : 'download';
}

function loadFailure(code: string, url: string): RenderFailure {
  const { message, fix } = explainLoadFailure(code, url);
  return new RenderFailure('bad_request', message, fix);
}

/** A URL for a message. Queries carry the tokens that open protected previews. */
export function withoutQuery(url: string): string {
  if (!URL.canParse(url)) {
    return url;
  }
  const { origin, protocol, pathname } = new URL(url);
  return origin === 'null' ? protocol : origin + pathname;
}

/** A page that goes elsewhere by script may end up at Chrome's own error page, which is no capture. */
export function checkNotErrorPage({ page, network }: OpenPage, job: RenderJob): void {
  if (!page.url().startsWith('chrome-error:')) {
    return;
  }
  const from = job.page.kind === 'url' ? withoutQuery(job.page.url) : 'The document';
  const to = withoutQuery(network.lastDocumentUrl ?? '');
  throw new RenderFailure(
    'bad_request',
    `${from} leads to a page that could not be loaded: ${to}.`,
    `Open ${from} in a browser on this machine, and see where its scripts or forms lead.`,
  );
}
