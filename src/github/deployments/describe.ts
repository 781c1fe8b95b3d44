import { displayUrl } from '../../address/display-url.ts';
import { formatCommit, formatFew } from '../../basics/format.ts';
import { docsUrl } from '../../basics/product.ts';
import { oneLine, shorten } from '../../basics/text.ts';
import { isServed, type Served } from './choose-deployment.ts';
import { type Look, type SightingSource, sightingSources } from './look.ts';
import type { Sighting } from './sighting.ts';

/** Why there is no deployment to capture, and what to do about it; sentences both. */
export interface Missing {
  readonly detail: string;
  readonly fix: string;
}

/** What is asked for. */
export interface Wanted {
  readonly commit: string;
  readonly environment: string | undefined;
  readonly timeoutMs: number;
}

/** Deployments that are named in a sentence. */
const mostNamed = 5;
const guide = docsUrl('deployments.md');

/** `"Preview – docs" (in progress)`. Text from outside, on one line. */
export function describeSighting({ name, word, state, address }: Sighting): string {
  const lacking = state === 'ready' && address === undefined ? ', without an address' : '';
  return `${quote(name)} (${word}${lacking})`;
}

/** What was seen by now, for a line of progress: those that count, else that there are none. */
export function describeSeen(sightings: readonly Sighting[], environment: string | undefined): string {
  if (sightings.length === 0) {
    return environment === undefined ? 'no deployment yet' : `nothing called ${quote(environment)} yet`;
  }
  return formatFew(sightings.map(describeSighting), mostNamed);
}

export function explainFailed(sightings: readonly Sighting[], { commit }: Wanted): Missing {
  const links = sightings.flatMap(({ name, link }) => (link === undefined ? [] : [`${quote(name)}: ${showLink(link)}`]));
  const gone = sightings.every(({ state }) => state === 'gone');
  return {
    detail: `The deployment of commit ${formatCommit(commit)} ${gone ? 'is not served any more, or was skipped' : 'failed'}: ${formatFew(sightings.map(describeSighting), mostNamed)}.`,
    fix: `${links.length === 0 ? 'Look at the host of the deployment' : `Look at ${formatFew(links, mostNamed)}`}, and deploy the commit again. Nothing was captured.`,
  };
}

export function explainAmbiguous(sightings: readonly Served[], { commit, environment }: Wanted): Missing {
  const shown = sightings.map(({ name, address }) => `${quote(name)} at ${displayUrl(address.href)}`);
  const names = new Set(sightings.map(({ name }) => name));
  const example = sightings[0]?.name ?? '';
  return {
    detail: `Commit ${formatCommit(commit)} has ${sightings.length} deployments${
      environment === undefined ? '' : ` that ${quote(environment)} may mean`
    }: ${formatFew(shown, mostNamed)}.`,
    fix:
      names.size > 1
        ? `Say which one is meant, for example deployment: ${JSON.stringify(oneLine(example))}. Several are checked by a step, or a job of a matrix, each (${guide}).`
        : `They have the same name, so no input tells them apart: take the address from the job that deploys, and hand it over as base-url (${guide}).`,
  };
}

/** Nobody is there to be asked. */
export function explainDenied({ commit }: Wanted): Missing {
  return {
    detail: `GitHub does not let this job ask for the deployments of commit ${formatCommit(commit)}: ${listSources()} were all refused.`,
    fix: `Give the job the permission that its host needs: permissions: {contents: read, deployments: read, statuses: read, checks: read}; and pass github-token: \${{ github.token }} (${guide}).`,
  };
}

/** What is said when it has taken too long. `candidates` are those that count, of all that were seen. */
export function explainTimeout(look: Look, candidates: readonly Sighting[], wanted: Wanted): Missing {
  const { commit, environment, timeoutMs } = wanted;
  const waited = timeoutMs === 0 ? 'and none is waited for (timeout: 0)' : `within ${timeoutMs / 1000} s`;
  const what = environment === undefined ? 'deployment' : `deployment called ${quote(environment)}`;
  const others = look.sightings.filter((one) => !candidates.includes(one));
  const seen =
    candidates.length > 0
      ? ` Seen: ${formatFew(candidates.map(describeSighting), mostNamed)}.`
      : others.length > 0
        ? ` Seen, and not meant: ${formatFew(others.map(describeSighting), mostNamed)}.`
        : ' GitHub knows none.';
  const trouble = look.trouble === undefined ? '' : ` The last time GitHub did not answer everything (${look.trouble}).`;
  const refused = look.denied.length === 0 ? '' : ` This job may not ask for ${look.denied.join(' and ')}.`;
  return {
    detail: `No ${what} of commit ${formatCommit(commit)} was ready ${waited}.${seen}${refused}${trouble}`,
    fix: fixTimeout(look, candidates, wanted),
  };
}

function fixTimeout({ denied, sightings }: Look, candidates: readonly Sighting[], { environment, timeoutMs }: Wanted): string {
  const longer = `deployment: {${environment === undefined ? '' : `environment: ${JSON.stringify(environment)}, `}timeout: ${Math.max(60, (timeoutMs / 1000) * 2)}}`;
  const served = candidates.find(isServed);
  if (served !== undefined) {
    return `One is served and others of the same host are not. Say that it is meant, deployment: ${JSON.stringify(served.name)}, or wait longer, in visual-capture.yml: ${longer}.`;
  }
  if (candidates.some(({ state }) => state === 'pending')) {
    return `Wait longer, in visual-capture.yml: ${longer}. If it never ends, look at the host of the deployment (${guide}).`;
  }
  const permissions =
    denied.length === 0
      ? ''
      : `Give the job ${denied.map((source) => sightingSources[source]).join(', ')} if the host writes them. `;
  if (environment !== undefined && sightings.length > 0) {
    return `${permissions}Check the name: it is that of an environment, a commit status or a check, as GitHub shows it (${guide}).`;
  }
  return `${permissions}Check that the host deploys this commit and tells GitHub so; what each host needs is in ${guide}. If that takes longer: ${longer}.`;
}

/** For a warning at the beginning: hosts that write these will not be seen. */
export function explainPartlyDenied(denied: readonly SightingSource[]): string {
  const permissions = denied.map((source) => sightingSources[source]);
  return `This job may not ask GitHub for ${denied.join(' and ')}, so a deployment that is only told there is not found. If its host does that, add to permissions: ${permissions.join(', ')}.`;
}

function listSources(): string {
  return Object.keys(sightingSources).join(', ');
}

function quote(name: string): string {
  return `"${shorten(oneLine(name), 80)}"`;
}

function showLink(link: string): string {
  return shorten(oneLine(displayUrl(link)), 300);
}
