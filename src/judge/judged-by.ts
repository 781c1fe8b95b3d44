import { displayUrl } from '../address/display-url.ts';
import { isLoopbackHost } from '../address/loopback.ts';
import { describeOptions } from '../environment/describe.ts';
import type { EngineChoice, Inputs } from '../inputs/inputs.ts';
import type { BrowserChoice } from '../plan/browser.ts';
import type { Capture } from '../plan/capture.ts';
import { nameStep } from '../plan/step.ts';
import type { DownloadedBrowser, JudgedBy, ShardReport } from '../results/model.ts';
import { sha256 } from '../system/sha256.ts';

/** What a job found out, besides what it was told. */
export interface FoundOut {
  /** The commit whose pages are captured. */
  readonly commit: string | undefined;
  /** The description of the baselines' source. */
  readonly baselines: string | undefined;
  /** The commit that they were taken from. */
  readonly baselineCommit?: string | undefined;
  /** The browser that was downloaded; undefined: none was. */
  readonly browser?: DownloadedBrowser | undefined;
}

type Facts = { readonly [Part in JudgedBy]: unknown };

/**
 * What each input adds to what verdicts hang on; undefined: nothing, two jobs of one run may differ in it. An input that
 * is not in this list does not compile.
 */
const tellers: { readonly [Name in keyof Required<Inputs>]: ((inputs: Inputs) => unknown) | undefined } = {
  captures: ({ captures }) => inOrder(captures).map(rulesOf),
  engine: ({ engine }) => describeEngine(engine),
  updateBaselines: ({ updateBaselines }) => updateBaselines,
  prune: ({ prune }) => prune,
  retakes: ({ retakes }) => retakes,
  baselineTakes: ({ baselineTakes }) => baselineTakes,
  allowEmpty: ({ allowEmpty }) => allowEmpty,
  failOn: ({ failOn }) => failOn.toSorted(),
  // Their values are secrets, and may be made anew for each job.
  pageHeaders: ({ pageHeaders }) => Object.keys(pageHeaders.values).sort(),
  // The captures say it.
  undocumentedOptions: undefined,
  login: ({ login }) => login && [steadyAddress(login.url), login.steps.map(nameStep)],
  // They may be made anew for each job.
  writtenSecrets: undefined,
  // Told apart from rules.
  baseline: undefined,
  base: undefined,
  // The captures say it.
  discover: undefined,
  discovery: undefined,
  deployment: undefined,
  unavailable: undefined,
  commit: undefined,
  shard: undefined,
  pace: undefined,
  apiKeySecret: undefined,
  output: undefined,
  artifact: undefined,
  artifactName: undefined,
  comment: undefined,
  status: undefined,
};

/**
 * What the verdicts of a job hang on, as hashes: jobs that share a run must agree on all of it. All captures of the run
 * count, which every job knows, not this job's share. No secret is in it, not even as a hash.
 */
export function describeJudgedBy(inputs: Inputs, found: FoundOut): NonNullable<ShardReport['judgedBy']> {
  const captures = inOrder(inputs.captures);
  const facts: Facts = {
    rules: Object.entries(tellers).map(([name, tell]) => [name, tell?.(inputs)]),
    previews: captures.map(({ id, page }) => [id, page.kind === 'url' ? steadyAddress(page.url) : page.html]),
    commit: found.commit,
    // Browsers of machines are told capture by capture: an image of the runner comes out over days.
    browser: found.browser,
    baselines: [
      inputs.baseline.kind,
      inputs.baseline.kind === 'url' ? steadyAddress(inputs.baseline.url.href) : found.baselines,
      found.baselineCommit,
      captures.map(({ baselineUrl }) => (baselineUrl === undefined ? undefined : steadyAddress(baselineUrl))),
    ],
  };
  const hashOf = (part: JudgedBy): string => sha256(JSON.stringify(facts[part]) ?? '');
  return {
    rules: hashOf('rules'),
    previews: hashOf('previews'),
    commit: hashOf('commit'),
    baselines: hashOf('baselines'),
    browser: hashOf('browser'),
  };
}

function inOrder(captures: readonly Capture[]): Capture[] {
  return captures.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** All of a capture but its addresses, which are told apart from rules, and where it was written or found. */
function rulesOf({
  page: _page,
  baselineUrl: _url,
  source: _source,
  maskSource: _mask,
  foundBy: _by,
  settings,
  ...rules
}: Capture): unknown {
  const { format, quality, page } = settings;
  return { ...rules, format, quality, maskSelectors: page?.maskSelectors, options: describeOptions(settings) };
}

function describeEngine(engine: EngineChoice): unknown {
  return engine.kind === 'local'
    ? [engine.kind, engine.acceptCertificates !== undefined, describeBrowser(engine.browser)]
    : [engine.kind, steadyAddress(engine.apiUrl.href)];
}

/** Without its path, which may be another one on another machine. */
function describeBrowser(browser: BrowserChoice): unknown {
  return browser.kind === 'version' ? browser.version : browser.kind;
}

/** Without secrets. Each job starts a server of its own on its own machine, at whatever port is free. */
function steadyAddress(href: string): string {
  const url = new URL(href);
  if (isLoopbackHost(url.hostname)) {
    url.hostname = 'localhost';
    url.port = '';
  }
  return displayUrl(url.href);
}
