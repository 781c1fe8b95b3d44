import type { AcceptRequest, ReadAcceptRequest } from '../../../github/accept-request.ts';
import { findTicks } from '../../../publish/comment/ticks.ts';
import type { TickedBoxes } from './open-boxes.ts';

/** What somebody wants to be accepted. */
export interface Wanted {
  readonly kind: 'wanted';
  readonly request: AcceptRequest;
  /** Of boxes in the comment that the request is about; undefined: it is a command. */
  readonly ticks: TickedBoxes | undefined;
}

/** What is asked for. Most edits of comments ask for nothing, our own among them. */
export function findWanted(
  asked: Exclude<ReadAcceptRequest, { kind: 'wrong-event' }>,
): Wanted | { readonly kind: 'none'; readonly reason: string } {
  switch (asked.kind) {
    case 'none':
      return asked;
    case 'request':
      return { kind: 'wanted', request: asked.request, ticks: undefined };
    case 'edited': {
      const ticks = findTicks(asked.edit);
      return ticks.kind === 'none' ? ticks : { kind: 'wanted', request: asked.request, ticks };
    }
  }
}
