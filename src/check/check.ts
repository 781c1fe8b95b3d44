import { listSecrets } from '../address/hide-secrets.ts';
import type { BaselinePorts, RunPlace } from '../baseline/host.ts';
import { openBaselines } from '../baseline/open.ts';
import type { BaselineBrowsers, BaselineSource } from '../baseline/source.ts';
import { decideUpdate } from '../baseline/update.ts';
import { readWorkingCopy } from '../baseline/working-copy.ts';
import { formatFew } from '../basics/format.ts';
import { pixelmatchVersion, version } from '../basics/product.ts';
import { defined } from '../basics/record.ts';
import { createComparePool } from '../compare/pool.ts';
import { readCheckout } from '../git/checkout.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { type Invocation, loadInputs } from '../inputs/load.ts';
import { createPageChecker, type PageChecker } from '../page-check/page-checker.ts';
import { wakeBoundMs } from '../page-check/wake.ts';
import { urlsOf } from '../plan/capture.ts';
import type { Progress } from '../progress/progress.ts';
import { systemClock, systemRandom } from '../system/clock.ts';
import { closingInTime } from '../system/closing.ts';
import type { Folder, Log } from '../system/ports.ts';
import { clearLeftFolders } from '../system/temporary-folder.ts';
import { unlessStopped } from '../system/unless-stopped.ts';
import { openWorkspace } from '../system/workspace.ts';
import type { Bundles } from './bundles.ts';
import { certificatesToAccept } from './certificates.ts';
import { describeOtherBrowsers } from './describe-browsers.ts';
import { type DeploymentPlace, Preview } from './find-preview.ts';
import { findTargets } from './find-targets.ts';
import { openService } from './open-service.ts';
import { type Finished, run } from './run.ts';
import type { CaptureService, RunAbout } from './run-ports.ts';

/** Where and for whom a check runs: the workflow step or the command line. */
export interface CheckHost {
  /** What relative paths start from. */
  readonly directory: string;
  readonly bundles: Bundles;
  readonly log: Log;
  readonly progress: (inputs: Inputs) => Progress;
  /**
   * Folders whose node_modules may bring a browser along, besides that of this product. In a workflow there are none: what lies
   * in the repository is written by the author of a pull request.
   */
  readonly browserFolders?: readonly string[];
  /** Told the key, the headers and what is typed as soon as they are read: the config file may take them from variables that nobody masks. */
  readonly onSecrets?: (secrets: readonly string[]) => void;
  /** What the run is about, asked once the inputs are read; without it, what the git repository around the directory tells. */
  readonly findContext?: (inputs: Inputs) => Promise<RunContext>;
  /** Where the deployments of the captured commit are known. Its commit is undefined where nobody knows it. */
  readonly deploymentPlace?: (commit: string | undefined) => Promise<DeploymentPlace>;
}

export interface RunContext {
  readonly about: Omit<RunAbout, 'fork' | 'versions'>;
  /** Where the run stands in the life of its repository. */
  readonly place: () => Promise<RunPlace>;
}

export interface Checked extends Finished {
  readonly inputs: Inputs;
  readonly output: Folder;
}

/**
 * Reads the inputs and runs the check with the real clock, disk and network. When the signal aborts, nothing is waited for
 * any more, and what was found until then is reported: every capture as not tried, if nothing was.
 * @throws InputError before anything is sent; UserError when the machine does not do its part.
 */
export async function check(invocation: Invocation, host: CheckHost, signal: AbortSignal): Promise<Checked> {
  const workspace = openWorkspace(host.directory);
  let context: RunContext | undefined;
  const findContext = async (inputs: Inputs): Promise<RunContext> => {
    context = await (host.findContext ?? findContextHere)(inputs, host.directory);
    return context;
  };
  const preview = new Preview({
    place: async (read) => {
      tellSecrets(read, host);
      const { commit } = (await findContext(read)).about;
      return (await host.deploymentPlace?.(commit)) ?? nowhere;
    },
    clock: systemClock,
    log: host.log,
    signal,
  });
  const inputs = await loadInputs(invocation, workspace, {
    preview,
    findTargets: (choice, read) => {
      tellSecrets(read, host);
      return findTargets(choice, read, host.log, signal);
    },
  });
  await clearLeftFolders();
  const output = workspace.openFolder(inputs.output);
  const comparer = createComparePool({ workerUrl: host.bundles.workerUrl });
  await using _comparer = closingInTime(comparer, systemClock, signal);
  const secrets = [...listSecrets(addressesOf(inputs), inputs.pageHeaders), ...inputs.writtenSecrets];
  tellSecrets(inputs, host);
  const pages = openPageChecker(inputs, secrets, host.log);
  await using _pages = closingInTime(pages, systemClock, signal);

  context ??= await unlessStopped(signal, () => findContext(inputs));
  const baselines = await openTheirBaselines(inputs, context, { openFolder: workspace.openFolder, log: host.log, signal });
  await using _baselines = closingInTime(baselines, systemClock, signal);
  if (!signal.aborted) {
    warnOfUncompared(inputs, baselines, host.log);
  }
  const { update, withheld } = decideUpdate(inputs, baselines);
  if (withheld !== undefined) {
    host.log.info(`update-baselines has no effect in this run: ${withheld}.`);
  }
  const servicePorts = { clock: systemClock, log: host.log, comparer, bundles: host.bundles, signal };
  const place = { browserFolders: host.browserFolders ?? [], env: invocation.env };
  const ports = {
    clock: systemClock,
    random: systemRandom,
    output,
    baselines,
    update,
    comparer,
    thumbnails: comparer,
    pages,
    progress: host.progress(inputs),
    openService: async (browsers: BaselineBrowsers) => {
      const service = await openService(inputs, secrets, servicePorts, { ...place, archives: browsers.archives });
      tellOtherBrowsers(browsers, service, update.kind !== 'none', host.log);
      return service;
    },
    openEarlier: (version: string, { archives }: BaselineBrowsers) => {
      const engine = { ...inputs.engine, kind: 'local', browser: { kind: 'version', version } } as const;
      return openService({ ...inputs, engine }, secrets, servicePorts, { ...place, archives, earlier: true });
    },
  };
  const versions = { visualCapture: version, pixelmatch: pixelmatchVersion };
  const about = { ...context?.about, ...defined({ build: preview.build }), fork: invocation.fork, versions };
  const finished = await run(inputs, ports, about, signal);
  await preview.tellIfChanged(inputs);
  return { ...finished, inputs, output };
}

/** What differs is not compared in silence. */
function tellOtherBrowsers({ byId }: BaselineBrowsers, service: CaptureService, updating: boolean, log: Log): void {
  const { browser } = service.environment;
  const told = browser === undefined ? undefined : describeOtherBrowsers(byId.values(), browser, { updating });
  if (told !== undefined && updating) {
    log.info(told);
  } else if (told !== undefined) {
    log.warn(told);
  }
}

const nowhere: DeploymentPlace = { kind: 'wrong-input', problem: 'deployment cannot be looked for here. Set base-url instead' };

function tellSecrets(inputs: Inputs, { onSecrets }: CheckHost): void {
  onSecrets?.([...keysOf(inputs), ...Object.values(inputs.pageHeaders.values), ...inputs.writtenSecrets]);
}

function openPageChecker(inputs: Inputs, secrets: readonly string[], log: Log): PageChecker {
  return createPageChecker({
    clock: systemClock,
    userAgent: `visual-capture/${version}`,
    headers: inputs.pageHeaders,
    secrets,
    mustBeReachable: inputs.engine.kind === 'local',
    acceptCertificatesOf: certificatesToAccept(inputs.engine),
    onWaiting: (origin, because) => log.info(`Waiting until ${origin} is awake (${because}), up to ${wakeBoundMs / 1000} s.`),
  });
}

/** Undefined where nothing is to be compared, or the run was stopped before they were open. */
async function openTheirBaselines(
  inputs: Inputs,
  context: RunContext | undefined,
  ports: Pick<BaselinePorts, 'openFolder' | 'log' | 'signal'>,
): Promise<BaselineSource | undefined> {
  if (context === undefined) {
    return undefined;
  }
  const { place } = context;
  const sharded = inputs.shard !== undefined;
  return await unlessStopped(ports.signal, () =>
    openBaselines(inputs.baseline, { ...ports, place, clock: systemClock, random: systemRandom, sharded }),
  );
}

function addressesOf({ captures, login }: Inputs): string[] {
  return [...captures.flatMap(urlsOf), ...(login === undefined ? [] : [login.url])];
}

function keysOf({ engine }: Pick<Inputs, 'engine'>): string[] {
  return engine.kind === 'local' ? [] : [engine.apiKey];
}

async function findContextHere({ commit }: Inputs, directory: string): Promise<RunContext> {
  const checkout = commit === undefined ? await readCheckout(directory, process.env) : undefined;
  return { about: defined({ commit: commit ?? checkout?.commit }), place: () => readWorkingCopy(directory, commit) };
}

/** Pages without a counterpart look as green as compared ones, so they are named. */
function warnOfUncompared({ captures }: Inputs, baselines: BaselineSource | undefined, log: Log): void {
  const counterparts = baselines?.counterparts;
  const names =
    counterparts === undefined
      ? []
      : captures.filter((capture) => counterparts.of(capture) === undefined).map(({ name }) => name);
  const distinct = [...new Set(names)];
  if (distinct.length > 0) {
    log.warn(
      `Captured, but not compared with baseline-url: ${formatFew(distinct, 5)}. Only PNG captures of pages below base-url have a counterpart there.`,
    );
  }
}
