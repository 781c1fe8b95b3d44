import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import type { ImageSource } from '../../../../src/report/html/pictures.ts';
import { type HtmlOptions, renderHtml } from '../../../../src/report/html/render-html.ts';
import type { Report } from '../../../../src/results/model.ts';

export interface OpenOptions extends HtmlOptions {
  readonly hash?: string;
  readonly width?: number;
  readonly height?: number;
  readonly deviceScaleFactor?: number;
  readonly theme?: 'light' | 'dark';
}

/** A report in a browser tab of its own profile, opened from disk as a person would. */
export class OpenReport implements AsyncDisposable {
  readonly page: Page;
  readonly url: string;
  /** What the console, the page and the network had to complain about. Stays empty. */
  readonly problems: string[] = [];
  /** Addresses that were asked for; the file itself and its own pictures are all there may be. */
  readonly requests: string[] = [];
  readonly #context: BrowserContext;
  readonly #folder: string;

  constructor(page: Page, url: string, context: BrowserContext, folder: string) {
    this.page = page;
    this.url = url;
    this.#context = context;
    this.#folder = folder;
    page.on('console', (message) => this.problems.push(`console ${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => this.problems.push(`error: ${String(error)}`));
    page.on('dialog', (dialog) => this.problems.push(`dialog: ${dialog.message()}`));
    page.on('request', (request) => this.requests.push(request.url()));
  }

  /** Waits until the pictures of the open capture are there. */
  async settled(): Promise<void> {
    await this.page.waitForFunction(
      "document.body.classList.contains('viewing') ? document.querySelector('.stage:not([aria-busy]) > *') : document.querySelector('.overview')",
    );
  }

  async go(hash: string): Promise<void> {
    await this.page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
    await this.page.waitForFunction(`document.body.classList.contains('viewing') === ${hash.length > 1}`);
    await this.settled();
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key as 'a');
    }
    await this.settled();
  }

  /** The text of every element that is shown. Works also where the browser has not laid it out yet. */
  texts(selector: string): Promise<string[]> {
    return this.value(`(() => {
      const read = (node) => node.nodeType === Node.TEXT_NODE ? node.data : node.hidden ? '' : [...node.childNodes].map(read).join(' ');
      const shown = [...document.querySelectorAll(${JSON.stringify(selector)})].filter((element) => element.checkVisibility());
      return shown.map((element) => read(element).replace(/\\s+/g, ' ').trim());
    })()`);
  }

  async text(selector: string): Promise<string> {
    const [first] = await this.texts(selector);
    if (first === undefined) {
      throw new Error(`Nothing on the page is ${selector}.`);
    }
    return first;
  }

  /** Evaluates an expression in the page. */
  value<Value>(expression: string): Promise<Value> {
    return this.page.evaluate(expression) as Promise<Value>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
    await rm(this.#folder, { recursive: true });
  }
}

export async function openReport(
  browser: Browser,
  report: Report,
  images: ImageSource,
  options: OpenOptions = {},
): Promise<OpenReport> {
  const { hash = '', width = 1280, height = 800, deviceScaleFactor = 1, theme = 'light', ...htmlOptions } = options;
  const folder = await mkdtemp(join(tmpdir(), 'report-test-'));
  const path = join(folder, 'report.html');
  await writeFile(path, await renderHtml(report, images, htmlOptions));
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width, height, deviceScaleFactor });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
  const url = pathToFileURL(path).href;
  const opened = new OpenReport(page, url, context, folder);
  await page.goto(url + hash);
  await opened.settled();
  return opened;
}
