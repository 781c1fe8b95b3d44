import { isLoopbackHost } from '../../address/loopback.ts';
import { oneLine, shorten } from '../../basics/text.ts';

/** A deployment of the captured commit, as somebody told GitHub, or an event, of it. */
export interface Sighting {
  readonly source: 'deployment' | 'status' | 'check' | 'event';
  /** The environment of a deployment, the context of a status, the name of a check. */
  readonly name: string;
  /** Further names that people know it by. */
  readonly aliases: readonly string[];
  readonly state: DeploymentState;
  /** GitHub's word for the state, and what the host says of it: `in progress: Building`. */
  readonly word: string;
  /** Where it is served, once it is; undefined: nobody says, or not in a way that can be used. */
  readonly address: URL | undefined;
  /** Where people read what happened: logs, or the page of the host. */
  readonly link: string | undefined;
  /** Who says so: the login of an app or a person. */
  readonly by: string | undefined;
  readonly production: boolean;
  /** It is known to be a deployment. Statuses and checks may be about anything else, and count only by their name. */
  readonly certain: boolean;
  /** Newer ones are larger, among those of one source. */
  readonly order: number;
  /** It is told by the workflow run that this step belongs to, whose own job may be the one that it waits for. */
  readonly ownRun: boolean;
}

export type DeploymentState =
  /** Not served yet. */
  | 'pending'
  | 'ready'
  | 'failed'
  /** It was served, and is not any more. */
  | 'gone';

/** What tells a sighting of this run's own jobs, and which hosts serve no previews. */
export interface SightingContext {
  /** Of the workflow run, without a trailing slash; undefined outside of one. */
  readonly runUrl: string | undefined;
  /** GitHub's own, e.g. `https://github.com`. */
  readonly serverUrl: string;
}

/** Pages of the hosts themselves: what a target URL leads to while nothing is served yet, and of some hosts always. */
const dashboards = new Set(['vercel.com', 'app.netlify.com', 'dash.cloudflare.com', 'dashboard.render.com', 'railway.com']);

/**
 * The address of a preview as GitHub has it: https, or this machine, and nobody's user name. Undefined: none that is one, such as
 * a page of GitHub's or of the host's dashboard.
 */
export function readAddress(written: string | undefined, { serverUrl }: Pick<SightingContext, 'serverUrl'>): URL | undefined {
  const url = written !== undefined && URL.canParse(written) ? new URL(written) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '') {
    return undefined;
  }
  const reachable = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
  const isOther = dashboards.has(url.hostname) || url.origin === new URL(serverUrl).origin;
  return reachable && !isOther ? url : undefined;
}

/** `in_progress` and what the host says of it, as one short line. */
export function renderWord(state: string, description: string | undefined): string {
  const said = shorten(oneLine(description ?? ''), 120);
  return `${state.replaceAll('_', ' ')}${said === '' ? '' : `: ${said}`}`;
}

/** Whether a link leads to the given workflow run. */
export function isOfRun(link: string | undefined, runUrl: string | undefined): boolean {
  return runUrl !== undefined && link !== undefined && (link === runUrl || link.startsWith(`${runUrl}/`));
}
