import { isRecord } from '../../basics/record.ts';
import type { AcceptAnswer, AcceptRequest } from '../html/page-data.ts';

/** The command that serves the page, where there is one. */
export interface Server {
  accept(request: AcceptRequest): Promise<AcceptAnswer>;
}

/** Tells the command, for as long as the page is open, that somebody looks at it. */
export function reachServer(): Server {
  // It connects again by itself after a sleep of the machine.
  new EventSource('presence');
  return { accept };
}

const lost: AcceptAnswer = {
  kind: 'refused',
  message: 'The command visual-capture report no longer runs, so nothing was accepted. Start it again in the terminal.',
};

async function accept(request: AcceptRequest): Promise<AcceptAnswer> {
  try {
    const response = await fetch('accept', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    return readAnswer(await response.json());
  } catch {
    return lost;
  }
}

function readAnswer(answer: unknown): AcceptAnswer {
  return isRecord(answer) &&
    (answer['kind'] === 'accepted' || answer['kind'] === 'refused') &&
    typeof answer['message'] === 'string'
    ? { kind: answer['kind'], message: answer['message'] }
    : lost;
}
