import { formatPlural } from '../../basics/format.ts';
import type { CaptureReport, Report } from '../../results/model.ts';
import { type FailureGroup, groupFailures } from '../failures.ts';
import { type IconName, iconPaths } from '../icons.ts';
import { formatRoute } from '../page/route.ts';
import { describeVerdict, type VerdictTone } from '../verdict.ts';
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

/** So many failures are told in full at once, so that the changes are seen without scrolling. */
const openAtOnce = 2;

/** So many failures and warnings are told here; the captures themselves tell the rest. */
const toldAtOnce = 200;

/** What must be read in ten seconds: the verdict, what failed and how to put it right. Works without script. */
export function renderHead(report: Report): Html {
  const { tone, headline, explanation, comparedWith } = describeVerdict(report);
  return html`<header id="${pageElements.header}" class="head">
<div class="verdict verdict-${tone}">
<h1>${icon(toneIcons[tone])}${headline}</h1>
${join([explanation, comparedWith].flatMap((text) => (text === undefined ? [] : [html`<p>${text}</p>`])))}
</div>
${renderFailures(groupFailures(report))}
${renderWarnings(findWarnings(report))}
</header>`;
}

function renderFailures(groups: readonly FailureGroup[]): Html {
  if (groups.length === 0) {
    return html``;
  }
  return html`<section class="failures" aria-labelledby="failures-title">
<h2 id="failures-title">What failed, and how to fix it</h2>
<ul>${join(groups.slice(0, toldAtOnce).map((group, index) => renderFailure(group, index < openAtOnce)))}</ul>
${renderMore(groups.length)}
</section>`;
}

function renderMore(count: number): Html {
  return count <= toldAtOnce
    ? html``
    : html`<p>${formatPlural(count - toldAtOnce, 'more reason')}: look at the captures below.</p>`;
}

function renderFailure({ failure, failed, skipped, docs }: FailureGroup, isOpen: boolean): Html {
  const status = failure.status === undefined ? '' : html` <span class="http">HTTP ${failure.status}</span>`;
  return html`<li class="failure"><details${isOpen ? html` open` : html``}>
<summary><h3><code>${failure.code}</code>${status}</h3> ${countCaptures([...failed, ...skipped], skipped.length)}</summary>
<p>${failure.message}</p>
<p class="fix"><strong>Fix:</strong> ${failure.fix}${docs === undefined ? '' : html` <a href="${docs}" target="_blank" rel="noopener noreferrer">Documentation</a>`}</p>
${renderCaptures([...failed, ...skipped], skipped.length)}
</details></li>`;
}

function renderWarnings(warnings: readonly Warning[]): Html {
  if (warnings.length === 0) {
    return html``;
  }
  const items = warnings.slice(0, toldAtOnce).map(
    ({ title, message, captures }) => html`<li class="warning"><details>
<summary><h3>${title}</h3> ${countCaptures(captures, 0)}</summary>
<p>${message}</p>
${renderCaptures(captures, 0)}
</details></li>`,
  );
  return html`<section class="failures" aria-labelledby="warnings-title">
<h2 id="warnings-title">What to be wary of</h2>
<ul>${join(items)}</ul>
${renderMore(warnings.length)}
</section>`;
}

/** The capture itself where there is one, else how many there are. */
function countCaptures(captures: readonly CaptureReport[], skipped: number): Html {
  const [only] = captures;
  if (captures.length === 1 && only !== undefined) {
    return html`<bdi>${only.id}</bdi>`;
  }
  return html`<span class="reach">${formatPlural(captures.length, 'capture')}${skipped === 0 ? '' : `, ${skipped} of them not tried`}</span>`;
}

/** Links to the captures; many are folded away. None stands in a summary, which is a button of its own. */
function renderCaptures(captures: readonly CaptureReport[], skipped: number): Html {
  const [only] = captures;
  if (captures.length === 1 && only !== undefined) {
    return html`<p class="names"><a href="${formatRoute({ id: only.id })}">Open the capture</a></p>`;
  }
  const links = join(captures.map(({ id }) => html`<li><a href="${formatRoute({ id })}"><bdi>${id}</bdi></a></li>`));
  return captures.length <= namedAtOnce
    ? html`<ul class="names">${links}</ul>`
    : html`<details class="more"><summary>${countCaptures(captures, skipped)}</summary><ul class="names">${links}</ul></details>`;
}

function icon(name: IconName): Html {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="${iconPaths[name]}"/></svg>`;
}
