import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ArtifactClient, DefaultArtifactClient } from '@actions/artifact';
import { reasonOf } from '../errors/user-error.ts';
import { isEnterpriseServer } from '../github/repository.ts';
import type { ProcessVariables } from '../inputs/expand-variables.ts';
import type { ArtifactChoice } from '../inputs/inputs.ts';
import type { Folder } from '../system/ports.ts';

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
  const everything = await settle(choice.name, () =>
    upload(client, choice.name, rerun, () =>
      client.uploadArtifact(
        choice.name,
        files.map((path) => output.resolve(path)),
        output.resolve('.'),
        { ...retention, compressionLevel },
      ),
    ),
  );
  const reportName = `${choice.name}.html`;
  const report = await settle(reportName, () =>
    upload(client, reportName, rerun, () =>
      withCopy(output.resolve('report.html'), reportName, (file, folder) =>
        client.uploadArtifact(reportName, [file], folder, { ...retention, skipArchive: true }),
      ),
    ),
  );
  const urlOf = (id: number): string => `${runUrl}/artifacts/${id}`;
  return {
    ...('id' in everything ? { everything: { id: everything.id, url: urlOf(everything.id) } } : {}),
    ...('id' in report ? { reportUrl: urlOf(report.id) } : {}),
    warnings: [everything, report].flatMap((result) => ('warning' in result ? [result.warning] : [])),
  };
}

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

async function settle(name: string, send: () => Promise<{ id?: number }>): Promise<{ id: number } | { warning: string }> {
  try {
    const { id } = await send();
    return id === undefined
      ? { warning: `The artifact "${name}" was uploaded, but GitHub gave it no id, so there is no link to it.` }
      : { id };
  } catch (error) {
    return { warning: `The artifact "${name}" was not uploaded: ${renderCause(error)}` };
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
