import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactClient } from '@actions/artifact';
import { attempt } from '../basics/attempt.ts';
import { defined } from '../basics/record.ts';
import { reasonOf } from '../errors/user-error.ts';
import { openArtifactClient } from '../github/artifact-client.ts';
import { isEnterpriseServer } from '../github/repository.ts';
import { type Transfer, whileMoving } from '../github/while-moving.ts';
import type { ProcessVariables } from '../inputs/expand-variables.ts';
import type { ArtifactChoice } from '../inputs/inputs.ts';
import { reportPaths } from '../results/output-paths.ts';
import type { Folder } from '../system/ports.ts';
import { isStopped } from '../system/stop-signal.ts';
import { makeTemporaryFolder } from '../system/temporary-folder.ts';

export interface PublishedArtifact {
  /** The zip with everything. */
  readonly everything?: { readonly id: number; readonly url: string };
  /** The address at which the report opens in the browser. */
  readonly reportUrl?: string;
  /** What did not work and what to do about it. The verdict of the check stands all the same. */
  readonly warning?: string;
}

/** What is known of an upload before any service is asked. */
export type UploadPlan =
  | { readonly kind: 'none' }
  /** `warning`: why, and what to do. */
  | { readonly kind: 'impossible'; readonly warning: string }
  | { readonly kind: 'possible'; readonly choice: Extract<ArtifactChoice, { kind: 'upload' }>; readonly rerun: boolean };

export function planUpload(choice: ArtifactChoice, outputPath: string, env: ProcessVariables): UploadPlan {
  if (choice.kind === 'none') {
    return choice;
  }
  if (isEnterpriseServer(env['GITHUB_SERVER_URL'] ?? 'https://github.com')) {
    return {
      kind: 'impossible',
      warning: `GitHub Enterprise Server does not take artifacts of this kind, so nothing was uploaded. The files are in ${outputPath}: upload that folder with actions/upload-artifact@v3, and set upload-artifact: false.`,
    };
  }
  if (env['ACTIONS_RUNTIME_TOKEN'] === undefined || env['ACTIONS_RESULTS_URL'] === undefined) {
    return {
      kind: 'impossible',
      warning: `This runner offers no artifact storage, so nothing was uploaded. The files are in ${outputPath}. Set upload-artifact: false to have this warning gone.`,
    };
  }
  return { kind: 'possible', choice, rerun: Number(env['GITHUB_RUN_ATTEMPT'] ?? '1') > 1 };
}

/** Pictures are compressed already, so the zip's fastest level costs hardly any size. */
const compressionLevel = 1;

export interface UploadTask {
  readonly output: Folder;
  /** Paths below it. */
  readonly files: readonly string[];
  readonly runUrl: string;
}

/**
 * Uploads everything below the output folder as one zip, and the report alone, unzipped, so that its address opens it
 * in the browser. Never throws: what fails comes back as one warning, and what depends on it is not tried.
 */
export async function publishArtifact(
  { choice, rerun }: Extract<UploadPlan, { kind: 'possible' }>,
  { output, files, runUrl }: UploadTask,
  { clock, signal }: Pick<Transfer, 'clock' | 'signal'>,
): Promise<PublishedArtifact> {
  const client = await openArtifactClient();
  const retention = defined({ retentionDays: choice.retentionDays });
  const sizes = await Promise.all(files.map((path) => output.sizeOf(path)));
  const reportBytes = await output.sizeOf(reportPaths.html);
  const send = (name: string, sizeBytes: number, uploadOnce: () => Promise<{ id?: number }>): Promise<Settled> =>
    settle(name, () => whileMoving(() => upload(client, name, rerun, uploadOnce), { sizeBytes, clock, signal }));
  const urlOf = (id: number): string => `${runUrl}/artifacts/${id}`;

  const everything = await send(choice.name, sum(sizes), () =>
    client.uploadArtifact(
      choice.name,
      files.map((path) => output.resolve(path)),
      output.resolve('.'),
      { ...retention, compressionLevel },
    ),
  );
  const uploaded =
    everything.kind === 'uploaded'
      ? { everything: { id: everything.id, url: urlOf(everything.id) } }
      : { warning: everything.warning };
  // A service that did not take the first does not take the second either, but for its name.
  if (everything.kind === 'failed' || reportBytes === undefined) {
    return uploaded;
  }
  const reportName = `${choice.name}.html`;
  const report = await withCopy(output.resolve(reportPaths.html), reportName, (file, folder) =>
    send(reportName, reportBytes, () => client.uploadArtifact(reportName, [file], folder, { ...retention, skipArchive: true })),
  );
  return report.kind === 'uploaded' ? { ...uploaded, reportUrl: urlOf(report.id) } : { ...uploaded, warning: report.warning };
}

function sum(sizes: readonly (number | undefined)[]): number {
  return sizes.reduce<number>((total, size = 0) => total + size, 0);
}

type Settled =
  | { readonly kind: 'uploaded'; readonly id: number }
  | { readonly kind: 'failed' | 'name-taken'; readonly warning: string };

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
    const kind = isNameTaken(error) ? 'name-taken' : 'failed';
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
  if (isStopped(error)) {
    return `the run was stopped (${reason}).`;
  }
  return `${reason}. Run the job again; if it stays so, look at githubstatus.com.`;
}

function isNameTaken(error: unknown): boolean {
  return /\(409\)|already exists/i.test(reasonOf(error));
}

/** An unzipped artifact is named after its file, so the report is uploaded from a copy of that name. Never throws. */
async function withCopy(file: string, name: string, use: (copy: string, folder: string) => Promise<Settled>): Promise<Settled> {
  const done = await attempt(async () => {
    await using folder = await makeTemporaryFolder('upload');
    const copy = join(folder.path, name);
    await copyFile(file, copy);
    return await use(copy, folder.path);
  });
  return done.kind === 'done'
    ? done.value
    : { kind: 'failed', warning: `The artifact "${name}" was not uploaded: ${reasonOf(done.fault)}.` };
}
