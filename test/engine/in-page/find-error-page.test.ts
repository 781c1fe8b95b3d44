import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorPages } from '../../../src/engine/error-pages.ts';
import type { InPage } from '../../../src/engine/in-page/api.ts';
import { isolatedScript } from '../../../src/engine/page/in-page.generated.ts';
import { launchTestBrowser } from '../../helpers/test-browser.ts';

declare const visualCapture: InPage;

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchTestBrowser();
  page = await browser.newPage();
});

afterAll(() => browser.close());

async function find(html: string): Promise<ReturnType<InPage['findErrorPage']>> {
  await page.goto('about:blank');
  await page.setContent(html);
  return look();
}

async function look(): Promise<ReturnType<InPage['findErrorPage']>> {
  await page.evaluate(isolatedScript);
  return page.evaluate((rows) => visualCapture.findErrorPage(rows), errorPages);
}

/** A page whose element of that name has an open shadow tree. */
const withShadow = (name: string, shadow: string): string =>
  `<p>app</p><${name}></${name}><script>
    document.querySelector('${name}').attachShadow({ mode: 'open' }).innerHTML = ${JSON.stringify(shadow)};
  </script>`;

/** In the words of this test, in the markup of the framework. */
const pages: readonly [shownBy: string, message: string | undefined, html: string][] = [
  [
    'PHP',
    'Uncaught Error: no such function f() in /srv/shop.php:7',
    '<h1>Shop</h1><br />\n<b>Fatal error</b>:  Uncaught Error: no such function f() in /srv/shop.php:7\nStack trace:\n#0 {main}\n  thrown in <b>/srv/shop.php</b> on line <b>7</b><br />',
  ],
  [
    'PHP',
    'syntax error, unexpected token in /srv/shop.php',
    '<br />\n<b>Parse error</b>:  syntax error, unexpected token in <b>/srv/shop.php</b> on line <b>12</b><br />',
  ],
  [
    'PHP (Xdebug)',
    'Fatal error: Uncaught Error: gone in /srv/shop.php on line 3',
    "<br /><font size='1'><table class='xdebug-error xe-fatal-error' dir='ltr'><tr><th><span>( ! )</span> Fatal error: Uncaught Error: gone in /srv/shop.php on line <i>3</i></th></tr>\n<tr><th>Call Stack</th></tr></table></font>",
  ],
  [
    'WordPress',
    'There has been a problem.',
    '<body id="error-page"><div class="wp-die-message"><p>There has been a problem.</p></div></body>',
  ],
  [
    'Next.js',
    'Error: boom',
    withShadow(
      'nextjs-portal',
      '<div data-nextjs-dialog-overlay style="position: fixed; inset: 0"><div data-nextjs-dialog role="dialog"><div data-nextjs-dialog-content><div data-nextjs-dialog-header>Runtime Error</div><p id="nextjs__container_errors_desc">Error: boom</p></div></div></div>',
    ),
  ],
  ['Next.js', 'It broke.', '<html id="__next_error__"><body><div><h2>It broke.</h2></div></body></html>'],
  [
    'Next.js',
    'Application error: a client-side exception has occurred',
    '<div style="height: 100vh"><div><h2>Application error: a client-side exception has occurred while loading shop.example (see the browser console).</h2></div></div><script></script>',
  ],
  [
    'Next.js',
    'Not here.',
    '<div id="__next"><h1 class="next-error-h1">404</h1><div style="display: inline-block"><h2>Not here.</h2></div></div>',
  ],
  ['Nuxt', undefined, withShadow('nuxt-error-overlay', '<iframe style="position: fixed; inset: 0"></iframe>')],
  [
    'Nuxt',
    'Something went wrong',
    '<div id="__nuxt"><div class="font-sans antialiased bg-white min-h-screen flex"><div class="fixed spotlight"></div><h1 class="text-6xl">500</h1><p>Something went wrong</p></div></div>',
  ],
  [
    'Nuxt',
    'Page not found',
    '<div id="__nuxt"><div class="antialiased font-sans grid min-h-screen"><div class="max-w-520px"><h1>404</h1><h2>Page not found</h2></div></div></div>',
  ],
  [
    'Vite',
    '[plugin:css] Unexpected brace',
    withShadow(
      'vite-error-overlay',
      '<div class="backdrop" style="position: fixed; inset: 0"><div class="window"><pre class="message"><span class="message-body">[plugin:css]\n Unexpected brace</span></pre></div></div>',
    ),
  ],
  [
    'webpack-dev-server',
    'Compiled with problems: ERROR in ./a.js',
    `<iframe id="webpack-dev-server-client-overlay" src="about:blank" style="position: fixed; inset: 0"></iframe><script>
      document.querySelector('iframe').contentDocument.body.innerHTML = '<div id="webpack-dev-server-client-overlay-div">Compiled with problems: <b>ERROR in ./a.js</b></div>';
    </script>`,
  ],
  [
    'Rails',
    'undefined method `x’',
    '<header role="banner"><h1>NoMethodError in Shop#index</h1></header><main role="main" id="container"><div class="exception-message"><div class="message">undefined method `x’</div></div><div id="traces-0">app/x.rb:1</div></main>',
  ],
  [
    'Rails',
    'We are sorry.',
    '<body class="rails-default-error-page"><div class="dialog"><div><h1>We are sorry.</h1></div></div></body>',
  ],
  [
    'Django',
    'name ‘x’ is not defined',
    '<header id="summary"><h1>NameError at /</h1><pre class="exception_value">name ‘x’ is not defined</pre><table class="meta"><tr><th>Method</th></tr></table></header><main id="traceback">…</main>',
  ],
  [
    'Flask (Werkzeug)',
    'KeyError: ‘x’',
    '<div class="debugger"><h1>KeyError</h1><div class="detail"><p class="errormsg">KeyError: ‘x’</p></div><h2 class="traceback">Traceback</h2></div>',
  ],
  [
    'Laravel (Ignition)',
    'Undefined variable $x',
    '<html class="auto"><body class="scrollbar-lg antialiased"><div id="app"><h1>Undefined variable $x</h1></div></body></html>',
  ],
  [
    'Laravel',
    'Undefined variable $x',
    '<body class="font-sans antialiased"><div><h1 class="text-3xl">ErrorException</h1><p>Undefined variable $x</p></div><div><span>LARAVEL</span> <span>12.1.0</span> <span>PHP</span> <span>8.4.1</span> <span>UNHANDLED</span></div></body>',
  ],
  [
    'Laravel',
    'Server Error',
    '<body class="antialiased"><div class="relative flex min-h-screen"><div class="max-w-xl"><div class="flex"><div class="px-4 text-lg text-gray-500 border-r tracking-wider"> 500 </div><div class="ml-4 uppercase tracking-wider"> Server Error </div></div></div></div></body>',
  ],
  [
    'Symfony',
    'No route found',
    '<div class="exception-summary"><div class="exception-message-wrapper"><h1 class="exception-message">No route found</h1></div></div>',
  ],
  [
    'Storybook',
    'x is not a function',
    '<body class="sb-show-errordisplay"><div class="sb-errordisplay sb-wrapper"><pre id="error-message">x is not a function</pre></div></body>',
  ],
  [
    'Storybook',
    'No Preview',
    '<body class="sb-show-nopreview"><div class="sb-nopreview sb-wrapper"><h1 class="sb-nopreview_heading">No Preview</h1></div></body>',
  ],
  ['Parcel', undefined, '<p>app</p><div id="__parcel__error__overlay__" style="position: fixed; inset: 0">Build failed</div>'],
];

test.each(pages)('the error page of %s is known, with its message: %s', async (shownBy, message, html) => {
  expect(await find(html)).toEqual({ shownBy, ...(message === undefined ? {} : { message }) });
});

test('every row of the table has its page here, but for the one of Chrome itself', () => {
  const shown = new Set(pages.map(([shownBy]) => shownBy));
  expect(errorPages.map(({ shownBy }) => shownBy).filter((name) => !shown.has(name))).toEqual([
    'Chrome (XML that is not well-formed)',
  ]);
});

test('what Chrome puts into a document that is not well-formed is known', async () => {
  await page.goto(
    `data:application/xhtml+xml,${encodeURIComponent('<html xmlns="http://www.w3.org/1999/xhtml"><body><p></body></html>')}`,
  );
  expect(await look()).toMatchObject({ shownBy: 'Chrome (XML that is not well-formed)' });
});

test.each([
  [
    'an article about errors',
    '<article><h1>Fatal error: what now?</h1><p>PHP says <b>Fatal error</b>: Uncaught Error in <b>a.php</b> on line <b>12</b>.</p><pre>Application error: a client-side exception has occurred</pre></article>',
  ],
  ['an overlay that is hidden', '<p>app</p><vite-error-overlay style="display: none">broken</vite-error-overlay>'],
  [
    'an overlay that is transparent',
    '<p>app</p><vite-error-overlay style="position: fixed; inset: 0; opacity: 0">broken</vite-error-overlay>',
  ],
  ['the badge of Next.js', withShadow('nextjs-portal', '<div data-nextjs-toast>1 issue</div>')],
  [
    'a Storybook that shows its story',
    '<body class="sb-show-main"><div class="sb-errordisplay" style="display: none"><pre id="error-message"></pre></div><div id="storybook-root">Button</div></body>',
  ],
  [
    'a landing page in Tailwind',
    '<body class="antialiased"><div class="min-h-screen"><h1 class="text-3xl font-semibold">Ship faster</h1><p class="font-light">With 500 templates</p></div></body>',
  ],
  [
    'a summary of one’s own',
    '<div id="summary"><h1>Summary</h1><table><tr><td>1</td></tr></table></div><main id="info">Info</main>',
  ],
])('%s is no error page', async (_, html) => {
  expect(await find(html)).toBeUndefined();
});
