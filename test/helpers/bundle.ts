import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { defined } from '../../src/basics/record.ts';
import type { Report } from '../../src/results/model.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const actionBundle = join(root, 'dist/index.js');
/** The same from the source as it is, for what need not be shown of the built one. */
export const actionSource = join(inject('entriesFolder'), 'action.js');
export const cliSource = join(inject('entriesFolder'), 'cli/index.js');
export const cliBundle = join(root, 'dist/cli/index.js');

/** One workflow command that the step printed, e.g. an annotation. */
export interface WorkflowCommand {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface FinishedStep extends Finished {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly annotations: readonly WorkflowCommand[];
  /** results.json, if it was written. */
  readonly report: Report | undefined;
}

/** A temporary folder that stands for the workspace of a job. */
export interface Workspace extends AsyncDisposable {
  readonly path: string;
}

export async function createWorkspace(): Promise<Workspace> {
  const path = await mkdtemp(join(tmpdir(), 'workspace-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Writes a file of the workspace. */
export async function put(workspace: Workspace, path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(workspace.path, path)), { recursive: true });
  await writeFile(join(workspace.path, path), content);
}

/** Runs a bundle as a process with nothing of our environment but the path. `onStart` may send it signals. */
export function runBundle(
  bundle: string,
  {
    args = [],
    env = {},
    cwd,
    onOutput,
    stopWhen,
  }: {
    args?: readonly string[];
    env?: Readonly<Record<string, string>>;
    cwd: string;
    onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
    /** It is cancelled then, as GitHub begins to. */
    stopWhen?: Promise<unknown>;
  },
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bundle, ...args], {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', TMPDIR: tmpdir(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    void stopWhen?.then(() => child.kill('SIGINT'));
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      onOutput?.(stdout, (signal) => child.kill(signal));
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

export interface StepOptions {
  /** Default: the built action. */
  readonly entry?: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly workspace: Workspace;
  readonly env?: Readonly<Record<string, string>>;
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
  readonly stopWhen?: Promise<unknown>;
}

/** Starts the built action as the runner does: inputs in INPUT_*, files for outputs and summary. */
export async function runStep({
  entry = actionBundle,
  inputs,
  workspace,
  env = {},
  onOutput,
  stopWhen,
}: StepOptions): Promise<FinishedStep> {
  const outputFile = join(workspace.path, '.github-output');
  const summaryFile = join(workspace.path, '.github-summary');
  await Promise.all([outputFile, summaryFile].map((file) => writeFile(file, '')));
  const finished = await runBundle(entry, {
    cwd: workspace.path,
    env: {
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace.path,
      GITHUB_REPOSITORY: 'octo/site',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_RUN_ID: '42',
      GITHUB_SHA: 'c0ffee',
      GITHUB_OUTPUT: outputFile,
      GITHUB_STEP_SUMMARY: summaryFile,
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
      ...env,
    },
    ...defined({ onOutput, stopWhen }),
  });
  const results = await readFile(join(workspace.path, inputs['output'] ?? 'visual-capture', 'results.json'), 'utf8').catch(
    () => undefined,
  );
  return {
    ...finished,
    outputs: parseOutputs(await readFile(outputFile, 'utf8')),
    summary: await readFile(summaryFile, 'utf8'),
    annotations: parseCommands(finished.stdout).filter(({ command }) => command === 'error' || command === 'warning'),
    report: results === undefined ? undefined : JSON.parse(results),
  };
}

/** The file that `core.setOutput` writes: `name<<delimiter`, the value, the delimiter. */
function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const match of text.matchAll(/^(.+?)<<(ghadelimiter_\S+)\r?\n([\s\S]*?)\r?\n?\2$/gm)) {
    outputs[match[1] ?? ''] = match[3] ?? '';
  }
  return outputs;
}

const decodeCommandText = (text: string): string =>
  text.replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');

/** Workflow commands as the runner reads them. */
export function parseCommands(stdout: string): WorkflowCommand[] {
  return [...stdout.matchAll(/^::([a-z-]+)(?: ([^\n]*?))?::(.*)$/gm)].map((match) => ({
    command: match[1] ?? '',
    properties: Object.fromEntries(
      (match[2] ?? '')
        .split(',')
        .filter((pair) => pair !== '')
        .map((pair) => [pair.slice(0, pair.indexOf('=')), decodeCommandText(pair.slice(pair.indexOf('=') + 1))]),
    ),
    message: decodeCommandText(match[3] ?? ''),
  }));
}
