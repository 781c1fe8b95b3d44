import { defined } from '../basics/record.ts';
import type { CaptureReport, Report } from '../results/model.ts';
import { describeFindings } from './describe-findings.ts';

/** results.json: the report as it is, and what was found out about each difference in words. */
export function renderJson(report: Report): string {
  return `${JSON.stringify({ ...report, captures: report.captures.map(withExplanation) }, undefined, 2)}\n`;
}

function withExplanation(capture: CaptureReport): CaptureReport {
  const { comparison } = capture;
  return comparison === undefined
    ? capture
    : { ...capture, comparison: { ...comparison, ...defined({ explanation: describeFindings(comparison) }) } };
}
