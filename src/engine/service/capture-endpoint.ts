import type { IncomingMessage } from 'node:http';
import { capturePath } from '../../services/apiscreenshot/request.ts';
import type { Clock, Log } from '../../system/ports.ts';
import type { FaultSchedule } from '../faults/schedule.ts';
import { engineLimits } from '../limits.ts';
import type { Render, RenderedPicture } from '../render/renderer.ts';
import { checkAccess, type EngineKey } from './access.ts';
import type { Account } from './account.ts';
import { applyFaults, type FaultAnswer } from './apply-faults.ts';
import type { Capacity } from './capacity.ts';
import { parseRequest, type RenderJob } from './parse-request.ts';
import { readBody } from './read-body.ts';
import { type Refusal, refusal } from './refusal.ts';

/** What one request comes to. */
export type EndpointAnswer = RenderedPicture | Refusal | FaultAnswer;

export interface EndpointParts {
  readonly keys: readonly EngineKey[];
  readonly account: Account;
  readonly capacity: Capacity;
  readonly faultsFor: FaultSchedule;
  /** Why a page's address may not be captured; undefined when it may. */
  readonly checkAddress: (url: URL) => Promise<string | undefined>;
  readonly render: Render;
  readonly clock: Clock;
  readonly log: Log;
}

/** Answers requests as the capture service does, in its order: who asks, how often, what for, and is there room. */
export function createEndpoint(parts: EndpointParts) {
  const told = new Set<string>();

  function tellIgnored(fields: readonly string[]): void {
    for (const field of fields.filter((field) => !told.has(field))) {
      told.add(field);
      parts.log.warn(`The built-in engine does not know the request field ${JSON.stringify(field)} and ignores it.`);
    }
  }

  async function capture(job: RenderJob, signal: AbortSignal): Promise<RenderedPicture | Refusal> {
    const unpaid = parts.account.charge();
    if (unpaid !== undefined) {
      return unpaid;
    }
    let answer: RenderedPicture | Refusal | undefined;
    try {
      using slot = await parts.capacity.take(signal);
      answer = slot === undefined ? busy() : await parts.render(job, signal);
      return answer;
    } finally {
      if (answer?.kind !== 'picture') {
        parts.account.refund();
      }
    }
  }

  /** Rejects with the signal's reason when the client went away. */
  return async function answer(request: IncomingMessage, signal: AbortSignal): Promise<EndpointAnswer> {
    const barred = checkRoute(request) ?? checkAccess(request.headers.authorization, parts.keys) ?? parts.account.countRequest();
    if (barred !== undefined) {
      return barred;
    }

    const body = await readBody(request, engineLimits.bodyBytes);
    if (body === undefined) {
      return refusal('bad_request', `The body is larger than ${engineLimits.bodyBytes} bytes.`);
    }
    const job = parseRequest(body);
    if (job.kind === 'refusal') {
      return job;
    }
    tellIgnored(job.ignored);

    const subject = job.page.kind === 'url' ? job.page.url : job.page.html;
    const fault = await applyFaults(parts.faultsFor(subject), parts.clock, signal);
    if (fault !== undefined) {
      return fault;
    }
    const reason = job.page.kind === 'url' ? await parts.checkAddress(new URL(job.page.url)) : undefined;
    return reason === undefined ? capture(job, signal) : refusal('bad_request', `The URL cannot be captured: ${reason}.`);
  };
}

function checkRoute({ url = '', method }: IncomingMessage): Refusal | undefined {
  const [path] = url.split('?', 1);
  if (path !== capturePath) {
    return refusal('not_found', `There is only POST ${capturePath}.`);
  }
  return method === 'POST' ? undefined : refusal('method_not_allowed', `${capturePath} takes POST alone.`);
}

function busy(): Refusal {
  const retryAfter = String(engineLimits.retryAfterS);
  return refusal('engine_busy', 'All browsers are taken, also after one internal retry.', retryAfter);
}
