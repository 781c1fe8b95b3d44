import { formatCommit, formatCount, formatDuration, formatPlural } from '../../basics/format.ts';
import { capitalize } from '../../basics/text.ts';
import type { Report } from '../../results/model.ts';
import { captureApiOf } from '../../services/registry.ts';
import { describeRequests } from '../verdict.ts';
import { type Html, html, join } from './escape.ts';
import { pageElements } from './page-data.ts';

/** What the run cost and how it was made, behind everything that a reviewer looks for. Works without script. */
export function renderFoot(report: Report, note: Html): Html {
  const facts = runFacts(report).map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`);
  return html`<footer id="${pageElements.footer}" class="foot">
${note}
<dl class="facts run-facts">${join(facts)}</dl>
</footer>`;
}

function runFacts({ run, service }: Report): (readonly [term: string, value: string | Html])[] {
  return [
    ...engineFacts(run.engine, service),
    ...(service.heldBackMs > 0 ? [['Held back', formatDuration(service.heldBackMs)] as const] : []),
    ...(service.possiblyBilled > 0 ? [['Possibly billed', formatPlural(service.possiblyBilled, 'lost answer')] as const] : []),
    ['Took', formatDuration(run.durationMs)],
    ['Compared with', run.baseline],
    ['Started', html`<time datetime="${run.startedAt}">${run.startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>`],
    ...(run.ci === undefined ? [] : [['Run', renderRun(run.ci)] as const]),
  ];
}

function engineFacts(engine: Report['run']['engine'], service: Report['service']): (readonly [term: string, value: string])[] {
  const billed = capitalize(`${captureApiOf(engine).billing.unit}s`);
  switch (engine) {
    case 'files':
      return [['Pictures', 'from files']];
    case 'local':
      return [
        [billed, 'none, built-in engine'],
        ['Sent', describeRequests(service)],
      ];
    default:
      return [
        [billed, formatCount(service.credits)],
        ['Sent', describeRequests(service)],
      ];
  }
}

function renderRun({ url, commit }: NonNullable<Report['run']['ci']>): Html {
  const short = formatCommit(commit);
  return /^https?:\/\//.test(url) ? html`<a href="${url}">${short}</a>` : html`${short}`;
}
