import { groupFailures } from '../failures.ts';
import type { CaptureReport, Report } from '../model.ts';
import { groupByTarget } from '../order.ts';
import { describeCost, describeVerdict } from '../verdict.ts';
import { type Html, html, join } from './escape.ts';

/** The pictures of a run. Paths are those of `CaptureReport.files`. */
export interface ImageSource {
  /** The bytes, or undefined when there is no such picture. */
  read(path: string): Promise<Uint8Array | undefined>;
}

/** report.html: one file with everything in it. */
export async function renderHtml(report: Report, images: ImageSource): Promise<string> {
  const verdict = describeVerdict(report);
  const groups: Html[] = [];
  for (const { name, captures } of groupByTarget(report.captures)) {
    const rendered: Html[] = [];
    for (const capture of captures) {
      rendered.push(await renderCapture(capture, images));
    }
    groups.push(html`<section><h2>${name}</h2>${join(rendered)}</section>`);
  }
  const failures = groupFailures(report).map(
    ({ failure }) => html`<li><b>${failure.code}</b>: ${failure.message} <b>Fix:</b> ${failure.fix}</li>`,
  );
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:">
<meta name="viewport" content="width=device-width"><title>${verdict.headline}</title></head>
<body><h1>${verdict.headline}</h1><p>${verdict.consequence ?? ''}</p><p>${describeCost(report)}</p><ul>${join(failures)}</ul>
${join(groups)}</body></html>
`.toString();
}

async function renderCapture(capture: CaptureReport, images: ImageSource): Promise<Html> {
  const pictures: Html[] = [];
  if (capture.status !== 'unchanged') {
    for (const [kind, path] of Object.entries(capture.files)) {
      const bytes = await images.read(path);
      if (bytes !== undefined) {
        const data = `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
        pictures.push(
          html`<figure><figcaption>${kind}</figcaption><img width="400" alt="${kind} of ${capture.id}" src="${data}"></figure>`,
        );
      }
    }
  }
  return html`<h3>${capture.status}: ${capture.viewport.name}</h3>${join(pictures)}`;
}
