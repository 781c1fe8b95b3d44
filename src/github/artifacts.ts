import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact, DefaultArtifactClient, FindOptions } from '@actions/artifact';
import { artifactLimits } from '../archive/limits.ts';
import type { ZipArchive } from '../archive/read-zip.ts';
import { refusedArtifact } from '../archive/refused.ts';
import { UnreadableArchive } from '../archive/unreadable.ts';
import { openZipFile } from '../archive/zip-file.ts';
import { Opened } from '../basics/opened.ts';
import { defined } from '../basics/record.ts';
import { reasonOf, UserError } from '../errors/user-error.ts';
import { isStopped } from '../system/stop-signal.ts';
import { makeTemporaryFolder } from '../system/temporary-folder.ts';
import { openArtifactClient } from './artifact-client.ts';
import type { Repository } from './repository.ts';
import { type Transfer, whileMoving } from './while-moving.ts';

/** An artifact as GitHub describes it. */
export interface StoredArtifact {
  readonly id: number;
  readonly name: string;
  readonly sizeBytes: number;
  readonly createdAt?: Date;
  /** `sha256:` and the hash of the archive, where GitHub tells it. */
  readonly digest?: string;
}

/** The artifacts of one workflow run. */
export interface ArtifactStore {
  /** The newest of each name. @throws UserError */
  list(): Promise<readonly StoredArtifact[]>;
  /** Downloads an artifact and opens it; disposing of it deletes the download. @throws UserError */
  open(artifact: StoredArtifact): Promise<ZipArchive & AsyncDisposable>;
}

/** How the service is waited for, and until when. */
type Patience = Pick<Transfer, 'clock' | 'signal'>;

/** The artifacts of the very run that this step belongs to; needs no permission. */
export function ownArtifacts(patience: Patience): ArtifactStore {
  return storeOf({}, patience);
}

/** The artifacts of any run of a repository, which needs the permission `actions: read`. */
export function artifactsOfRun({ owner, name }: Repository, runId: number, token: string, patience: Patience): ArtifactStore {
  return storeOf({ findBy: { token, workflowRunId: runId, repositoryOwner: owner, repositoryName: name } }, patience);
}

function storeOf(find: FindOptions, patience: Patience): ArtifactStore {
  return {
    list: async () => {
      const { artifacts } = await explained('The artifacts could not be listed', () =>
        whileMoving(async () => (await openArtifactClient()).listArtifacts({ ...find, latest: true }), {
          ...patience,
          sizeBytes: 0,
        }),
      );
      return artifacts.map(readArtifact);
    },
    open: async (artifact) => {
      await using opened = new Opened();
      const { path } = opened.use(await makeTemporaryFolder('artifact'));
      try {
        await download(await openArtifactClient(), artifact, path, find, patience);
        const [file = ''] = await readdir(path);
        const { paths, read } = opened.use(await openZipFile(join(path, file)));
        return { paths, read, [Symbol.asyncDispose]: opened.keep() };
      } catch (error) {
        throw error instanceof UnreadableArchive ? refusedArtifact(artifact.name, error.message, error) : error;
      }
    },
  };
}

async function download(
  client: DefaultArtifactClient,
  { id, name, sizeBytes, digest }: StoredArtifact,
  folder: string,
  find: FindOptions,
  patience: Patience,
): Promise<void> {
  const what = `The artifact "${name}" could not be downloaded`;
  if (sizeBytes > artifactLimits.archiveBytes) {
    throw new UserError(
      `${what}: it has ${sizeBytes} bytes, more than any that is taken.`,
      'Capture less in one job: see shard.',
    );
  }
  // Unpacked by our own reader, which checks what it holds first.
  const options = { ...find, path: folder, skipDecompress: true, ...defined({ expectedHash: digest }) };
  const { digestMismatch } = await explained(what, () =>
    whileMoving(() => client.downloadArtifact(id, options), { ...patience, sizeBytes }),
  );
  if (digestMismatch === true) {
    throw new UserError(`${what}: it does not have the hash that GitHub knows it by.`, 'Run the job again.');
  }
}

async function explained<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (isStopped(error)) {
      throw error;
    }
    throw new UserError(`${what}: ${reasonOf(error).split('\n')[0]}`, fixFor(error), { cause: error });
  }
}

function fixFor(error: unknown): string {
  if (error instanceof Error && error.name === 'GHESNotSupportedError') {
    return 'GitHub Enterprise Server does not keep artifacts of this kind: run the check in one job, without shard, and accept on the command line.';
  }
  if (/ACTIONS_(RUNTIME_TOKEN|RESULTS_URL)/.test(reasonOf(error))) {
    return 'This runner offers no artifact storage. Run the step in a job of GitHub Actions.';
  }
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  switch (status) {
    case 401:
    case 403:
    case 404:
      return 'Give the job the permission actions: read, and pass github-token: ${{ github.token }}.';
    case 410:
      return 'It is expired. Run the check again; retention-days says how long artifacts are kept.';
    default:
      return 'Run the job again; if it stays so, look at githubstatus.com.';
  }
}

function readArtifact({ id, name, size, createdAt, digest }: Artifact): StoredArtifact {
  return {
    id,
    name,
    sizeBytes: size,
    ...defined({ createdAt, digest }),
  };
}
