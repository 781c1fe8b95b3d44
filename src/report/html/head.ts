import { formatCommit, formatCount, formatDuration, formatPlural } from '../../basics/format.ts';
import { capitalize } from '../../basics/text.ts';
import type { CaptureReport, Report } from '../../results/model.ts';
import { captureApiOf } from '../../services/registry.ts';
import { type FailureGroup, groupFailures } from '../failures.ts';
import { type IconName, iconPaths } from '../icons.ts';
import { formatRoute } from '../page/route.ts';
import { describeRequests, describeVerdict, type VerdictTone } from '../verdict.ts';
import { findWarnings, type Warning } from '../warnings.ts';
import { type Html, html, join } from './escape.ts';
import { pageElements } from './page-data.ts';

const toneIcons: { readonly [Tone in VerdictTone]: IconName } = {
  failed: 'failed',
  changed: 'changed',
  passed: 'unchanged',
  empty: 'skipped',
};

/** So many captures of a failure are named at once; more are folded away. */
const namedAtOnce = 6;

/** So many failures and warnings are told here; the captures themselves tell the rest. */
const toldAtOnce = 200;

/** What must be read in ten seconds: the verdict, the cost, what failed and how to put it right. Works without script. */
export function renderHead(report: Report): Html {
  const { tone, headline, explanation, comparedWith } = describeVerdict(report);
  return html`<header id="${pageElements.header}" class="head">
<div class="verdict verdict-${tone}">
<h1>${icon(toneIcons[tone])}${headline}</h1>
${join([explanation, comparedWith].flatMap((text) => (text === undefined ? [] : [html`<p>${text}</p>`])))}
</div>
<dl class="facts run-facts">${join(runFacts(report).map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`))}</dl>
${renderFailures(groupFailures(report))}
${renderWarnings(findWarnings(report))}
</header>`;
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

function renderFailures(groups: readonly FailureGroup[]): Html {
  if (groups.length === 0) {
    return html``;
  }
  return html`<section class="failures" aria-labelledby="failures-title">
<h2 id="failures-title">What failed, and how to fix it</h2>
<ul>${join(groups.slice(0, toldAtOnce).map(renderFailure))}</ul>
${renderMore(groups.length)}
</section>`;
}

function renderMore(count: number): Html {
  return count <= toldAtOnce
    ? html``
    : html`<p>${formatPlural(count - toldAtOnce, 'more reason')}: look at the captures below.</p>`;
}

function renderFailure({ failure, failed, skipped, docs }: FailureGroup): Html {
  const status = failure.status === undefined ? '' : html` <span class="http">HTTP ${failure.status}</span>`;
  return html`<li class="failure">
<h3><code>${failure.code}</code>${status}</h3>
${renderCaptures([...failed, ...skipped], skipped.length)}
<p>${failure.message}</p>
<p class="fix"><strong>Fix:</strong> ${failure.fix}${docs === undefined ? '' : html` <a href="${docs}" target="_blank" rel="noopener noreferrer">Documentation</a>`}</p>
</li>`;
}

function renderWarnings(warnings: readonly Warning[]): Html {
  if (warnings.length === 0) {
    return html``;
  }
  const items = warnings.slice(0, toldAtOnce).map(
    ({ title, message, captures }) => html`<li class="warning">
<h3>${title}</h3>
${renderCaptures(captures, 0)}
<p>${message}</p>
</li>`,
  );
  return html`<section class="failures" aria-labelledby="warnings-title">
<h2 id="warnings-title">What to be wary of</h2>
<ul>${join(items)}</ul>
${renderMore(warnings.length)}
</section>`;
}

function renderCaptures(captures: readonly CaptureReport[], skipped: number): Html {
  const links = join(captures.map(({ id }) => html`<li><a href="${formatRoute({ id })}"><bdi>${id}</bdi></a></li>`));
  const count = `${formatPlural(captures.length, 'capture')}${skipped === 0 ? '' : `, ${skipped} of them not tried`}`;
  return captures.length <= namedAtOnce
    ? html`<ul class="names">${links}</ul>`
    : html`<details><summary>${count}</summary><ul class="names">${links}</ul></details>`;
}

function icon(name: IconName): Html {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="${iconPaths[name]}"/></svg>`;
}
