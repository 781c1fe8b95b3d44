import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { artifactLimits } from '../archive/limits.ts';
import { isRecord } from '../basics/record.ts';
import { reasonOf, UserError } from '../errors/user-error.ts';

/** A run whose artifact is asked for outside of a workflow, with a person's own token. */
export interface RunRequest {
  /** Without a trailing slash, e.g. `https://api.github.com`. */
  readonly apiUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly runId: number;
  readonly artifactName: string;
  readonly token: string;
  readonly signal: AbortSignal;
}

export interface FetchedArtifact {
  /** The archive on disk. */
  readonly file: string;
  /** The commit that the run was started for, as GitHub tells it. */
  readonly commit: string;
}

/**
 * Downloads the newest artifact of that name of a run into a folder. Speaks to the API itself: GitHub's clients for
 * workflow steps would make the command line several times larger.
 * @throws UserError
 */
export async function fetchRunArtifact(request: RunRequest, folder: string): Promise<FetchedArtifact> {
  const { repository, runId, artifactName } = request;
  const run = await getJson(request, `/repos/${repository}/actions/runs/${runId}`);
  const name = encodeURIComponent(artifactName);
  const listed = await getJson(request, `/repos/${repository}/actions/runs/${runId}/artifacts?per_page=100&name=${name}`);
  const artifacts = isRecord(listed) && Array.isArray(listed['artifacts']) ? listed['artifacts'].filter(isRecord) : [];
  const newest = artifacts
    .filter((artifact) => artifact['expired'] !== true)
    .toSorted((a, b) => Number(b['id']) - Number(a['id']))[0];
  if (newest === undefined) {
    throw new UserError(
      `Run ${runId} of ${repository} has no artifact "${artifactName}"${artifacts.length > 0 ? ' that is not expired' : ''}.`,
      'Check the number of the run and artifact-name, or run the check again.',
    );
  }
  const file = join(folder, 'artifact.zip');
  await download(request, `/repos/${repository}/actions/artifacts/${Number(newest['id'])}/zip`, file);
  return { file, commit: isRecord(run) ? String(run['head_sha']) : '' };
}

async function getJson(request: RunRequest, path: string): Promise<unknown> {
  const response = await get(request, path);
  return await response.json();
}

/** GitHub redirects to where the bytes are; the token stays behind, since that is another origin. */
async function download(request: RunRequest, path: string, file: string): Promise<void> {
  const { body } = await get(request, path);
  let sizeBytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      sizeBytes += chunk.length;
      const tooLarge = sizeBytes > artifactLimits.archiveBytes;
      done(tooLarge ? new UserError('The artifact is larger than any that is taken.', 'Capture less in one job.') : null, chunk);
    },
  });
  await pipeline(Readable.fromWeb(body ?? new ReadableStream()), count, createWriteStream(file));
}

async function get({ apiUrl, token, signal }: RunRequest, path: string): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json', 'user-agent': 'visual-capture' };
  let response: Response;
  try {
    response = await fetch(`${apiUrl}${path}`, { headers, signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new UserError(`GitHub could not be reached: ${reasonOf(error)}.`, 'Check the connection, or GITHUB_API_URL.', {
      cause: error,
    });
  }
  if (!response.ok) {
    throw new UserError(
      `GitHub refused GET ${path} (HTTP ${response.status}).`,
      'Check --repository and --run, and that GITHUB_TOKEN may read actions of that repository.',
    );
  }
  return response;
}
