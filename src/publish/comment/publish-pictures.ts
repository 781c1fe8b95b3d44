import { reasonOf } from '../../errors/user-error.ts';
import { GitError } from '../../git/git-error.ts';
import { openScratchRepository } from '../../git/scratch-repository.ts';
import { patienceOf } from '../../github/patience.ts';
import { cloneUrl, pictureUrl } from '../../github/repository.ts';
import type { CommentPicture } from '../../report/markdown/comment.ts';
import { within } from '../../system/within.ts';
import { pushPictures } from './picture-ref.ts';
import { type MadePicture, makePictures } from './pictures.ts';
import type { CommentPorts, CommentTask } from './task.ts';

/** The pictures that a comment can show, and why it shows none, if so. */
export interface PublishedPictures {
  /** By the id of the capture or group. */
  readonly pictures: ReadonlyMap<string, CommentPicture>;
  readonly note?: string;
}

const none: PublishedPictures = { pictures: new Map() };

/** Makes the pictures of the largest changes and pushes them in one go. Without them the comment says what adds them. */
export async function publishPictures(task: CommentTask, ports: CommentPorts): Promise<PublishedPictures> {
  const made = await makePictures(task.report, task.files, ports.triptych);
  if (made.length === 0) {
    return none;
  }
  const { silence, pictures: patience } = patienceOf(ports.clock);
  if (silence.leftMs === 0 || patience.leftMs === 0) {
    return { ...none, note: 'Pictures are left out: the server gave no answer before, so it was not asked again.' };
  }
  const startMs = ports.clock.nowMs();
  try {
    return await within(patience.leftMs, ports.clock, (up) => pushAll(made, task, ports, AbortSignal.any([up, ports.signal])));
  } catch (error) {
    patience.lose(startMs, ports.clock.nowMs());
    return { ...none, note: explainMissing(error, task) };
  }
}

async function pushAll(
  made: readonly MadePicture[],
  { repository, pullRequest, run }: CommentTask,
  ports: CommentPorts,
  signal: AbortSignal,
): Promise<PublishedPictures> {
  const remote = { url: cloneUrl(repository), token: ports.token };
  await using scratch = await openScratchRepository(remote, { signal });
  const message = `Pictures of pull request ${pullRequest} at ${run.commit}\n\n${run.url}\n`;
  const pushed = await pushPictures(scratch, pullRequest, made, { message, date: ports.clock.date() }, ports);
  if (pushed.kind === 'refused') {
    return { ...none, note: `Pictures are left out: the server refused them (${pushed.reason}).` };
  }
  const shown = made.map(({ id, size, shownRegions }): [string, CommentPicture] => {
    const url = pictureUrl(repository, pushed.commit, pushed.pathById.get(id) ?? '');
    return [id, { url, size, shownRegions }];
  });
  return { pictures: new Map(shown) };
}

function explainMissing(error: unknown, { fork }: CommentTask): string {
  if (!(error instanceof GitError)) {
    // The time limit, or a temporary folder that cannot be written: the comment matters more than its pictures.
    return `Pictures are left out: ${reasonOf(error)}.`;
  }
  switch (error.fault) {
    case 'forbidden':
    case 'unauthorized':
      return fork
        ? 'Pictures are left out: a run for a fork may not push them.'
        : 'Pictures are left out: the token of this job may not push them. The permission contents: write adds them.';
    case 'missing-git':
      return 'Pictures are left out: there is no git on the machine of this job. Installing it adds them.';
    case 'network':
    case 'other':
      return `Pictures are left out: ${error.message}.`;
  }
}
