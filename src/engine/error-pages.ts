/** How the error page or overlay of one framework is told from pages that only speak of errors. */
export interface ErrorPageRow {
  /** Who shows it, as people call it. */
  readonly shownBy: string;
  /**
   * CSS selectors; any of them is enough. They name markup that no page of one's own has, which says more than words do.
   * They are tried in the document and in every open shadow tree.
   */
  readonly matches: readonly string[];
  /** The source of a regular expression that the matching element's text must fit; its first group, if any, is the error. */
  readonly withText?: string;
  /** A CSS selector for the element whose text is the error: in the shadow tree or frame of the match, else around it. */
  readonly message?: string;
}

/**
 * THE table of error pages that may come with status 200. To add one: open it in a browser, pick the markup that nothing
 * else has, and give it a page in test/engine/in-page/find-error-page.test.ts. What is not visible does not count.
 */
export const errorPages: readonly ErrorPageRow[] = [
  {
    // `html_errors`: <br /><b>Fatal error</b>: … in <b>file</b> on line <b>12</b><br />
    shownBy: 'PHP',
    matches: [':has(> br + b + b + b + br)'],
    withText: '(?:Fatal error|Parse error|Recoverable fatal error):\\s+(\\S[^\\n]*)[\\s\\S]* on line \\d+',
  },
  {
    shownBy: 'PHP (Xdebug)',
    matches: ['.xdebug-error.xe-fatal-error', '.xdebug-error.xe-parse-error', '.xdebug-error.xe-recoverable-fatal-error'],
    withText: '((?:Fatal|Parse|Recoverable fatal) error:[^\\n]+)',
  },
  { shownBy: 'WordPress', matches: ['body#error-page > .wp-die-message'], message: '.wp-die-message' },
  {
    // The overlay of development. Its host, `nextjs-portal`, is always there and shows the badge of the tools.
    shownBy: 'Next.js',
    matches: ['[data-nextjs-dialog-overlay] [data-nextjs-dialog-content]', '[data-nextjs-dialog] [data-nextjs-dialog-content]'],
    message: '#nextjs__container_errors_desc',
  },
  { shownBy: 'Next.js', matches: ['html#__next_error__ > body'], message: 'h2, h1' },
  {
    shownBy: 'Next.js',
    matches: ['h2:only-child'],
    withText: '^\\s*(Application error: a (?:client|server)-side exception has occurred)',
  },
  { shownBy: 'Next.js', matches: ['h1.next-error-h1'], message: 'h1.next-error-h1 ~ div h2' },
  { shownBy: 'Nuxt', matches: ['nuxt-error-overlay'] },
  {
    // The pages that Nuxt brings for an app without an error.vue of its own.
    shownBy: 'Nuxt',
    matches: ['.antialiased.min-h-screen > h1', '.antialiased.min-h-screen > div > h1'],
    withText: '^\\s*[45]\\d\\d\\s*$',
    message: '.antialiased.min-h-screen h1 + *',
  },
  { shownBy: 'Vite', matches: ['vite-error-overlay'], message: '.message-body' },
  {
    shownBy: 'webpack-dev-server',
    matches: ['iframe#webpack-dev-server-client-overlay'],
    message: '#webpack-dev-server-client-overlay-div',
  },
  {
    shownBy: 'Rails',
    matches: ['header + #container [id^="traces"]', 'header + #container #route_table'],
    message: '.exception-message .message, .exception-message, #container > h2',
  },
  { shownBy: 'Rails', matches: ['body.rails-default-error-page .dialog'], message: '.dialog h1' },
  { shownBy: 'Django', matches: ['#summary:has(> table.meta)'], message: '#summary > .exception_value' },
  { shownBy: 'Flask (Werkzeug)', matches: ['.debugger > .detail + h2.traceback'], message: '.debugger > .detail' },
  { shownBy: 'Laravel (Ignition)', matches: ['body.scrollbar-lg > #app'], message: '#app h1, #app h2' },
  {
    shownBy: 'Laravel',
    matches: ['body.antialiased:has(h1)'],
    withText: 'LARAVEL\\s+[\\d.]+\\s+PHP\\s+[\\d.]+\\s+UNHANDLED',
    message: 'h1 ~ p',
  },
  {
    // The views of its errors, such as 500 | Server Error.
    shownBy: 'Laravel',
    matches: ['body.antialiased > .min-h-screen .text-gray-500.border-r.tracking-wider'],
    withText: '^\\s*[45]\\d\\d\\s*$',
    message: '.border-r.tracking-wider + .uppercase.tracking-wider',
  },
  { shownBy: 'Symfony', matches: ['.exception-summary .exception-message'], message: '.exception-message' },
  { shownBy: 'Storybook', matches: ['body.sb-show-errordisplay .sb-errordisplay'], message: '#error-message' },
  { shownBy: 'Storybook', matches: ['body.sb-show-nopreview .sb-nopreview'], message: '.sb-nopreview_heading' },
  { shownBy: 'Parcel', matches: ['#__parcel__error__overlay__'] },
  // What Chrome puts into a document of XML that is not well-formed.
  { shownBy: 'Chrome (XML that is not well-formed)', matches: ['parsererror'], message: 'parsererror > div' },
];
