import type { Report } from './model.ts';

/** results.json: the report as it is. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
