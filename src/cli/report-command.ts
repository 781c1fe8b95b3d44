import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { chooseCaptures } from '../baseline/reviewed-pictures.ts';
import { defined } from '../basics/record.ts';
import { createComparePool } from '../compare/pool.ts';
import type { ThumbnailMaker } from '../compare/thumbnail.ts';
import { UserError } from '../errors/user-error.ts';
import { integer } from '../inputs/value-types.ts';
import type { Values } from '../inputs/values.ts';
import type { AcceptRequest } from '../report/html/page-data.ts';
import { type ImageSource, thumbnailSize } from '../report/html/pictures.ts';
import { renderHtml } from '../report/html/render-html.ts';
import { type CaptureReport, pictureKinds, type Report } from '../results/model.ts';
import type { UploadedResults } from '../results/take-results.ts';
import { systemClock } from '../system/clock.ts';
import type { Folder } from '../system/ports.ts';
import { sha256 } from '../system/sha256.ts';
import { openWorkspace } from '../system/workspace.ts';
import { acceptSettings, readAcceptSettings, readLastResults, takeAsBaselines } from './accept-command.ts';
import { type Arguments, UsageError } from './arguments.ts';
import { type Command, exitCodes, type Terminal } from './command.ts';
import { enterProject } from './enter-project.ts';
import { inputFlags } from './input-flags.ts';
import { answerWith, findUnknown } from './report-page/accept-from-page.ts';
import { openBrowser } from './report-page/open-browser.ts';
import { servePage } from './report-page/serve-page.ts';
import { type Patience, Visitors } from './report-page/visitors.ts';

/** Ten minutes to find the address in the terminal, and one for a page that is loaded anew or a machine that was asleep. */
const patience: Patience = { firstMs: 600_000, laterMs: 60_000 };

/** 192 bits in the address: nobody guesses them while the page is served. */
const tokenBytes = 24;

export const reportCommand: Command = {
  name: 'report',
  usage: 'report [FOLDER] [options]',
  summary:
    "Show the last run's report in the browser, with a button that accepts what is marked. FOLDER: where its results are, instead of output.",
  flags: {
    ...inputFlags(acceptSettings.filter((name) => name !== 'artifact-name' && name !== 'output')),
    open: { description: 'Open the browser. Default: true; --no-open only prints the address.' },
    port: { placeholder: 'N', description: 'Port to listen on. Default: any free one.' },
    'pull-request': {
      placeholder: 'NUMBER',
      description: 'With baseline: ref, the pull request that an acceptance is for, as for accept.',
    },
  },
  positionals: [0, 1],
  stopsItself: true,
  run: async (given, here) => {
    const { args, terminal } = await enterProject(withOutput(given, here), here);
    const values = await readAcceptSettings(args, terminal);
    const output = openWorkspace(terminal.directory).openFolder(values.require('output'));
    const results = await readLastResults(output, 'name the folder where its results are');
    const visitors = new Visitors();
    await using server = await servePage({
      port: readPort(args),
      token: randomBytes(tokenBytes).toString('base64url'),
      page: await renderServedPage(results.report, output, terminal),
      visitors,
      accept: (request) =>
        answerWith(
          () => accept(results, request, { values, terminal, pullRequest: args.flags.get('pull-request') }),
          terminal.log,
        ),
    });
    terminal.print(server.url);
    if (args.flags.get('open') !== 'false' && !(await openBrowser(server.url))) {
      terminal.log.info('The browser could not be opened from here. Open the address above.');
    }
    terminal.log.info('The report is served until its page is closed. Ctrl+C ends it at once.');
    await visitors.untilGone(systemClock, patience, terminal.signal);
    return exitCodes.passed;
  },
};

/** The folder is where the check wrote its output; a path of the person who typed it. */
function withOutput({ positionals, flags }: Arguments, { directory }: Terminal): Arguments {
  const [folder] = positionals;
  return folder === undefined
    ? { positionals, flags }
    : { positionals: [], flags: new Map([...flags, ['output', resolve(directory, folder)]]) };
}

function readPort({ flags }: Arguments): number {
  const written = flags.get('port');
  const parsed = written === undefined ? { value: 0 } : integer({ min: 0, max: 65_535 }).parse(written);
  if ('problem' in parsed) {
    throw new UsageError(`--port ${parsed.problem}.`);
  }
  return parsed.value;
}

/** Rendered anew from results and pictures: a report.html that came from elsewhere could hold any script. */
async function renderServedPage(report: Report, output: Folder, { bundles }: Terminal): Promise<string> {
  await using pool = createComparePool({ workerUrl: bundles.workerUrl, workers: 2 });
  return await renderHtml(report, picturesOf(report, output, pool), { served: true });
}

/** The pictures that the report names, and no other files; each must be the one that it tells the hash of. */
function picturesOf({ captures }: Report, output: Folder, thumbnails: ThumbnailMaker): ImageSource {
  const hashes = new Map(captures.flatMap(hashesOf));
  const read = async (path: string): Promise<Uint8Array | undefined> => {
    const bytes = hashes.has(path) ? await output.read(path) : undefined;
    const hash = hashes.get(path);
    return bytes === undefined || (hash !== undefined && hash !== sha256(bytes)) ? undefined : bytes;
  };
  return {
    read,
    thumbnail: async (path) => {
      const bytes = await read(path);
      return bytes === undefined ? undefined : await thumbnails.thumbnail(bytes, thumbnailSize);
    },
  };
}

function hashesOf({ files, sha256: known }: CaptureReport): (readonly [path: string, hash: string | undefined])[] {
  const takes = (files.takes ?? []).map((path, at) => [path, known?.takes?.[at]] as const);
  return [
    ...pictureKinds.flatMap((kind) => {
      const path = files[kind];
      return path === undefined ? [] : [[path, known?.[kind]] as const];
    }),
    ...takes,
  ];
}

interface AcceptOptions {
  readonly values: Values;
  readonly terminal: Terminal;
  readonly pullRequest: string | undefined;
}

/** Does what the command accept does, with the captures that the page names and nothing else. @throws UserError, UsageError */
async function accept(
  results: UploadedResults,
  { groups, captures }: AcceptRequest,
  { values, terminal, pullRequest }: AcceptOptions,
): Promise<string> {
  if (groups.length + captures.length === 0) {
    throw new UserError('Nothing is marked as to be accepted.', 'Mark a change first.');
  }
  const unknown = findUnknown(results.report, captures);
  if (unknown.length > 0) {
    throw new UserError(`The report has no capture ${unknown[0]}.`, 'Load the page again.');
  }
  const chosen = chooseExactly(results.report, groups, new Set(captures));
  return await takeAsBaselines(results, chosen, values, terminal, defined({ pullRequest }));
}

/** Ids are compared, not read as globs, which those of captures may look like. */
function chooseExactly(report: Report, groups: readonly string[], ids: ReadonlySet<string>): ReturnType<typeof chooseCaptures> {
  const named = { ...report, captures: report.captures.filter(({ id }) => ids.has(id)) };
  const byId = ids.size === 0 ? [] : chooseCaptures(named, []).selected;
  const { selected, left } = groups.length === 0 ? { selected: [], left: [] } : chooseCaptures(report, [], groups);
  const taken = new Set([...byId, ...selected]);
  return {
    selected: report.captures.filter((capture) => taken.has(capture)),
    left: left.filter(({ id }) => !ids.has(id)),
  };
}
