import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ArtifactClient, DefaultArtifactClient } from '@actions/artifact';
import { reasonOf } from '../errors/user-error.ts';
import { isEnterpriseServer } from '../github/repository.ts';
import { transferLimitMs } from '../github/transfer-limit.ts';
import type { ProcessVariables } from '../inputs/expand-variables.ts';
import type { ArtifactChoice } from '../inputs/inputs.ts';
import { reportPaths } from '../results/output-paths.ts';
import { systemClock } from '../system/clock.ts';
import type { Clock, Folder } from '../system/ports.ts';
import { TookTooLong, waitAtMost } from '../system/within.ts';

export interface PublishedArtifact {
  /** The zip with everything. */
  readonly everything?: { readonly id: number; readonly url: string };
  /** The address at which the report opens in the browser. */
  readonly reportUrl?: string;
  /** What did not work and what to do about it. The verdict of the check stands all the same. */
  readonly warnings: readonly string[];
}

/** Pictures are compressed already, so the zip's fastest level costs hardly any size. */
const compressionLevel = 1;

/**
 * Uploads everything below the output folder as one zip, and the report alone, unzipped, so that its address opens it
 * in the browser. Never throws: what fails comes back as a warning.
 */
export async function publishArtifact(
  choice: ArtifactChoice,
  output: Folder,
  files: readonly string[],
  runUrl: string,
  env: ProcessVariables,
  clock: Pick<Clock, 'sleep'> = systemClock,
): Promise<PublishedArtifact> {
  if (choice.kind === 'none') {
    return { warnings: [] };
  }
  if (isEnterpriseServer(env['GITHUB_SERVER_URL'] ?? 'https://github.com')) {
    return {
      warnings: [
        `GitHub Enterprise Server does not take artifacts of this kind, so nothing was uploaded. The files are in ${output.path}: upload that folder with actions/upload-artifact@v3, and set upload-artifact: false.`,
      ],
    };
  }
  if (env['ACTIONS_RUNTIME_TOKEN'] === undefined || env['ACTIONS_RESULTS_URL'] === undefined) {
    return {
      warnings: [
        `This runner offers no artifact storage, so nothing was uploaded. The files are in ${output.path}. Set upload-artifact: false to have this warning gone.`,
      ],
    };
  }
  const client = new DefaultArtifactClient();
  const rerun = Number(env['GITHUB_RUN_ATTEMPT'] ?? '1') > 1;
  const retention = choice.retentionDays === undefined ? {} : { retentionDays: choice.retentionDays };
  const sizes = await Promise.all(files.map((path) => output.sizeOf(path)));
  const reportBytes = await output.sizeOf(reportPaths.html);
  const atMost = <T>(sizeBytes: number, send: () => Promise<T>): Promise<T> =>
    waitAtMost(transferLimitMs(sizeBytes), clock, send);
  const everything = await settle(choice.name, () =>
    atMost(sum(sizes), () =>
      upload(client, choice.name, rerun, () =>
        client.uploadArtifact(
          choice.name,
          files.map((path) => output.resolve(path)),
          output.resolve('.'),
          { ...retention, compressionLevel },
        ),
      ),
    ),
  );
  const reportName = `${choice.name}.html`;
  // A service that did not take the first does not take the second either.
  const report =
    everything.kind === 'too-long'
      ? undefined
      : await settle(reportName, () =>
          withCopy(output.resolve(reportPaths.html), reportName, (file, folder) =>
            atMost(reportBytes ?? 0, () =>
              upload(client, reportName, rerun, () =>
                client.uploadArtifact(reportName, [file], folder, { ...retention, skipArchive: true }),
              ),
            ),
          ),
        );
  const urlOf = (id: number): string => `${runUrl}/artifacts/${id}`;
  return {
    ...(everything.kind === 'uploaded' ? { everything: { id: everything.id, url: urlOf(everything.id) } } : {}),
    ...(report?.kind === 'uploaded' ? { reportUrl: urlOf(report.id) } : {}),
    warnings: [everything, report].flatMap((result) =>
      result === undefined || result.kind === 'uploaded' ? [] : [result.warning],
    ),
  };
}

function sum(sizes: readonly (number | undefined)[]): number {
  return sizes.reduce<number>((total, size = 0) => total + size, 0);
}

type Settled =
  | { readonly kind: 'uploaded'; readonly id: number }
  | { readonly kind: 'failed' | 'too-long'; readonly warning: string };

/** In a re-run the name is taken by our own upload of the attempt before, which is replaced. */
async function upload(
  client: ArtifactClient,
  name: string,
  rerun: boolean,
  send: () => Promise<{ id?: number }>,
): Promise<{ id?: number }> {
  try {
    return await send();
  } catch (error) {
    if (!rerun || !isNameTaken(error)) {
      throw error;
    }
    await client.deleteArtifact(name);
    return await send();
  }
}

async function settle(name: string, send: () => Promise<{ id?: number }>): Promise<Settled> {
  try {
    const { id } = await send();
    return id === undefined
      ? { kind: 'failed', warning: `The artifact "${name}" was uploaded, but GitHub gave it no id, so there is no link to it.` }
      : { kind: 'uploaded', id };
  } catch (error) {
    const kind = error instanceof TookTooLong ? 'too-long' : 'failed';
    return { kind, warning: `The artifact "${name}" was not uploaded: ${renderCause(error)}` };
  }
}

function renderCause(error: unknown): string {
  const reason = reasonOf(error).split('\n')[0] ?? '';
  if (isNameTaken(error)) {
    return 'another job of this run took the name. Set artifact-name to one of its own for each job, e.g. visual-capture-${{ strategy.job-index }}.';
  }
  if (/quota/i.test(reason)) {
    return 'the artifact storage of the account is full. Delete old artifacts, lower retention-days, or raise the limit in Billing.';
  }
  return `${reason}. Run the job again; if it stays so, look at githubstatus.com.`;
}

function isNameTaken(error: unknown): boolean {
  return /\(409\)|already exists/i.test(reasonOf(error));
}

/** An unzipped artifact is named after its file, so the report is uploaded from a copy of that name. */
async function withCopy<T>(file: string, name: string, use: (copy: string, folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'visual-capture-'));
  try {
    const copy = join(folder, name);
    await copyFile(file, copy);
    return await use(copy, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
