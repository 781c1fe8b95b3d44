import { fieldOf, textOf } from '../../basics/record.ts';
import { type DeploymentState, isOfRun, readAddress, renderWord, type Sighting, type SightingContext } from './sighting.ts';

/**
 * Contexts of hosts that tell of their deployments so. Netlify writes `netlify/SITE/deploy-preview`, whose target is the preview
 * once it is ready and a page of its dashboard before (https://github.com/decaporg/decap-cms/pull/3318). The target of Vercel's
 * (`Vercel`, in a monorepo `Vercel – PROJECT`) is always a page of its dashboard, but a build that is refused is told here alone.
 */
const knownContexts = [/^(?:deploy\/netlify|netlify\/.+\/deploy-preview)$/i, /^vercel(?: [-–—] .+)?$/i];

/** Reads a commit status. */
export function readStatus(status: unknown, context: SightingContext): Sighting | undefined {
  const name = textOf(status, 'context');
  const id = fieldOf(status, 'id');
  if (name === undefined || typeof id !== 'number') {
    return undefined;
  }
  const word = textOf(status, 'state') ?? 'pending';
  const link = textOf(status, 'target_url');
  const state = stateOf(word);
  return {
    source: 'status',
    name,
    aliases: [],
    state,
    word: renderWord(word, textOf(status, 'description')),
    address: state === 'ready' ? readAddress(link, context) : undefined,
    link,
    by: textOf(fieldOf(status, 'creator'), 'login'),
    production: false,
    certain: knownContexts.some((known) => known.test(name)),
    order: id,
    ownRun: isOfRun(link, context.runUrl),
  };
}

/** https://docs.github.com/en/rest/commits/statuses */
function stateOf(state: string): DeploymentState {
  switch (state) {
    case 'success':
      return 'ready';
    case 'failure':
    case 'error':
      return 'failed';
    default:
      return 'pending';
  }
}
