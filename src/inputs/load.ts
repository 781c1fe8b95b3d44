import type { Parsed } from '../basics/parsed.ts';
import { posixPath } from '../basics/posix-path.ts';
import { defined } from '../basics/record.ts';
import type { Failure } from '../errors/failure.ts';
import { InputError, type Problem } from '../errors/problem.ts';
import { reasonOf } from '../errors/user-error.ts';
import type { DiscoverChoice, Discovery } from '../plan/discovery.ts';
import type { Workspace } from '../system/workspace.ts';
import { type ConfigFile, parseConfigFile } from './config-file.ts';
import type { DeploymentChoice } from './deployment.ts';
import type { ProcessVariables } from './expand-variables.ts';
import { fileVariables } from './file-variables.ts';
import type { Inputs } from './inputs.ts';
import { inputLimits } from './limits.ts';
import type { LocatedInputs, LocatedTarget } from './located.ts';
import { deploymentPlace, discoverPlace, resolveInputs, type WrittenInputs } from './resolve.ts';
import type { InputName } from './spec.ts';
import type { LoadedTarget } from './targets.ts';
import { parseUrls } from './urls.ts';
import { Values } from './values.ts';
import { findWorkflowPlaces, inputPlace, type WorkflowPlaces } from './workflow-places.ts';

export const defaultConfigFiles = ['visual-capture.yml', '.github/visual-capture.yml'] as const;

export interface Invocation {
  /** What the workflow or the command line says, by input. */
  readonly values: ReadonlyMap<InputName, string>;
  readonly env: ProcessVariables;
  /** Where this step's inputs stand, when run by a workflow. */
  readonly workflow?: { readonly file: string; readonly job?: string };
  readonly fork: boolean;
  readonly purpose: WrittenInputs['purpose'];
  /** The environment variable that may hold the key, on the command line. */
  readonly apiKeyVariable?: string;
}

/** Finds what `discover` asks for. It is called once everything that was written is known to be right. */
export type FindTargets = (
  choice: DiscoverChoice,
  inputs: Inputs,
) => Promise<Discovery & { readonly problems: readonly string[] }>;

/** Looks for what `deployment` asks for, once everything that was written is known to be right. */
export interface PreviewFinder {
  /** `inputs` are as they were written, with an address that does not exist. */
  find(choice: DeploymentChoice, inputs: Inputs): Promise<FoundPreview>;
  /** Waits until the preview that was found answers. Why it does not; undefined: it does. */
  awaitAnswer(inputs: Inputs): Promise<Failure | undefined>;
}

export type FoundPreview =
  | { readonly kind: 'found'; readonly address: URL }
  /** There is none, or it did not come in time. */
  | { readonly kind: 'unavailable'; readonly failure: Failure }
  /** It cannot be looked for here; `problem` is a whole phrase. */
  | { readonly kind: 'wrong-input'; readonly problem: string };

/** What is asked for what is not written down, but to be found. Without one of them nobody looks for it. */
export interface Finders {
  /** Without it, the address of a deployment stays unknown. */
  readonly preview?: PreviewFinder;
  /** Without it, the listed targets are all. */
  readonly findTargets?: FindTargets;
}

/**
 * Reads the config file and html files below the working directory and checks everything that was written. Then a deployment
 * that is asked for is looked for, and after it the targets that are to be found.
 * @throws InputError with all problems at once.
 */
export async function loadInputs(
  invocation: Invocation,
  workspace: Workspace,
  { preview, findTargets }: Finders = {},
): Promise<Inputs> {
  const urls = invocation.values.get('urls') ?? '';
  const places = await readPlaces(invocation, workspace, urls);
  const fromUrls = parseUrls(urls, places);
  const config = await readConfig(invocation, workspace, places);
  const problems = [...config.problems, ...fromUrls.problems];
  const settings = await withStyleFile(config.inputs, workspace, problems);
  const targets = await Promise.all(
    [...config.targets, ...fromUrls.targets].map((target) => loadTarget(target, workspace, problems)),
  );
  const written: WrittenInputs = {
    invocation: locate(invocation.values, places),
    config: settings,
    targets,
    problems,
    fork: invocation.fork,
    purpose: invocation.purpose,
    ...defined({ apiKeyVariable: invocation.apiKeyVariable }),
  };
  const inputs = await findThere(await findDeployed(written, preview), findTargets);
  return { ...inputs, ...defined({ apiKeySecret: places?.secretOf('api-key') }) };
}

/** The inputs with the targets that are to be found, where it is known where they lie. @throws InputError */
async function findThere(
  { written, inputs }: Awaited<ReturnType<typeof findDeployed>>,
  findTargets: FindTargets | undefined,
): Promise<Inputs> {
  const { discover, deployment, unavailable } = inputs;
  const isThere = deployment === undefined || (written.deployed !== undefined && unavailable === undefined);
  return discover === undefined || findTargets === undefined || !isThere
    ? inputs
    : addFound(written, await findTargets(discover, inputs));
}

/** @throws InputError when a part of what is to be captured could not be found. */
function addFound(written: WrittenInputs, { problems, ...discovery }: Awaited<ReturnType<FindTargets>>): Inputs {
  const { place } = discoverPlace(written);
  if (problems.length > 0) {
    throw new InputError(problems.map((message) => ({ place, message })));
  }
  return resolveInputs(written, discovery);
}

/** The inputs with the address of the deployment, where one is asked for; `written` as it is then. @throws InputError */
async function findDeployed(
  written: WrittenInputs,
  preview: PreviewFinder | undefined,
): Promise<{ readonly written: WrittenInputs; readonly inputs: Inputs }> {
  const inputs = resolveInputs(written);
  if (inputs.deployment === undefined || preview === undefined) {
    return { written, inputs };
  }
  const found = await preview.find(inputs.deployment, inputs);
  switch (found.kind) {
    case 'wrong-input':
      throw new InputError([{ place: deploymentPlace(written), message: found.problem }]);
    case 'unavailable':
      return { written, inputs: { ...inputs, unavailable: found.failure } };
    case 'found': {
      const deployed = { ...written, deployed: found.address };
      const there = resolveInputs(deployed);
      return { written: deployed, inputs: { ...there, ...defined({ unavailable: await preview.awaitAnswer(there) }) } };
    }
    default:
      return found satisfies never;
  }
}

/**
 * Reads with `read` what those modes need that capture nothing (see `readSettings`). What else stands in the config file
 * may depend on an environment, such as the address of a preview, that their job does not have.
 * @throws InputError with all problems at once.
 */
export async function loadSettings<T>(
  invocation: Pick<Invocation, 'values' | 'env' | 'workflow'>,
  workspace: Workspace,
  read: (values: Values, problems: Problem[]) => T,
): Promise<T> {
  const places = await readPlaces(invocation, workspace, '');
  const config = await readConfig(invocation, workspace, places);
  const problems = config.problems.filter(({ environment }) => environment !== true);
  const settings = read(new Values([locate(invocation.values, places), config.inputs], problems), problems);
  if (problems.length > 0) {
    throw new InputError(problems);
  }
  return settings;
}

/**
 * The folder for results, as far as it can be read: whatever else is wrong does not matter for that. Undefined: it is one
 * that the config file may not name.
 */
export async function readOutputFolder(
  invocation: Pick<Invocation, 'values' | 'env'>,
  workspace: Workspace,
): Promise<string | undefined> {
  const { inputs } = await readConfig(invocation, workspace, undefined);
  const values = new Values([locate(invocation.values, undefined), inputs], []);
  return findOutside(inputs, workspace).some(({ name }) => name === 'output') && values.authorOf('output') === 'config-file'
    ? undefined
    : values.require('output');
}

async function readPlaces(
  { workflow }: Pick<Invocation, 'workflow'>,
  workspace: Workspace,
  urls: string,
): Promise<WorkflowPlaces | undefined> {
  const bytes =
    workflow === undefined ? undefined : await workspace.read(workflow.file, inputLimits.fileBytes).catch(() => undefined);
  return workflow === undefined || bytes === undefined
    ? undefined
    : findWorkflowPlaces(decode(bytes), workflow.file, workflow.job, urls);
}

function locate(values: ReadonlyMap<InputName, string>, places: WorkflowPlaces | undefined): LocatedInputs {
  const written = [...values].filter(([, raw]) => raw.trim() !== '');
  return new Map(written.map(([name, raw]) => [name, { raw, place: inputPlace(name, places), by: 'invocation' }]));
}

async function readConfig(
  { values, env }: Pick<Invocation, 'values' | 'env'>,
  workspace: Workspace,
  places: WorkflowPlaces | undefined,
): Promise<ConfigFile> {
  // Annotations and results.json name it, which know no backslashes.
  const wanted = posixPath(values.get('config')?.trim() ?? '');
  for (const file of wanted === '' ? defaultConfigFiles : [wanted]) {
    const read = await readText(file, workspace);
    if (read.kind === 'text') {
      const config = parseConfigFile(read.text, file, fileVariables(env, values));
      return {
        ...config,
        problems: [...config.problems, ...findOutside(config.inputs, workspace).map(({ problem }) => problem)],
      };
    }
    if (read.kind === 'problem') {
      return withProblem(`config "${file}" ${read.problem}`, places);
    }
  }
  return wanted === ''
    ? { inputs: new Map(), targets: [], problems: [] }
    : withProblem(
        `config "${wanted}" is not there (looked at ${workspace.resolve(wanted)}). Is the repository checked out before this step?`,
        places,
      );
}

/** Folders that are written to and cleared, which the config file names and which do not lie in the workspace. */
function findOutside(inputs: LocatedInputs, workspace: Workspace): { name: InputName; problem: Problem }[] {
  return (['output', 'baseline-directory'] as const).flatMap((name) => {
    const located = inputs.get(name);
    const path = typeof located?.raw === 'string' ? located.raw : undefined;
    return located === undefined || path === undefined || workspace.holds(path)
      ? []
      : [{ name, problem: { place: located.place, message: `${name} "${path}" ${renderOutside(name)}` } }];
  });
}

function renderOutside(name: InputName): string {
  return `lies outside of the workspace or in .git, where the config file may name nothing. Use a folder of the repository, or set ${name} in the workflow or on the command line`;
}

function withProblem(message: string, places: WorkflowPlaces | undefined): ConfigFile {
  return { inputs: new Map(), targets: [], problems: [{ place: inputPlace('config', places), message }] };
}

async function loadTarget(
  { settings: written, ...target }: LocatedTarget,
  workspace: Workspace,
  problems: Problem[],
): Promise<LoadedTarget> {
  const { page } = target;
  const settings = await withStyleFile(written, workspace, problems);
  if (page.kind !== 'html-file') {
    return { ...target, settings, page };
  }
  const read = await readNamedFile('html-file', page.path, workspace);
  return {
    ...target,
    settings,
    page: 'problem' in read ? { kind: 'refused', problem: read.problem } : { kind: 'html', html: read.value },
  };
}

/** The settings with the style sheet itself in the place of its path. */
async function withStyleFile(settings: LocatedInputs, workspace: Workspace, problems: Problem[]): Promise<LocatedInputs> {
  const located = settings.get('style-file');
  if (typeof located?.raw !== 'string') {
    return settings;
  }
  const read = await readNamedFile('style-file', located.raw.trim(), workspace);
  if ('problem' in read) {
    problems.push({ place: located.place, message: read.problem });
  }
  return new Map(settings).set('style-file', { ...located, raw: 'problem' in read ? '' : read.value });
}

/** A file that the config file names, which must lie in the workspace. */
async function readNamedFile(setting: string, path: string, workspace: Workspace): Promise<Parsed<string>> {
  if (!workspace.holds(path)) {
    return { problem: `${setting} "${path}" lies outside of the workspace or in .git. Use a file of the repository` };
  }
  const read = await readText(path, workspace);
  switch (read.kind) {
    case 'text':
      // Checked out with the line ends of Windows it asks for the same capture all the same.
      return { value: read.text.replaceAll('\r\n', '\n') };
    case 'missing':
      return { problem: `${setting} "${path}" is not there (looked at ${workspace.resolve(path)})` };
    case 'problem':
      return { problem: `${setting} "${path}" ${read.problem}` };
  }
}

type TextRead = { kind: 'text'; text: string } | { kind: 'missing' } | { kind: 'problem'; problem: string };

async function readText(file: string, workspace: Workspace): Promise<TextRead> {
  try {
    const bytes = await workspace.read(file, inputLimits.fileBytes);
    return bytes === undefined ? { kind: 'missing' } : { kind: 'text', text: decode(bytes) };
  } catch (error) {
    return { kind: 'problem', problem: `cannot be read: ${reasonOf(error)}` };
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
