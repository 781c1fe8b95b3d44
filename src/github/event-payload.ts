import { existsSync, readFileSync } from 'node:fs';

/**
 * What GitHub tells of the event that started the run; nothing outside of a workflow. The context of @actions/github would be
 * the same, and bring an HTTP client along before the step's first line (`npm run bench start`).
 */
export function readEventPayload(path: string | undefined = process.env['GITHUB_EVENT_PATH']): unknown {
  return path === undefined || !existsSync(path) ? {} : JSON.parse(readFileSync(path, 'utf8'));
}
