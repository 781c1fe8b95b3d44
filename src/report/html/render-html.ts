import { createHash } from 'node:crypto';
import { formatBytes, formatPlural } from '../../basics/format.ts';
import type { Report } from '../../results/model.ts';
import { describeError } from '../../services/describe-error.ts';
import { reportPageBytes } from '../limits.ts';
import { describeVerdict } from '../verdict.ts';
import { Html, html } from './escape.ts';
import { renderFoot } from './foot.ts';
import { renderHead } from './head.ts';
import { pageScript, pageStyle } from './page.generated.ts';
import { type PageData, pageElements } from './page-data.ts';
import { type EmbeddedPictures, embedPictures, type ImageSource } from './pictures.ts';

export interface HtmlOptions {
  /** Largest size of the page in bytes, before pictures give way; see `embedPictures` for the order. */
  readonly limitBytes?: number;
  /** A command on this machine serves the page: it may speak to that and to nothing else. */
  readonly served?: boolean;
}

/**
 * report.html: one file with everything in it, that loads nothing and sends nothing. The verdict and the failures are
 * markup; the rest is built by the page's own script, which stands before the pictures so that it need not wait for
 * them.
 */
export async function renderHtml(
  report: Report,
  images: ImageSource,
  { limitBytes = reportPageBytes, served = false }: HtmlOptions = {},
): Promise<string> {
  const reportJson = JSON.stringify(report);
  const pictureBytes = Math.max(0, limitBytes - Buffer.byteLength(reportJson) * 2 - pageScript.length - pageStyle.length);
  const embedded = await embedPictures(report, images, pictureBytes);
  const data: PageData = {
    key: keyOf(reportJson),
    report,
    pictures: embedded.pictures,
    docs: findDocs(report),
    limitBytes,
    ...(served ? { served } : {}),
  };
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(served)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="visual-capture ${report.run.versions.visualCapture}">
<title>${describeVerdict(report).headline} · Visual Capture</title>
<style>${new Html(pageStyle)}</style>
</head>
<body>
${renderHead(report)}
<main id="${pageElements.app}"><noscript><p class="empty">The pictures are shown by a script, which this browser does not run. They lie beside this report, in the artifact.</p></noscript></main>
${renderFoot(report, renderLeftOut(embedded, limitBytes))}
<script type="application/json" id="${pageElements.data}">${new Html(scriptSafe(JSON.stringify(data)))}</script>
<script>${new Html(pageScript)}</script>
${new Html(embedded.elements.join('\n'))}
</body>
</html>
`.toString();
}

function findDocs({ captures, run }: Report): PageData['docs'] {
  const codes = new Set(captures.flatMap(({ error }) => error?.code ?? []));
  return Object.fromEntries(
    [...codes].flatMap((code) => {
      const { docs } = describeError(code, run.engine);
      return docs === undefined ? [] : [[code, docs]];
    }),
  );
}

/** Nothing but the page's own script and style, known by their hashes, and pictures made of its own bytes. */
function contentSecurityPolicy(served: boolean): string {
  return [
    "default-src 'none'",
    `script-src ${hashSource(pageScript)}`,
    `style-src ${hashSource(pageStyle)}`,
    'img-src blob:',
    ...(served ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** JSON that cannot end or change the state of the element it stands in. */
function scriptSafe(json: string): string {
  return json.replaceAll('<', '\\u003c');
}

/** The same run has the same key, so that marks outlive a second download. */
function keyOf(reportJson: string): string {
  return createHash('sha256').update(reportJson).digest('hex').slice(0, 16);
}

function renderLeftOut({ leftOut }: EmbeddedPictures, limitBytes: number): Html {
  if (leftOut.length === 0) {
    return html``;
  }
  return html`<p class="left-out">${formatPlural(leftOut.length, 'picture')} left out to keep this page below ${formatBytes(limitBytes)}, those of the smallest changes first. Every picture lies beside this report, in the artifact.</p>`;
}
