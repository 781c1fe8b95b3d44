import { UserError } from '../errors/user-error.ts';
import { describeSetup, renderChoices } from '../init/describe-setup.ts';
import { findProjects, titleOf, urlProject } from '../init/find-projects.ts';
import { readPackageJson } from '../init/package-json.ts';
import { type Project, projectIds } from '../init/project.ts';
import { renderConfig } from '../init/render-config.ts';
import { renderWorkflow } from '../init/render-workflow.ts';
import { configPath, type Setup, workflowPath } from '../init/setup.ts';
import { defaultConfigFiles } from '../inputs/load.ts';
import { suggestKnown } from '../inputs/nearest.ts';
import { type Arguments, UsageError } from './arguments.ts';
import { type Command, exitCodes } from './command.ts';
import { findDefaultBranch, findLock, findPlace, type ProjectPlace, readProject } from './look-at-project.ts';
import { findExisting, writeNew } from './write-new.ts';

const parts = ['config', 'workflow'] as const;
type Part = (typeof parts)[number];

export const initCommand: Command = {
  name: 'init',
  usage: 'init [--for KIND] [--only config|workflow]',
  summary: 'Write a first visual-capture.yml and a workflow for the project in this folder. Nothing is overwritten.',
  flags: {
    for: {
      placeholder: 'KIND',
      description: `What is to be captured, where the project is several things: ${projectIds.join(', ')}. If not set, the first of these that it is.`,
    },
    only: { placeholder: 'PART', description: 'Write only the config or only the workflow.' },
  },
  positionals: [0, 0],
  run: async (args, terminal) => {
    const wanted = readParts(args);
    const place = await findPlace(terminal.directory);
    refuseFolder(place);
    const files = await readProject(terminal.directory, place);
    const found = findProjects(files);
    const setup: Setup = {
      project: choose(found, args.flags.get('for')),
      folder: place.folder,
      lock: await findLock(terminal.directory, place),
      namesManager: readPackageJson(files)?.packageManager !== undefined,
      nodeVersionFile: ['.nvmrc', '.node-version'].find((path) => files.has(path)),
      defaultBranch: await findDefaultBranch(terminal.directory, terminal.env),
    };
    const written = wanted.map((part) => renderPart(part, setup));
    await refuseExisting(place, wanted, setup);
    await writeNew(place.top, written);
    terminal.print(
      describeSetup(
        setup,
        found,
        written.map(({ path }) => path),
      ),
    );
    return exitCodes.passed;
  },
};

function readParts({ flags }: Arguments): readonly Part[] {
  const only = flags.get('only');
  if (only === undefined) {
    return parts;
  }
  const part = parts.find((known) => known === only);
  if (part === undefined) {
    throw new UsageError(`--only must be ${parts.join(' or ')}, not "${only}".`);
  }
  return [part];
}

/** The folder's name becomes a part of the workflow. */
function refuseFolder({ folder }: ProjectPlace): void {
  if (!/^[\w@.+ /-]*$/.test(folder)) {
    throw new UserError(
      `The folder ${folder} has a name that cannot stand in a workflow. Nothing was written.`,
      'Use letters, digits and the characters @ . + - _ in the names of folders, or write the files by hand.',
      { wrongInput: true },
    );
  }
}

function choose(found: readonly Project[], wanted: string | undefined): Project {
  if (wanted === undefined) {
    return found[0] ?? urlProject;
  }
  const id = projectIds.find((known) => known === wanted);
  if (id === undefined) {
    throw new UsageError(`--for "${wanted}" is nothing that init knows. ${suggestKnown(wanted, projectIds, '--help')}`);
  }
  const project = id === urlProject.id ? urlProject : found.find((one) => one.id === id);
  if (project === undefined) {
    const others = [...found.map((one) => one.id), urlProject.id];
    throw new UsageError(
      `init finds nothing of ${titleOf(id)} in this folder. It can write files for: ${renderChoices(others)}.`,
    );
  }
  return project;
}

/** All that is in the way at once. A half of the two files would not fit the other half that is there. */
async function refuseExisting({ top, folder }: ProjectPlace, wanted: readonly Part[], setup: Setup): Promise<void> {
  const configs = defaultConfigFiles.map((path) => inProject(folder, path));
  const existing = await findExisting(top, [
    ...(wanted.includes('config') ? configs : []),
    ...(wanted.includes('workflow') ? [workflowPath(setup)] : []),
  ]);
  if (existing.length === 0) {
    return;
  }
  const other = existing.includes(workflowPath(setup)) ? 'config' : 'workflow';
  throw new UserError(
    `${existing.join(' and ')} ${existing.length === 1 ? 'is' : 'are'} there already. Nothing was written, and nothing is ever overwritten.`,
    existing.length === 1 && wanted.length > 1
      ? `Remove or rename it to have it written anew, or write only the other one: visual-capture init --only ${other}`
      : 'Remove or rename what is there to have it written anew.',
    { wrongInput: true },
  );
}

function renderPart(part: Part, setup: Setup): { path: string; content: string } {
  switch (part) {
    case 'config':
      return { path: inProject(setup.folder, configPath), content: renderConfig(setup) };
    case 'workflow':
      return { path: workflowPath(setup), content: renderWorkflow(setup) };
  }
}

function inProject(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}
