import { fieldOf, textOf } from '../../basics/record.ts';
import { type DeploymentState, isOfRun, readAddress, renderWord, type Sighting, type SightingContext } from './sighting.ts';

/**
 * Cloudflare tells of its deployments by checks alone (`Cloudflare Pages`, `Cloudflare Pages: PROJECT`, `Workers Builds:
 * PROJECT`). Their link is a page of its dashboard; the addresses stand in the table of the summary: that of the deployment itself as
 * "Preview URL", and the one that follows the branch as "Branch Preview URL", which is not taken.
 */
const cloudflareApp = 'cloudflare-workers-and-pages';
const previewRow = /<strong>(?:Commit )?Preview URL:<\/strong>\s*<\/td>\s*<td>\s*<a href=['"]([^'"<>\s]+)['"]/i;

/** Reads a check run. */
export function readCheckRun(run: unknown, context: SightingContext): Sighting | undefined {
  const name = textOf(run, 'name');
  const id = fieldOf(run, 'id');
  if (name === undefined || typeof id !== 'number') {
    return undefined;
  }
  const app = textOf(fieldOf(run, 'app'), 'slug');
  const output = fieldOf(run, 'output');
  const word = textOf(run, 'status') === 'completed' ? (textOf(run, 'conclusion') ?? 'neutral') : 'in_progress';
  const link = textOf(run, 'details_url') ?? textOf(run, 'html_url');
  const state = stateOf(word);
  const told = app === cloudflareApp ? previewRow.exec(textOf(output, 'summary') ?? '')?.[1] : link;
  return {
    source: 'check',
    name,
    aliases: [],
    state,
    word: renderWord(word, textOf(output, 'title')),
    address: state === 'ready' ? readAddress(told, context) : undefined,
    link,
    by: app,
    production: false,
    certain: app === cloudflareApp,
    order: id,
    ownRun: isOfRun(link, context.runUrl),
  };
}

/** https://docs.github.com/en/rest/checks/runs. A check that was skipped has deployed nothing. */
function stateOf(word: string): DeploymentState {
  switch (word) {
    case 'in_progress':
      return 'pending';
    case 'success':
      return 'ready';
    case 'neutral':
    case 'skipped':
    case 'stale':
      return 'gone';
    default:
      return 'failed';
  }
}
