import { fieldOf, textOf } from '../../basics/record.ts';
import { type DeploymentState, isOfRun, readAddress, renderWord, type Sighting, type SightingContext } from './sighting.ts';

/**
 * Reads a deployment with its statuses, the newest first, as GitHub's API and its events have both. Vercel
 * (`Preview`, in a monorepo `Preview – project`), Render, GitHub Pages (`github-pages`), jobs with an `environment` and
 * Cloudflare's own actions tell of their deployments so.
 *
 * `environment_url` is set once it is served (https://github.com/mootoday/www-mootoday-com/pull/161, by one of Vercel's); Render's
 * `target_url` is a page of its dashboard.
 */
export function readDeployment(
  deployment: unknown,
  statuses: readonly unknown[],
  context: SightingContext,
): Sighting | undefined {
  const name = textOf(deployment, 'environment');
  const id = fieldOf(deployment, 'id');
  if (name === undefined || typeof id !== 'number') {
    return undefined;
  }
  const [newest] = statuses;
  const word = textOf(newest, 'state') ?? 'pending';
  const served = statuses.find((status) => textOf(status, 'state') === 'success');
  const address = readAddress(textOf(served, 'environment_url') || textOf(served, 'target_url'), context);
  const link = [textOf(newest, 'log_url'), textOf(newest, 'target_url')].find((url) => url !== undefined && url !== '');
  return {
    source: 'deployment',
    name,
    aliases: [],
    state: stateOf(word),
    word: renderWord(word, textOf(newest, 'description')),
    address,
    link,
    by: textOf(fieldOf(deployment, 'creator'), 'login'),
    production: fieldOf(deployment, 'production_environment') === true || /^production\b/i.test(name),
    certain: true,
    order: id,
    ownRun: isOfRun(link, context.runUrl),
  };
}

/** https://docs.github.com/en/rest/deployments/statuses. A state that is not known yet is none that ends anything. */
function stateOf(state: string): DeploymentState {
  switch (state) {
    case 'success':
      return 'ready';
    case 'failure':
    case 'error':
      return 'failed';
    case 'inactive':
      return 'gone';
    default:
      return 'pending';
  }
}
