import { waitUntilValues } from '../plan/capture.ts';
import { captureApiOf, defaultApi, engineNames, type ServiceName, serviceNames, widestLimits } from '../services/registry.ts';
import { apiOptions } from './api-options.ts';
import { headerLines } from './header-lines.ts';
import { maskList } from './masks.ts';
import { shardShare } from './shard-share.ts';
import { choice, flag, integer, number, seconds, statusList, text, type ValueType } from './value-types.ts';
import { viewportList } from './viewports.ts';

/** Where an input may be written. */
export type Scope =
  /** Only in the workflow or on the command line. */
  | 'invocation'
  /** Also at the top of the config file. */
  | 'run'
  /** Also in a target, which then counts for that target alone. */
  | 'target';

export interface InputSpec<T> {
  readonly type: ValueType<T>;
  readonly scope: Scope;
  /** As a person would write it; absent: none. */
  readonly default?: string;
  /** One or more sentences, for action.yml, the docs, the schema and the usage alike. */
  readonly description: string;
  /** Never shown, and in the config file only as `${NAME}`. */
  readonly secret?: true;
  /** What action.yml itself sets, where GitHub alone knows the value. */
  readonly workflowDefault?: string;
  /** Means nothing outside of a workflow, so the command line has no flag for it. */
  readonly stepOnly?: true;
  /** Needs structure that one line of text cannot give, so it stands in the config file only. */
  readonly configOnly?: true;
}

const spec = <T>(type: ValueType<T>, rest: Omit<InputSpec<T>, 'type'>): InputSpec<T> => ({ type, ...rest });
const anyCount = Number.MAX_SAFE_INTEGER;

/** The longest wait that is taken, in seconds: a day, above the 6 hours that GitHub gives a job. */
const daySeconds = 86_400;

/** What the default service bills, in the words for it. */
const { unit } = defaultApi.billing;

const hosted = (say: (name: ServiceName) => string): string[] => serviceNames.map(say);

/** THE table of inputs. Parsing, action.yml, the config file's JSON Schema, the command line's flags and docs/inputs.md come from it. */
export const inputSpecs = {
  urls: spec(text, {
    scope: 'invocation',
    description:
      'What to capture, one target per line: `URL-or-path`, or `name = URL-or-path`. Blank lines and lines starting with `#` are skipped. They come on top of the targets of the config file.',
  }),
  config: spec(text, {
    scope: 'invocation',
    description:
      'Path of the config file. Without it, `visual-capture.yml` or else `.github/visual-capture.yml` is read if there.',
  }),
  'base-url': spec(text, {
    scope: 'run',
    description:
      'What relative targets are joined to: the address of the preview deployment. Its query, if any, is added to each of them.',
  }),
  viewports: spec(viewportList, {
    scope: 'target',
    default: '1280x800',
    description:
      'Window sizes, separated by commas or lines: `WxH`, `WxH@SCALE` or `name=WxH@SCALE`, in CSS pixels; SCALE is the device scale factor.',
  }),
  'full-page': spec(flag, {
    scope: 'target',
    default: 'false',
    description: 'Capture the whole height of the page instead of the window.',
  }),
  'wait-until': spec(choice(...waitUntilValues), {
    scope: 'target',
    description: 'When the page counts as loaded. Left to the service when not set.',
  }),
  selector: spec(text, {
    scope: 'target',
    configOnly: true,
    description: 'Capture only the element that this CSS selector matches.',
  }),
  format: spec(choice('png', 'jpeg'), {
    scope: 'target',
    default: 'png',
    description: 'Picture format. `jpeg` captures are reported but never compared.',
  }),
  quality: spec(integer(widestLimits.quality), { scope: 'target', description: 'JPEG quality; only with `format: jpeg`.' }),
  engine: spec(choice(...engineNames), {
    scope: 'run',
    default: 'api',
    description:
      `${hosted((name) => `\`${name}\`: ${captureApiOf(name).summary}.`).join(' ')} ` +
      '`local`: the built-in engine, which drives the Chrome of this machine, for localhost previews, forks without secrets, and trying it out.',
  }),
  'browser-path': spec(text, {
    scope: 'run',
    description: 'Chrome or Chromium for `engine: local`. Without it, one is looked for on the machine.',
  }),
  'api-key': spec(text, {
    scope: 'run',
    secret: true,
    description: `API key with ${defaultApi.key.needs}, from a secret. Needed for ${hosted((name) => `\`engine: ${name}\``).join(' or ')}.`,
  }),
  'api-url': spec(text, {
    scope: 'run',
    default: defaultApi.url,
    description: 'Address of the capture service: https only, but for loopback. It is never followed through a redirect.',
  }),
  'api-options': spec(apiOptions, {
    scope: 'target',
    description:
      'JSON object that is merged into every request body, for options of the service that have no input here. A `viewport` in it adds to the size that `viewports` gives; `url`, `html` and `format` have their own places.',
  }),
  concurrency: spec(integer({ min: 1, max: 200 }), {
    scope: 'run',
    default: '8',
    description: 'Most requests in flight. The run adapts below it to what the service can take.',
  }),
  'max-attempts': spec(integer({ min: 1, max: 100 }), {
    scope: 'run',
    default: '6',
    description: 'Most requests for one capture.',
  }),
  'attempt-timeout': spec(seconds({ min: 0.1, max: daySeconds }), {
    scope: 'run',
    default: '60',
    description: 'Seconds for one request.',
  }),
  'retry-budget': spec(seconds({ min: 0, max: daySeconds }), {
    scope: 'run',
    default: '300',
    description: 'Seconds that the whole run may spend held back by a busy engine or a rate limit.',
  }),
  'time-limit': spec(seconds({ min: 0, max: daySeconds }), {
    scope: 'run',
    default: '0',
    description: 'Seconds after which the run stops cleanly and reports what it has. 0: none.',
  }),
  'max-captures': spec(integer({ min: 0, max: anyCount }), {
    scope: 'run',
    default: '0',
    description: `Refuse to spend more ${unit}s than this. 0: no cap.`,
  }),
  baseline: spec(choice('directory', 'ref', 'artifact', 'url', 'none'), {
    scope: 'run',
    default: 'directory',
    description:
      '`directory`: PNG files in the repository, at `baseline-directory`. `ref`: a git ref outside of branches and tags, so that clones do not grow. `artifact`: the captures of the newest successful run of the same workflow on the base branch. `url`: another deployment, at `baseline-url`, captured in the same run. `none`: capture and report only. docs/baselines.md says which is for whom.',
  }),
  'baseline-directory': spec(text, {
    scope: 'run',
    default: 'visual-baselines',
    description: 'Folder of the baselines: `<name>/<viewport>.png`.',
  }),
  'baseline-url': spec(text, {
    scope: 'run',
    description:
      `Address of another deployment, such as production, with \`baseline: url\`: each page is captured there too, in the same run, and compared. That costs a ${unit} of its own. ` +
      'Targets that are html or on another host than `base-url` are captured, but not compared.',
  }),
  'baseline-ref': spec(text, {
    scope: 'run',
    description:
      'Git ref that holds the baselines, with `baseline: ref`: a full name, or a branch. Without it, `refs/visual-capture/baselines/<base branch>`.',
  }),
  threshold: spec(number({ min: 0, max: 1 }), {
    scope: 'target',
    default: '0.1',
    description: 'Colour threshold of pixelmatch: 0 sees every difference, 1 none.',
  }),
  'include-anti-aliasing': spec(flag, {
    scope: 'target',
    default: 'false',
    description: 'Count pixels that differ by anti-aliasing alone.',
  }),
  'max-diff-pixels': spec(integer({ min: 0, max: anyCount }), {
    scope: 'target',
    description:
      'How many pixels may differ and still be `unchanged`. Neither this nor `max-diff-ratio` set: none. Both set: the stricter counts.',
  }),
  'max-diff-ratio': spec(number({ min: 0, max: 1 }), {
    scope: 'target',
    description: 'What share of the pixels, 0 to 1, may differ and still be `unchanged`.',
  }),
  mask: spec(maskList, {
    scope: 'target',
    configOnly: true,
    description: 'Rectangles in CSS pixels that are never compared: `[{x: 0, y: 0, width: 200, height: 40}]`.',
  }),
  retakes: spec(integer({ min: 0, max: 10 }), {
    scope: 'run',
    default: '1',
    description:
      'How often a differing capture is taken again before it counts. What does not come back is noise; what differs between two takes is left out, up to 5% of the picture. See docs/trust.md.',
  }),
  'page-check': spec(choice('off', 'warn', 'fail'), {
    scope: 'run',
    default: 'warn',
    description:
      `What a page does that answers a plain request with an error or another site’s sign-on, or whose picture is blank: \`fail\` its captures, before a ${unit} is spent where possible, or \`warn\`. ` +
      'Neither takes it as a baseline; `off` does not look.',
  }),
  'page-headers': spec(headerLines, {
    scope: 'run',
    secret: true,
    description:
      'Headers that open a protected preview, one `Name: value` a line, from a secret. They go to the origin of `base-url` alone (without one, to that of each target), with the page check and the captures of the built-in engine. For the hosted service see docs/protected-previews.md.',
  }),
  'allow-empty': spec(flag, {
    scope: 'run',
    default: 'false',
    description:
      'Let a run pass that compared nothing: without targets, or with baselines of which none was compared with a capture: it failed, has another name, is a JPEG, or `baseline-url` has no such page. The first run, when there are no baselines yet, passes anyway.',
  }),
  'update-baselines': spec(choice('false', 'missing', 'true'), {
    scope: 'run',
    default: 'false',
    description:
      'Write captures to the baselines: `true` all of them, `missing` only those without one. What was written does not fail the step.',
  }),
  prune: spec(flag, {
    scope: 'run',
    default: 'false',
    description:
      'With `update-baselines: true`: delete the baselines that no target of the whole run has any more. Without it they are reported as `removed` and kept.',
  }),
  'fail-on': spec(statusList, {
    scope: 'run',
    default: 'changed, failed',
    description:
      'What fails the step: some of `changed`, `added`, `removed`, `failed`, `skipped`, or `none`. `failed` includes what a run that stopped early skipped.',
  }),
  output: spec(text, { scope: 'run', default: 'visual-capture', description: 'Folder for results, report and pictures.' }),
  'upload-artifact': spec(flag, {
    scope: 'run',
    default: 'true',
    description: 'Upload the output folder as an artifact, and the report as one that opens in the browser.',
  }),
  'artifact-name': spec(text, {
    scope: 'run',
    default: 'visual-capture',
    description:
      'Name of the zip with everything; the report alone goes up unzipped as `<artifact-name>.html`. Must be unique in the workflow run.',
  }),
  'retention-days': spec(integer({ min: 1, max: 400 }), {
    scope: 'run',
    description: 'Days that GitHub keeps the artifacts. Without it, what the repository is set to.',
  }),
  shard: spec(shardShare, {
    scope: 'invocation',
    description:
      '`i/n`: captures only this job’s share. The results go up as `<artifact-name>-<i>-of-<n>`, and a job with `mode: merge` joins them (docs/shards.md).',
  }),
  comment: spec(choice('auto', 'always', 'never'), {
    scope: 'run',
    default: 'auto',
    description:
      'When to comment on the pull request: `auto`: when there is something to say or an older comment to bring up to date; `always`; `never`. Needs the permission `pull-requests: write`, and `contents: write` for pictures (docs/pull-requests.md).',
  }),
  'comment-key': spec(text, {
    scope: 'run',
    description:
      'Tells the comments of several configs on one pull request apart: each key has a comment of its own. Without it, the `artifact-name`.',
  }),
  'github-token': spec(text, {
    scope: 'invocation',
    secret: true,
    stepOnly: true,
    workflowDefault: '${{ github.token }}',
    description:
      'Token for GitHub. What it may do is set by `permissions` of the job; docs/pull-requests.md says what needs which.',
  }),
  mode: spec(choice('check', 'merge', 'publish', 'accept', 'cleanup'), {
    scope: 'invocation',
    stepOnly: true,
    default: 'check',
    description:
      '`check`: capture, compare and report. `merge`: join the results of the shards of this run (docs/shards.md). `publish`: post what the untrusted run of a fork found (docs/forks.md). `accept`: take reviewed pictures as baselines (docs/accepting.md). `cleanup`: delete the pictures of a closed pull request (docs/pull-requests.md).',
  }),
} satisfies Record<string, InputSpec<never> | InputSpec<unknown>>;

export type InputName = keyof typeof inputSpecs;

/** What an input is once it is read. */
export type InputValue<Name extends InputName> = (typeof inputSpecs)[Name] extends InputSpec<infer T> ? T : never;

export const inputNames = Object.keys(inputSpecs) as readonly InputName[];

/** The table's entry, with its optional columns and its value not yet known. */
export function inputSpec(name: InputName): InputSpec<unknown> {
  return inputSpecs[name];
}

export function isInputName(name: string): name is InputName {
  return Object.hasOwn(inputSpecs, name);
}

/** Inputs that may stand where: the config file's top, or one of its targets. */
export const targetInputNames = inputNames.filter((name) => inputSpec(name).scope === 'target');
export const configInputNames = inputNames.filter((name) => inputSpec(name).scope !== 'invocation');
/** Inputs that the workflow and the command line know. */
export const invocationInputNames = inputNames.filter((name) => inputSpec(name).configOnly !== true);
