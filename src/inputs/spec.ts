import { maxBaselineTakes, maxRetakes } from '../basics/pace.ts';
import { docsUrl } from '../basics/product.ts';
import { waitUntilValues } from '../plan/capture.ts';
import { captureApiOf, defaultApi, engineNames, type ServiceName, serviceNames, widestLimits } from '../services/registry.ts';
import { apiOptions } from './api-options.ts';
import { browserType } from './browser.ts';
import { commitId } from './commit-id.ts';
import { deploymentType } from './deployment.ts';
import { discoverType } from './discover.ts';
import { headerLines } from './header-lines.ts';
import type { InputSpec } from './input-spec.ts';
import { loginType } from './login.ts';
import { maskList } from './masks.ts';
import { colorSchemeList, pageInputs } from './page-settings.ts';
import { shardShare } from './shard-share.ts';
import { choice, flag, integer, number, seconds, statusList, text, type ValueType } from './value-types.ts';
import { viewportList } from './viewports.ts';

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
      'What to capture, one target per line: `URL-or-path`, or `name = URL-or-path`. Blank lines and lines starting with `#` are skipped. Targets of the config file are captured as well.',
  }),
  config: spec(text, {
    scope: 'invocation',
    description:
      'Path of the config file. If not set, `visual-capture.yml` or `.github/visual-capture.yml` is read, whichever exists first.',
  }),
  'base-url': spec(text, {
    scope: 'run',
    description:
      'Address of the preview deployment, to which relative targets are joined. Its query string, if any, is added to each of them.',
  }),
  discover: spec(discoverType, {
    scope: 'run',
    description: `Captures pages that nobody listed: \`sitemap\`, \`storybook\` or \`crawl\`, separated by commas, found at \`base-url\`. In the config file it may be a mapping with paths, \`include\`, \`exclude\` and \`max\`. A listed target of the same address or name gives its settings to the found one. \`visual-capture discover\` prints what is found. See ${docsUrl('discover.md')}`,
  }),
  deployment: spec(deploymentType, {
    scope: 'run',
    description: `Waits for the preview of the captured commit and takes its address as \`base-url\`: from the event where it has one, else by GitHub’s deployments, commit statuses and checks, as Vercel, Netlify, Cloudflare Pages, Render and others write them. \`true\`, or the name of the environment where there are several previews; in the config file also \`{environment, timeout}\`, with the seconds to wait (600 if not set). A \`base-url\` beside it is a path or a query that is put behind the address. Needs \`deployments: read\`, \`statuses: read\` or \`checks: read\`. See ${docsUrl('deployments.md')}`,
  }),
  viewports: spec(viewportList, {
    scope: 'target',
    default: '1280x800',
    description:
      'Window sizes, separated by commas or lines: `WxH`, `WxH@SCALE` or `name=WxH@SCALE`, in CSS pixels; SCALE is the device scale factor. Or devices that puppeteer knows, such as `iPhone 15` or `phone=Pixel 5`, with their size, scale, touch and user agent.',
  }),
  'full-page': spec(flag, {
    scope: 'target',
    default: 'false',
    description: 'Capture the full height of the page instead of the viewport.',
  }),
  'wait-until': spec(choice(...waitUntilValues), {
    scope: 'target',
    description: 'When the page counts as loaded. If not set, the engine decides.',
  }),
  selector: spec(text, {
    scope: 'target',
    configOnly: true,
    description: 'Capture only the element that matches this CSS selector.',
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
  browser: spec(browserType, {
    scope: 'run',
    default: 'system',
    description: `The browser of \`engine: local\`: \`system\`: the one at \`browser-path\`, else one that is found on the machine; \`chrome@154.0.8100.2\`: that build of Chrome, which is downloaded once and kept; \`stable\`: the newest stable Chrome at the start of the run, downloaded likewise. See ${docsUrl('engine.md#a-pinned-browser')}`,
  }),
  'browser-path': spec(text, {
    scope: 'invocation',
    description: 'Chrome or Chromium for `engine: local`, with `browser: system`. If not set, one is looked for on the machine.',
  }),
  'accept-certificates': spec(flag, {
    scope: 'run',
    default: 'false',
    description:
      'Only with `engine: local`: take self-signed and other untrusted certificates of this machine (`localhost`, `127.0.0.1`) and of the host of `base-url`. Those of all other hosts stay checked.',
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
    description: 'Maximum number of concurrent requests. The run adapts below it to what the service can take.',
  }),
  'max-attempts': spec(integer({ min: 1, max: 100 }), {
    scope: 'run',
    default: '6',
    description:
      'Maximum number of failed requests for one capture. What a busy engine or a rate limit refused, or no service answered, is not counted.',
  }),
  'attempt-timeout': spec(seconds({ min: 0.1, max: daySeconds }), {
    scope: 'run',
    default: '60',
    description: 'Timeout of one request, in seconds.',
  }),
  'retry-budget': spec(seconds({ min: 0, max: daySeconds }), {
    scope: 'run',
    default: '300',
    description:
      'How many seconds the whole run may be held back, by a busy engine, a rate limit or a broken connection, since its last picture.',
  }),
  'time-limit': spec(seconds({ min: 0, max: daySeconds }), {
    scope: 'run',
    default: '0',
    description: 'Number of seconds after which the run stops cleanly and reports what it has. 0: no limit.',
  }),
  'max-captures': spec(integer({ min: 0, max: anyCount }), {
    scope: 'run',
    default: '0',
    description: `Maximum number of ${unit}s that the run may spend. 0: no limit.`,
  }),
  baseline: spec(choice('directory', 'ref', 'artifact', 'url', 'none'), {
    scope: 'run',
    default: 'directory',
    description: `\`directory\`: PNG files in the repository, at \`baseline-directory\`. \`ref\`: a git ref outside of branches and tags, so that clones do not grow. \`artifact\`: the captures of the newest successful run of the same workflow on the base branch. \`url\`: another deployment, at \`baseline-url\`, captured in the same run. \`none\`: capture and report only. ${docsUrl('baselines.md')} says which is for whom.`,
  }),
  'baseline-directory': spec(text, {
    scope: 'run',
    default: 'visual-baselines',
    description: 'Folder of the baselines: `<name>/<viewport>.png`.',
  }),
  'baseline-url': spec(text, {
    scope: 'run',
    description: `Address of another deployment, such as production, with \`baseline: url\`: each page is captured there as well, in the same run, and compared. That costs a ${unit} of its own. Targets that are html or on another host than \`base-url\` are captured, but not compared.`,
  }),
  'baseline-ref': spec(text, {
    scope: 'run',
    description:
      'Git ref that holds the baselines, with `baseline: ref`: a full name, or a branch. If not set, `refs/visual-capture/baselines/<base branch>`.',
  }),
  threshold: spec(number({ min: 0, max: 1 }), {
    scope: 'target',
    default: '0.1',
    description: 'Colour threshold of pixelmatch, from 0 (every difference counts) to 1 (none does).',
  }),
  'include-anti-aliasing': spec(flag, {
    scope: 'target',
    default: 'false',
    description: 'Count pixels that differ only by anti-aliasing.',
  }),
  'max-diff-pixels': spec(integer({ min: 0, max: anyCount }), {
    scope: 'target',
    description:
      'How many pixels may differ while the capture still counts as `unchanged`. If neither this nor `max-diff-ratio` is set, none may. If both are set, the stricter one applies.',
  }),
  'max-diff-ratio': spec(number({ min: 0, max: 1 }), {
    scope: 'target',
    description: 'What share of the pixels, from 0 to 1, may differ while the capture still counts as `unchanged`.',
  }),
  shades: spec(choice('ignore', 'warn', 'fail'), {
    scope: 'target',
    default: 'warn',
    description: `What happens when the colour of a plain area, such as a background or a button, changed by less than \`threshold\` can see: \`warn\`: it is told, and the capture stays as it is; \`fail\`: the pixels of the area count as differing; \`ignore\`: nobody looks. See ${docsUrl('trust.md#shades')}`,
  }),
  mask: spec(maskList, {
    scope: 'target',
    configOnly: true,
    description:
      'What is never compared: `[".ad", {x: 0, y: 0, width: 200, height: 40}]`. CSS selectors, whose boxes are measured when the picture is taken, with `engine: local`; and rectangles in CSS pixels of the picture.',
  }),
  'style-file': spec(text, {
    scope: 'target',
    configOnly: true,
    description: 'Path of a style sheet that is added to the page, before `style`.',
  }),
  'color-schemes': spec(colorSchemeList, {
    scope: 'target',
    configOnly: true,
    default: 'light',
    description:
      'Whether the visitor prefers `light` or `dark`; of a list each is a capture of its own. `dark` adds `-dark` to the name of the viewport.',
  }),
  ...pageInputs,
  login: spec(loginType, {
    scope: 'run',
    configOnly: true,
    description: `How to sign in, with \`engine: local\`: \`{url, steps}\`. Done once, before anything is captured; the cookies and the \`localStorage\` that come of it are given to every capture of the same origin. If it fails, nothing is captured (\`step_failed\`). See ${docsUrl('pages.md#pages-behind-a-sign-in')}`,
  }),
  retakes: spec(integer({ min: 0, max: maxRetakes }), {
    scope: 'run',
    default: '2',
    description: `How often a capture that differs is taken again, at most, before the difference counts; fewer times where the answer is plain sooner. A difference that does not come back is noise. What differs between takes is left out, up to 5% of the picture, where one of them equals the baseline or where the page moved when the baseline was taken. See ${docsUrl('trust.md')}`,
  }),
  'baseline-takes': spec(integer({ min: 1, max: maxBaselineTakes }), {
    scope: 'run',
    default: '2',
    description: `How often a page is taken when its picture becomes a new baseline by \`update-baselines\`; one that equals its baseline already is taken once. What moved between the takes is kept beside the baseline as its noise map. See ${docsUrl('trust.md')}`,
  }),
  'page-check': spec(choice('off', 'warn', 'fail'), {
    scope: 'target',
    default: 'warn',
    description: `What happens when a page answers with an error or with another site’s sign-on page, or when its picture is blank; with the built-in engine also when it shows an error page of a framework, or when a picture, a style sheet or a frame of it did not load: \`fail\`: its captures fail, before a ${unit} is spent where possible; \`warn\`: a warning. Neither makes it a baseline. \`off\`: pages are not checked. See ${docsUrl('trust.md')}`,
  }),
  'expect-status': spec(integer({ min: 200, max: 599 }), {
    scope: 'target',
    targetOnly: true,
    configOnly: true,
    description:
      'The HTTP status that this page is to answer with, such as 404 for an error page that you want to check. With any other status it is not the page that is meant (`page-check`).',
  }),
  'page-headers': spec(headerLines, {
    scope: 'run',
    secret: true,
    description: `HTTP headers for a protected preview, one \`Name: value\` per line, from a secret. They are sent only to the origin of \`base-url\` (if that is not set, to the origin of each target), by the page check and by the built-in engine. For the hosted service see ${docsUrl('protected-previews.md')}`,
  }),
  'allow-empty': spec(flag, {
    scope: 'run',
    default: 'false',
    description:
      'Let a run pass that compared nothing: because it has no targets, or because no existing baseline was compared with a capture (the capture failed, has another name, is a JPEG, or `baseline-url` has no such page). A first run, without any baselines, passes anyway.',
  }),
  'update-baselines': spec(choice('false', 'missing', 'browser', 'true'), {
    scope: 'run',
    default: 'false',
    description: `Write captures to the baselines: \`true\`: all of them; \`missing\`: only those that have none; \`browser\`: with \`engine: local\`, only those that another browser changed: they still equal their baseline when they are captured with the browser that it was taken with (${docsUrl('baselines.md#when-the-browser-changes')}). A difference that was written does not fail the step.`,
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
      'What fails the step: any of `changed`, `added`, `removed`, `failed`, `skipped`, or `none`. `failed` includes captures that were skipped because the run stopped early.',
  }),
  output: spec(text, {
    scope: 'run',
    default: 'visual-capture',
    description: 'Folder for the results, the report and the pictures.',
  }),
  'upload-artifact': spec(flag, {
    scope: 'run',
    default: 'true',
    description: 'Upload the output folder as an artifact, and the report as a second one that opens in the browser.',
  }),
  'artifact-name': spec(text, {
    scope: 'run',
    default: 'visual-capture',
    description:
      'Name of the artifact with everything, a zip. The report alone is uploaded unzipped as `<artifact-name>.html`. Must be unique within the workflow run. With `mode: accept` several may be listed, separated by commas or lines.',
  }),
  'retention-days': spec(integer({ min: 1, max: 400 }), {
    scope: 'run',
    description: 'Number of days that GitHub keeps the artifacts. If not set, the setting of the repository applies.',
  }),
  shard: spec(shardShare, {
    scope: 'invocation',
    description: `\`i/n\`: capture only this job’s share. Its results are uploaded as \`<artifact-name>-<i>-of-<n>\`, and a job with \`mode: merge\` joins them (${docsUrl('shards.md')}).`,
  }),
  comment: spec(choice('auto', 'always', 'never'), {
    scope: 'run',
    default: 'auto',
    description: `When to comment on the pull request: \`auto\`: when there is something to report or an older comment to update; \`always\`; \`never\`. Needs the permission \`pull-requests: write\`, and \`contents: write\` for pictures (${docsUrl('pull-requests.md')}).`,
  }),
  'comment-key': spec(text, {
    scope: 'run',
    description:
      'Tells the comments of several configs on one pull request apart: each key has a comment of its own. If not set, the `artifact-name`.',
  }),
  status: spec(flag, {
    scope: 'run',
    default: 'false',
    description: `Set a commit status on the captured commit: pending, then success or failure, as \`fail-on\` decides, with the report as its link. It is called \`visual-capture\`, with another \`comment-key\` \`visual-capture/<comment-key>\`. Needs the permission \`statuses: write\` (${docsUrl('pull-requests.md#the-commit-status')}).`,
  }),
  'github-token': spec(text, {
    scope: 'invocation',
    secret: true,
    stepOnly: true,
    workflowDefault: '${{ github.token }}',
    description: `Token for GitHub’s API. The \`permissions\` of the job decide what it may do (${docsUrl('pull-requests.md')}).`,
  }),
  commit: spec(commitId, {
    scope: 'run',
    description: `The commit whose pages are captured, as a full id. It decides which baselines are right, which pull request is meant and what can be accepted. If not set, the event decides: the head of a pull request, the commit of a deployment, and so on (${docsUrl('pull-requests.md#events')}). Set it where the event does not tell, for example \`\${{ github.event.client_payload.commit }}\`.`,
  }),
  mode: spec(choice('check', 'merge', 'publish', 'accept', 'cleanup'), {
    scope: 'invocation',
    stepOnly: true,
    default: 'check',
    description: `\`check\`: capture, compare and report. \`merge\`: join the results of this run’s shards (${docsUrl('shards.md')}). \`publish\`: comment with what the untrusted run of a fork found (${docsUrl('forks.md')}). \`accept\`: take reviewed pictures as baselines (${docsUrl('accepting.md')}). \`cleanup\`: delete the pictures of a closed pull request (${docsUrl('pull-requests.md')}).`,
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
export const configInputNames = inputNames.filter((name) => {
  const { scope, targetOnly } = inputSpec(name);
  return scope !== 'invocation' && targetOnly !== true;
});
/** Inputs that the workflow and the command line know. */
export const invocationInputNames = inputNames.filter((name) => inputSpec(name).configOnly !== true);
