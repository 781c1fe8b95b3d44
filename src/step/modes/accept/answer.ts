import type { UserError } from '../../../errors/user-error.ts';
import type { AcceptRequest } from '../../../github/accept-request.ts';
import type { GithubApi } from '../../../github/api.ts';
import type { Repository } from '../../../github/repository.ts';
import { rewriteBoxes } from '../../../publish/comment/rewrite-boxes.ts';
import type { BoxChange } from '../../../report/markdown/boxes.ts';
import type { Log } from '../../../system/ports.ts';
import type { OpenBoxes } from './open-boxes.ts';
import { reactTo, replyTo, unlessRefused } from './reply.ts';

/** How whoever may accept is answered. What keeps an answer from being written is told in the log alone. */
export interface Answer {
  /** `left`: what was not accepted although it may have been meant, as sentences. */
  accepted(told: string, left: readonly string[]): Promise<void>;
  /** Without an error: the step broke down, for a reason that is none of theirs. */
  refused(error: UserError | undefined): Promise<void>;
}

/** Where an answer goes. */
export interface AnswerPlace {
  readonly api: GithubApi;
  readonly repository: Repository;
  readonly request: AcceptRequest;
  readonly log: Log;
}

/** A written command: a reaction, and a line where that does not say it all. */
export function answerCommand({ api, repository, request, log }: AnswerPlace): Answer {
  return {
    async accepted(told, left) {
      await reactTo(api, repository, request, '+1', log);
      if (left.length > 0) {
        await replyTo(api, repository, request, `${told} Not accepted: ${left.join(' ')}`, log);
      }
    },
    async refused(error) {
      if (error !== undefined) {
        await reactTo(api, repository, request, 'confused', log);
        await replyTo(api, repository, request, `Not accepted: ${error.message} ${error.fix}`, log);
      }
    },
  };
}

/** Ticked boxes that are not worked on: there may be no place of ours to say why, so a line of its own does. */
export function answerTick({ api, repository, request, log }: AnswerPlace): Answer {
  return {
    async accepted() {},
    async refused(error) {
      if (error !== undefined) {
        await replyTo(api, repository, request, `Not accepted: ${error.message} ${error.fix}`, log);
      }
    },
  };
}

/** Boxes that are worked on: what becomes of them stands beside them. */
export async function answerBoxes(
  { api, repository, request, log }: AnswerPlace,
  { ids, doubtful, marker }: OpenBoxes,
): Promise<Answer> {
  const write = async (changes: ReadonlyMap<string, BoxChange>): Promise<void> => {
    const { comment } = request;
    if (comment === undefined || changes.size === 0) {
      return;
    }
    const written = await unlessRefused(
      rewriteBoxes(api, { repository, commentId: comment.id, marker }, changes),
      'What becomes of the boxes',
      log,
    );
    if (written?.kind === 'left') {
      log.info(`The boxes are left as they are: ${written.reason}.`);
    }
  };
  const all = (change: BoxChange): [string, BoxChange][] => ids.map((id) => [id, change]);
  const again = doubtful.map((id): [string, BoxChange] => [
    id,
    { ticked: false, state: 'refused', note: 'Not accepted, as nobody can tell who ticked it. Tick it again.' },
  ]);
  await write(new Map([...all({ ticked: true, state: 'working', note: `Accepting for @${request.by}…` }), ...again]));
  return {
    async accepted(told, left) {
      const [first, ...rest] = all({ ticked: true, state: 'accepted', note: told });
      const note = [told, ...(left.length === 0 ? [] : ['Not accepted:', ...left])].join(' ');
      await write(new Map([...(first === undefined ? [] : [[first[0], { ...first[1], note }] as const]), ...rest]));
    },
    async refused(error) {
      const why = error === undefined ? 'The step broke down; its log says why.' : `${error.message} ${error.fix}`;
      await write(new Map(all({ ticked: false, state: 'refused', note: `Not accepted: ${why}` })));
    },
  };
}
