import { fieldOf, textOf } from '../../basics/record.ts';
import { readDeployment } from './read-deployment.ts';
import { type DeploymentState, readAddress, renderWord, type Sighting, type SightingContext } from './sighting.ts';

/**
 * The deployment that an event is about; undefined: it is about none, or about one of another commit. `deployment_status` is
 * GitHub's own; a `repository_dispatch` is Vercel's (https://vercel.com/docs/git/vercel-for-github#repository-dispatch-events), or of
 * whoever sends `url` and the commit in the same places.
 */
export function readEventDeployment(
  event: string,
  payload: unknown,
  commit: string,
  context: SightingContext,
): Sighting | undefined {
  switch (event) {
    case 'deployment_status': {
      const deployment = fieldOf(payload, 'deployment');
      const sighting = readDeployment(deployment, [fieldOf(payload, 'deployment_status')], context);
      return sighting === undefined || textOf(deployment, 'sha') !== commit ? undefined : { ...sighting, source: 'event' };
    }
    case 'repository_dispatch':
      return readDispatch(payload, commit, context);
    default:
      return undefined;
  }
}

function readDispatch(payload: unknown, commit: string, context: SightingContext): Sighting | undefined {
  const sent = fieldOf(payload, 'client_payload');
  const git = fieldOf(sent, 'git');
  const url = textOf(sent, 'url');
  if (url === undefined || (textOf(git, 'sha') ?? textOf(sent, 'sha')) !== commit) {
    return undefined;
  }
  const project = textOf(fieldOf(sent, 'project'), 'name');
  const environment = textOf(sent, 'environment');
  const type = textOf(payload, 'action') ?? '';
  const state = stateOf(textOf(fieldOf(sent, 'state'), 'type') ?? (/\.([^.]+)$/.exec(type)?.[1] || 'success'));
  const name = environment ?? project ?? type;
  return {
    source: 'event',
    name,
    aliases: project === undefined ? [] : [project, `${name} - ${project}`],
    state,
    word: renderWord(type, undefined),
    address: state === 'ready' ? readAddress(url, context) : undefined,
    link: undefined,
    by: textOf(fieldOf(payload, 'sender'), 'login'),
    production: environment === 'production',
    certain: true,
    order: 0,
    ownRun: false,
  };
}

/** The types of Vercel's dispatches, `vercel.deployment.…`; of others the last part counts in the same way. */
function stateOf(type: string): DeploymentState {
  switch (type) {
    case 'error':
    case 'failed':
    case 'canceled':
    case 'ignored':
    case 'skipped':
      return 'failed';
    case 'pending':
      return 'pending';
    default:
      return 'ready';
  }
}
