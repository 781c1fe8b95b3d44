import { type ManifestEntry, manifestEntry, manifestFile, renderManifest } from '../baseline/manifest.ts';
import { formatPlural } from '../basics/format.ts';
import { docsUrl, exampleUrl } from '../basics/product.ts';
import { renderProblems } from '../errors/problem.ts';
import { UserError } from '../errors/user-error.ts';
import { checkImported } from '../import/check-imported.ts';
import { type Imported, NoteBook, renderNotes } from '../import/imported.ts';
import { renderImported } from '../import/render-imported.ts';
import { configPath } from '../init/setup.ts';
import { defaultConfigFiles } from '../inputs/load.ts';
import { suggestKnown } from '../inputs/nearest.ts';
import { inputSpec } from '../inputs/spec.ts';
import type { CaptureEnvironment } from '../results/model.ts';
import { openWorkspace } from '../system/workspace.ts';
import { UsageError } from './arguments.ts';
import { type Command, exitCodes } from './command.ts';
import { type ImportSource, importSources, type ReadImport, readImport, readPicture } from './read-import.ts';
import { findExisting, type NewFile, writeNew } from './write-new.ts';

/** Where baselines are kept if nobody says otherwise. */
const baselineFolder = inputSpec('baseline-directory').default ?? 'visual-baselines';

export const importCommand: Command = {
  name: 'import',
  usage: `import ${importSources.join('|')} PATH`,
  summary:
    'Write visual-capture.yml, and baselines, from the configuration and the pictures of another tool. PATH is its configuration or the folder with it. Programs are read and never run; nothing is overwritten.',
  flags: {},
  positionals: [2, 2],
  run: async (args, terminal) => {
    const [wanted = '', path = ''] = args.positionals;
    const read = await readImport(readSource(wanted), path, terminal.directory);
    const text = renderImported(read.imported, read.source);
    const environments = await environmentsOf(text, read, terminal.directory);
    const { files, lost } = await prepare(read, text, environments);
    await refuseExisting(terminal.directory, files);
    await writeNew(terminal.directory, files);
    terminal.print(describe(read, files, lost));
    return exitCodes.passed;
  },
};

function readSource(wanted: string): ImportSource {
  const source = importSources.find((known) => known === wanted);
  if (source === undefined) {
    throw new UsageError(`import knows nothing of "${wanted}". ${suggestKnown(wanted, importSources, '--help')}`);
  }
  return source;
}

/** How each capture will be taken. A config that could not be read again is never written. */
async function environmentsOf(
  text: string,
  { source, title, imported }: ReadImport,
  directory: string,
): Promise<ReadonlyMap<string, CaptureEnvironment>> {
  if (imported.pages.length === 0 && imported.settings['discover'] === undefined) {
    throw new UserError(
      [
        `Nothing in ${source} can be carried over. Nothing was written.`,
        ...renderNotes(imported.notes).map((line) => `  - ${line}`),
      ].join('\n'),
      'Correct what is listed, or write visual-capture.yml by hand.',
      { wrongInput: true },
    );
  }
  const checked = await checkImported(text, openWorkspace(directory), title);
  if ('environments' in checked) {
    return checked.environments;
  }
  throw new UserError(
    `What ${source} says makes no config that could be used. Nothing was written.\n${renderProblems(checked.problems)}`,
    'Correct it in the file that is imported. The lines are those of the config that would have been written.',
    { wrongInput: true },
  );
}

interface Prepared {
  readonly files: readonly NewFile[];
  readonly lost: readonly string[];
}

/** Looks at each picture, one at a time, and reads it again when it is written: together they may be larger than the memory. */
async function prepare(
  { imported, folder, title }: ReadImport,
  text: string,
  environments: ReadonlyMap<string, CaptureEnvironment>,
): Promise<Prepared> {
  const entries = new Map<string, ManifestEntry>();
  const files: NewFile[] = [{ path: configPath, content: text }];
  const unreadable = new NoteBook();
  for (const { id, path } of imported.pictures) {
    const picture = await readPicture(folder, path);
    if ('reason' in picture) {
      unreadable.add(path, `cannot be a baseline: ${picture.reason}`);
      continue;
    }
    const environment = environments.get(id);
    const entry = environment === undefined ? undefined : manifestEntry({ png: picture.png, environment });
    if (entry !== undefined) {
      entries.set(id, entry);
    }
    files.push({ path: `${baselineFolder}/${id}.png`, content: () => readAgain(folder, path, title) });
  }
  return {
    files:
      entries.size === 0 ? files : [...files, { path: `${baselineFolder}/${manifestFile}`, content: renderManifest(entries) }],
    lost: renderNotes([...imported.notes, ...unreadable.notes]),
  };
}

async function readAgain(folder: ReadImport['folder'], path: string, title: string): Promise<Uint8Array> {
  const picture = await readPicture(folder, path);
  if ('reason' in picture) {
    throw new Error(`the picture ${path} of ${title} was there a moment ago: ${picture.reason}`);
  }
  return picture.png;
}

async function refuseExisting(directory: string, files: readonly NewFile[]): Promise<void> {
  const existing = await findExisting(directory, [...new Set([...defaultConfigFiles, ...files.map(({ path }) => path)])]);
  if (existing.length > 0) {
    const more = existing.length - 1;
    throw new UserError(
      `${existing[0]}${more === 0 ? ' is' : ` and ${formatPlural(more, 'other file')} are`} there already. Nothing was written, and nothing is ever overwritten.`,
      'Remove or rename what is there, or run the command in an empty folder and take over what you need.',
      { wrongInput: true },
    );
  }
}

function describe({ imported, source, title }: ReadImport, files: readonly NewFile[], lost: readonly string[]): string {
  const pictures = files.filter(({ path }) => path.endsWith('.png')).length;
  return [
    `Read: ${source} (${title})`,
    `Written: ${configPath} with ${describePages(imported)}`,
    ...(pictures === 0 ? [] : [`Written: ${formatPlural(pictures, 'baseline')} in ${baselineFolder}`]),
    ...(lost.length === 0 ? [] : ['', 'Not carried over, or not as it was:', ...lost.map((line) => `  - ${line}`)]),
    '',
    'What to do next:',
    `1. Read ${configPath}, and serve the site at its base-url. To see what would be captured: visual-capture plan`,
    ...(pictures === 0
      ? [`2. Take the first baselines: visual-capture check --update-baselines missing. Commit ${baselineFolder}.`]
      : [
          `2. The pictures of ${title} were taken by another browser, so pages will differ that have not changed. See what differs: visual-capture check`,
          `3. Then take new baselines: visual-capture check --update-baselines. Commit ${baselineFolder}.`,
        ]),
    `${pictures === 0 ? 3 : 4}. Add a workflow: ${exampleUrl('localhost.yml')} (${docsUrl('baselines.md')} says where else baselines may be kept).`,
  ].join('\n');
}

function describePages({ pages, settings }: Imported): string {
  const found = settings['discover'] === undefined ? [] : ['all stories'];
  return [...(pages.length === 0 ? [] : [formatPlural(pages.length, 'page')]), ...found].join(' and ');
}
