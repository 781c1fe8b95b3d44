import { type RequestedCapture, readRequest } from '../../services/apiscreenshot/read-request.ts';
import { pictureSizeProblem } from '../limits.ts';
import { type Refusal, refusal } from './refusal.ts';

/** What is to be rendered: a request's body, checked, with every default filled in. */
export interface RenderJob extends RequestedCapture {
  readonly kind: 'job';
}

/** Reads the body of a capture request. Everything that is wrong with it is told in one message. */
export function parseRequest(bodyText: string): RenderJob | Refusal {
  const requested = readRequest(bodyText);
  if ('problem' in requested) {
    return refusal('bad_request', requested.problem);
  }
  const { viewport } = requested;
  const tooLarge = pictureSizeProblem(viewport, viewport.deviceScaleFactor);
  if (tooLarge !== undefined) {
    return refusal('bad_request', `The viewport is too large: ${tooLarge}`);
  }
  return { kind: 'job', ...requested };
}
