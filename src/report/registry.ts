import type { Report } from '../results/model.ts';
import { reportPaths } from '../results/output-paths.ts';
import type { ImageSource } from './html/pictures.ts';
import { renderHtml } from './html/render-html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';

export interface ReportFile {
  /** Below the output folder. */
  readonly path: string;
  readonly content: string;
}

type ReportFormat = keyof typeof reportPaths;

/** A format without its reporter does not compile. */
const reporters: { readonly [Format in ReportFormat]: (report: Report, images: ImageSource) => string | Promise<string> } = {
  json: renderJson,
  junit: renderJunit,
  html: renderHtml,
};

/** Renders one file after the other, so that each can be written before the next one is begun. */
export async function* renderReportFiles(report: Report, images: ImageSource): AsyncGenerator<ReportFile> {
  for (const format of Object.keys(reportPaths) as ReportFormat[]) {
    yield { path: reportPaths[format], content: await reporters[format](report, images) };
  }
}
