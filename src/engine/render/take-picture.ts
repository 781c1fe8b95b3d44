import type { BrowserContext } from 'puppeteer-core';
import type { Rect } from '../../basics/geometry.ts';
import { defined } from '../../basics/record.ts';
import type { PageFacts, PageWarning } from '../../results/page-facts.ts';
import type { Clock } from '../../system/ports.ts';
import { type AcceptCertificatesOf, acceptCertificates } from '../page/accept-certificates.ts';
import { acrossNavigations } from '../page/across-navigations.ts';
import { crashOf, type OpenPage, openPage } from '../page/open-page.ts';
import { type Session, signedIn } from '../page/session.ts';
import type { RenderJob } from '../service/parse-request.ts';
import { awaitStory } from './await-story.ts';
import { collectFacts } from './collect-facts.ts';
import { decideMasks, type FoundMasks } from './decide-masks.ts';
import { movePointer } from './do-step.ts';
import { dressPage } from './dress-page.ts';
import { checkNotErrorPage, loadDocument, type RefusalOf, waitForIdle } from './load-document.ts';
import { measureMasks } from './measure-masks.ts';
import { requireElement } from './require-element.ts';
import { runSteps } from './run-steps.ts';
import { type HeadersFor, sendHeaders } from './send-headers.ts';
import { settle, type Unsettled, type Wanted } from './settle.ts';
import { showMissingText } from './show-missing-text.ts';
import { takeSteadyPicture } from './steady-picture.ts';
import { stopMotion } from './stop-motion.ts';
import { waitForElements } from './wait-for-elements.ts';
import { type Drawing, describeWholePage, enlargeWindow, scrollThrough } from './whole-page.ts';

export interface PageRules {
  readonly refusalOf: RefusalOf;
  readonly headersFor: HeadersFor;
  /** Absent: of no host. */
  readonly acceptCertificatesOf?: AcceptCertificatesOf;
  readonly clock: Clock;
  /** What is left of the page's time, in milliseconds. */
  readonly leftMs: () => number;
  /** Pages wait for their network side by side; drawing takes a core, and a turn. */
  readonly takeTurn: () => Promise<Disposable>;
  /** What the login of the run came to; undefined: there was none. */
  readonly session: () => Session | undefined;
  /** Told of the page as soon as there is one, so that a page that hangs can be described. */
  readonly onOpen: (opened: OpenPage) => void;
}

export interface TakenPicture {
  /** A PNG or JPEG: the viewport, the whole page or the element in device pixels. */
  readonly bytes: Uint8Array;
  readonly facts: PageFacts;
}

/**
 * Renders the job in the context and takes its picture.
 * @throws RenderFailure when the page cannot be had or is not as the job says; PageCrashed; an error of the driver when
 * the browser is gone.
 */
export async function takePicture(context: BrowserContext, job: RenderJob, rules: PageRules): Promise<TakenPicture> {
  const own = await signedIn(context, job, rules.session());
  const opened = await openJob(context, own, rules);
  return raceCrash(opened, () => render(opened, own, rules));
}

/** The work in the page. @throws PageCrashed as soon as its process ends. */
export function raceCrash<T>({ page }: OpenPage, work: () => Promise<T>): Promise<T> {
  return Promise.race([crashOf(page), work()]);
}

/** An empty page that may ask for what the job shows. */
export async function openJob(context: BrowserContext, job: RenderJob, rules: PageRules): Promise<OpenPage> {
  const opened = await openPage(context, job, rules.clock);
  rules.onOpen(opened);
  if (job.page.kind === 'url') {
    const { acceptCertificatesOf } = rules;
    // Elsewhere Chrome tells more exactly what is wrong.
    if (acceptCertificatesOf?.(new URL(job.page.url).hostname) === true) {
      await acceptCertificates(opened.worlds.session, acceptCertificatesOf);
    }
    await sendHeaders(opened.page, new URL(job.page.url), rules.headersFor);
  }
  return opened;
}

async function render(opened: OpenPage, job: RenderJob, rules: PageRules): Promise<TakenPicture> {
  await loadDocument(opened, job, rules.refusalOf);
  await awaitStory(opened, job, rules.leftMs);
  const hovered = await runSteps(opened, job, wantedBy(job), rules.leftMs);
  return acrossNavigations(opened, async () => {
    const ready = await makeReady(opened, job, hovered, rules);
    using _turn = await rules.takeTurn();
    const masked = job.settings.maskSelectors ?? [];
    const measure = async (): Promise<FoundMasks[]> =>
      masked.length === 0 ? [] : [await measureMasks(opened, job, ready.drawing.clip)];
    const before = await measure();
    const picture = await takeSteadyPicture(
      opened,
      {
        format: job.format,
        ...defined({ quality: job.quality, clip: ready.drawing.clip }),
        beyondWindow: ready.drawing.kind === 'beyond-window',
      },
      job.viewport.deviceScaleFactor,
    );
    const masks = masked.length === 0 ? undefined : decideMasks(masked, [...before, ...(await measure())]);
    checkNotErrorPage(opened, job);
    const moving = picture.moving.length === 0 ? [] : [{ kind: 'still-moving', places: picture.moving } as const];
    const facts = await collectFacts(opened, job, [...ready.warnings, ...moving, ...(masks?.warnings ?? [])]);
    return { bytes: picture.bytes, facts: { ...facts, ...defined({ masks: masks?.boxes }) } };
  });
}

interface Ready {
  readonly drawing: Drawing;
  readonly warnings: readonly PageWarning[];
}

/** Brings the page to the state that it is captured in: everything there, nothing moving, as a visitor finds it. */
async function makeReady(
  opened: OpenPage,
  job: RenderJob,
  hovered: string | undefined,
  rules: Pick<PageRules, 'leftMs'>,
): Promise<Ready> {
  const wanted = wantedBy(job);
  if (hovered === undefined) {
    movePointerAway(opened);
  }
  await hoverAgain(opened, hovered);
  await dressPage(opened, job);
  await waitForElements(opened, job, rules.leftMs);
  const unsettled = await settle(opened, wanted);
  await opened.clock.sleep(job.settings.delayMs ?? 0);
  await dressPage(opened, job);
  const scripts = await showMissingText(opened);
  const part = (await showsPart(opened, job)) ? await preparePart(opened, job, wanted) : undefined;
  await stopMotion(opened);
  if (part === undefined) {
    return {
      drawing: { kind: 'in-window', clip: undefined },
      warnings: [...describeUnsettled(unsettled), ...describeMissing(scripts)],
    };
  }
  const enlarged = await enlargeWindow(opened, await part.measure(), job);
  await hoverAgain(opened, hovered);
  await waitForIdle(opened, job.waitUntil);
  const stillUnsettled = await settle(opened, wanted);
  await dressPage(opened, job);
  const allScripts = [...new Set([...scripts, ...(await showMissingText(opened))])];
  await stopMotion(opened);
  await opened.worlds.run('pin');
  // What came into view may have moved the rest.
  const drawing = { ...enlarged, clip: await part.measure() };
  return {
    drawing,
    warnings: [...describeUnsettled(stillUnsettled), ...describeMissing(allScripts), ...(await part.describe(drawing))],
  };
}

/**
 * Whether the picture shows a part of the page, which may lie beyond the window. A story that renders a dialog beside its
 * canvas leaves that empty, and is to be seen in the window.
 */
async function showsPart({ worlds }: OpenPage, { selector, fullPage, settings }: RenderJob): Promise<boolean> {
  if (selector === undefined || settings.story === undefined) {
    return selector !== undefined || fullPage;
  }
  return (await worlds.run('findElement', selector)).kind !== 'empty';
}

/** Chrome's pointer is in the upper left corner, where it would hover over a logo or open a menu. No document has to answer. */
function movePointerAway({ worlds }: OpenPage): void {
  worlds.session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x: -1, y: -1 }).catch(() => undefined);
}

/** Once the page was scrolled under the pointer, or its window enlarged, what was hovered over is elsewhere. */
async function hoverAgain(opened: OpenPage, hovered: string | undefined): Promise<void> {
  const found = hovered === undefined ? undefined : await opened.worlds.run('findStanding', hovered);
  if (found?.kind === 'located') {
    await movePointer(opened, found.point);
  }
}

/** A part of the page that may lie beyond the window. */
interface Part {
  readonly measure: () => Promise<Rect>;
  readonly describe: (drawing: Drawing) => Promise<readonly PageWarning[]>;
}

async function preparePart(opened: OpenPage, job: RenderJob, wanted: Wanted): Promise<Part> {
  const { worlds } = opened;
  const { selector, viewport } = job;
  if (selector !== undefined) {
    // Steps may have scrolled; the box of an element is measured from the top of the page.
    await worlds.run('scrollTo', 0);
    return { measure: () => requireElement(opened, selector), describe: async () => [] };
  }
  const scrolled = await scrollThrough(opened, wanted, viewport.deviceScaleFactor);
  const grown = await worlds.run('growScroller');
  return {
    measure: async () => {
      const { page } = await worlds.run('measurePage');
      return { ...page, height: Math.min(page.height, scrolled.cutAtPx) };
    },
    describe: async (drawing) => [
      ...(await describeWholePage(opened, scrolled, drawing)),
      ...(grown.kind === 'stays' ? [{ kind: 'scrolls-inside', element: grown.element } as const] : []),
    ],
  };
}

/** What is waited for besides the event of `waitUntil`, which means what it means to who sets it. */
function wantedBy({ waitUntil }: RenderJob): Wanted {
  switch (waitUntil) {
    case undefined:
      return 'everything';
    case 'networkidle0':
      return 'requests';
    case 'networkidle2':
    case 'load':
      return 'pictures';
    case 'domcontentloaded':
      return 'fonts';
    default:
      return waitUntil satisfies never;
  }
}

function describeUnsettled({ urls, elements }: Unsettled): PageWarning[] {
  return [
    ...(urls.length === 0 ? [] : [{ kind: 'still-loading', urls } as const]),
    ...(elements.length === 0 ? [] : [{ kind: 'still-busy', elements } as const]),
  ];
}

function describeMissing(scripts: readonly string[]): PageWarning[] {
  return scripts.length === 0 ? [] : [{ kind: 'missing-glyphs', scripts }];
}
