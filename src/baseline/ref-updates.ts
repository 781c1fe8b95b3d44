import { defined } from '../basics/record.ts';
import type { ObjectId, ScratchRepository } from '../git/scratch-repository.ts';
import type { BaselineUpdate, BranchUpdates } from './choose-update.ts';

/** Neither branches nor tags: clones do not fetch what is below, and no list shows it. */
export const baselineRefs = 'refs/visual-capture/baselines/';

/** How far back a check looks: a commit each, of about 300 bytes. */
const mostUpdates = 200;

/** One commit of a baseline ref. */
export interface RefUpdate extends BaselineUpdate {
  readonly ref: string;
  readonly commit: ObjectId;
  /** The workflow run that wrote it. */
  readonly run?: { readonly id: number; readonly url: string };
}

/** Fetches who wrote a ref when; `branch` names it for people. Throws GitError. */
export async function fetchUpdates(
  repository: ScratchRepository,
  ref: string,
  branch: string,
): Promise<BranchUpdates<RefUpdate>> {
  const history = await repository.fetchHistory(ref, mostUpdates);
  return { branch, updates: history.map(({ commit, message }) => ({ ref, commit, ...parseOrigin(message) })) };
}

/** Where the pictures of an update come from, as the last line of its message: `parseOrigin` reads it. */
export function renderOrigin({ commit, url }: { readonly commit: string; readonly url: string }): string {
  return `Captured from ${commit} by ${url}\n`;
}

function parseOrigin(message: string): Pick<RefUpdate, 'source' | 'run'> {
  const [, source, url = ''] = /^Captured from (\S+) by (\S+)$/m.exec(message) ?? [];
  const id = /\/runs\/(\d{1,15})$/.exec(url)?.[1];
  return { source, ...defined({ run: id === undefined ? undefined : { id: Number(id), url } }) };
}
