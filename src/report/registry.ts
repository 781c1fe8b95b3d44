import type { Report } from '../results/model.ts';
import { reportPaths } from '../results/output-paths.ts';
import type { ImageSource } from './html/pictures.ts';
import { renderHtml } from './html/render-html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';

export interface ReportFile {
  /** Below the output folder. */
  readonly path: string;
  readonly render: (report: Report, images: ImageSource) => string | Promise<string>;
}

type ReportFormat = keyof typeof reportPaths;

/** A format without its reporter does not compile. */
const reporters: { readonly [Format in ReportFormat]: ReportFile['render'] } = {
  json: renderJson,
  junit: renderJunit,
  html: renderHtml,
};

/** THE list of report files, in the order in which they are written: what is most needed and cheapest comes first. */
export const reportFiles: readonly ReportFile[] = (Object.keys(reportPaths) as ReportFormat[]).map((format) => ({
  path: reportPaths[format],
  render: reporters[format],
}));
