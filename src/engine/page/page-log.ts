import type { ConsoleMessage, Page } from 'puppeteer-core';

/** So many of each are kept: a page that fails in every frame says the same again and again. */
const kept = 20;

/** What the page's scripts complain about. */
export class PageLog {
  readonly #exceptions = new Set<string>();
  readonly #consoleErrors = new Set<string>();

  constructor(page: Page) {
    page.on('pageerror', (error) =>
      add(this.#exceptions, error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
    );
    page.on('console', (message: ConsoleMessage) => {
      // Chrome's own lines about resources are known better from the network.
      if (message.type() === 'error' && !/^Failed to load resource/.test(message.text())) {
        add(this.#consoleErrors, message.text());
      }
    });
  }

  get exceptions(): readonly string[] {
    return [...this.#exceptions];
  }

  get consoleErrors(): readonly string[] {
    return [...this.#consoleErrors];
  }
}

function add(texts: Set<string>, text: string): void {
  if (texts.size < kept) {
    texts.add(text);
  }
}
