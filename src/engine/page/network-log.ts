import type { CDPSession, Frame, HTTPRequest, HTTPResponse, Page, ResourceType } from 'puppeteer-core';
import type { FailedResource, PageDocumentFacts } from '../../results/page-facts.ts';

/** Requests that are open as long as the page is, or that nothing in the picture depends on. Videos are asked in the page. */
const notWaitedFor: ReadonlySet<ResourceType> = new Set([
  'eventsource',
  'websocket',
  'ping',
  'cspviolationreport',
  'media',
  'manifest',
  'preflight',
]);

const kinds: Readonly<Partial<Record<ResourceType, FailedResource['kind']>>> = {
  image: 'image',
  stylesheet: 'stylesheet',
  script: 'script',
  font: 'font',
  document: 'frame',
  media: 'media',
};

/** What a page has asked the network for. */
export class NetworkLog {
  readonly #open = new Set<HTTPRequest>();
  readonly #failed = new Map<string, FailedResource>();
  readonly #mainFrame: Frame;
  #document: HTTPResponse | undefined;
  /** Grows with everything that begins or arrives. */
  #activity = 0;
  #navigations = 0;
  #lastDocumentUrl: string | undefined;

  constructor(page: Page, session: CDPSession) {
    this.#mainFrame = page.mainFrame();
    page.on('request', (request) => this.#begin(request));
    page.on('response', (response) => this.#answer(response));
    page.on('requestfinished', (request) => this.#end(request));
    page.on('requestfailed', (request) => this.#fail(request));
    // Not the driver's event, which also tells of a new fragment or state of the same document.
    session.on('Page.frameNavigated', ({ frame }) => (frame.parentId === undefined ? this.#navigate() : undefined));
    page.on('framedetached', () => this.#dropDetached());
  }

  get activity(): number {
    return this.#activity;
  }

  /** How many documents the main frame has shown. */
  get navigations(): number {
    return this.#navigations;
  }

  /** The address that the main frame asked for last; redirects count. */
  get lastDocumentUrl(): string | undefined {
    return this.#lastDocumentUrl;
  }

  /** What the main frame shows. */
  get document(): PageDocumentFacts | undefined {
    const response = this.#document;
    const contentType = response?.headers()['content-type'];
    return response === undefined
      ? undefined
      : { url: response.url(), status: response.status(), ...(contentType === undefined ? {} : { contentType }) };
  }

  get failed(): readonly FailedResource[] {
    // In an order that does not depend on which came first.
    return [...this.#failed.values()].sort((one, other) => (one.url < other.url ? -1 : 1));
  }

  /** Addresses of what was asked for and has not arrived. */
  openUrls(wanted: (type: ResourceType) => boolean): string[] {
    return [...this.#open].filter((request) => wanted(request.resourceType())).map((request) => request.url());
  }

  #begin(request: HTTPRequest): void {
    if (this.#isMainDocument(request)) {
      this.#lastDocumentUrl = request.url();
    }
    if (!notWaitedFor.has(request.resourceType()) && /^https?:/.test(request.url())) {
      this.#activity += 1;
      this.#open.add(request);
    }
  }

  #answer(response: HTTPResponse): void {
    const request = response.request();
    const status = response.status();
    if (this.#isMainDocument(request)) {
      this.#document = response;
    } else if (status >= 400) {
      this.#note(request, String(status));
    }
  }

  #end(request: HTTPRequest): void {
    this.#activity += this.#open.delete(request) ? 1 : 0;
  }

  #fail(request: HTTPRequest): void {
    this.#end(request);
    const reason = request.failure()?.errorText ?? 'net::ERR_FAILED';
    // What a page drops by itself, or leaves behind, is no failure; its document is told as such.
    if (reason !== 'net::ERR_ABORTED' && !this.#isMainDocument(request)) {
      this.#note(request, reason);
    }
  }

  #note(request: HTTPRequest, reason: string): void {
    const url = request.url();
    // Every browser asks for it, and no page shows it.
    if (!/\/favicon\.ico$/.test(new URL(url).pathname)) {
      this.#failed.set(url, { kind: kinds[request.resourceType()] ?? 'request', url, reason });
    }
  }

  /** A new document has nothing to do with what the one before has asked for. */
  #navigate(): void {
    this.#navigations += 1;
    this.#activity += 1;
    this.#failed.clear();
    for (const request of this.#open) {
      if (!this.#isMainDocument(request)) {
        this.#open.delete(request);
      }
    }
  }

  #dropDetached(): void {
    for (const request of this.#open) {
      if (request.frame()?.detached === true) {
        this.#open.delete(request);
      }
    }
  }

  #isMainDocument(request: HTTPRequest): boolean {
    return request.isNavigationRequest() && request.frame() === this.#mainFrame;
  }
}
