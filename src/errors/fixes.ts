import { docsUrl, issuesUrl } from '../basics/product.ts';
import type { FixContext } from './fix-context.ts';
import { at, billedNote, captures, seconds, secretOf } from './phrases.ts';

const replaceFile = 'Replace the file with a PNG that can be decoded.';

/** Next steps, in the imperative and about the capture at hand: those of our own codes, and those that any service may give. */
export const fixes = {
  selectorNotFound: (about: FixContext): string => {
    const selector = about.selector === undefined ? 'the selector' : `the selector ${JSON.stringify(about.selector)}`;
    const now = about.waitUntil === undefined ? '' : ` (now ${about.waitUntil})`;
    const check = `Check ${selector}${at(about)} against the page.`;
    if (about.run.engine === 'local' && about.waitUntil === undefined) {
      return `${check} The page came to rest without it.`;
    }
    const late = about.waitUntil === 'networkidle0' ? '' : `: set wait-until: networkidle0${now}`;
    return `${check} If the element appears late, it may not have been rendered yet${late}.`;
  },

  /** `key`: what the service's keys look like, and how they are sent. */
  invalidApiKey:
    (key: { readonly example: string; readonly sentAs: string; readonly secret: string }) =>
    ({ run }: FixContext): string => {
      const check = `Check ${secretOf(run)}: it is sent as "${key.sentAs}" and must be a whole key (${key.example}) that has not been revoked.`;
      if (run.fork) {
        const fork = 'This pull request comes from a fork, and GitHub hands no secrets to forks.';
        const instead = 'Set engine: local for forks, or run the check from a workflow that has the secret.';
        return run.hasApiKey ? `${check} ${fork} ${instead}` : `${fork} ${instead}`;
      }
      return run.hasApiKey
        ? check
        : `Set the api-key input, e.g. api-key: \${{ secrets.${run.apiKeySecret ?? key.secret} }}, and check that a secret of that name exists for this repository.`;
    },

  heldBack: (about: FixContext): string => {
    const { run } = about;
    const timeLimit = run.timeLimitMs > 0 ? ` or time-limit (now ${seconds(run.timeLimitMs)})` : '';
    const free = run.engine === 'local' ? '' : ' Refused requests are not billed.';
    return (
      `The run was held back for ${seconds(run.heldBackMs)} in total.${free} Set a larger retry-budget (now ` +
      `${seconds(run.retryBudgetMs)}, the time it may be held back without a picture)${timeLimit}, send fewer at a time ` +
      `(concurrency, now ${run.concurrency}), or run the job again later.${billedNote(about)}`
    );
  },

  engineUnavailable: (about: FixContext): string =>
    about.run.engine === 'local'
      ? 'The browser of the built-in engine could not be started or was lost. Install Chrome or Chromium on this machine, or set browser-path to one.'
      : `This is not an answer of the production service: check api-url (now ${about.run.apiUrl}).`,

  renderTimeout: (about: FixContext): string => {
    const lighter = about.waitUntil?.startsWith('networkidle') === true ? 'load' : 'domcontentloaded';
    const now = about.waitUntil === undefined ? '' : ` (now ${about.waitUntil})`;
    const wait = about.waitUntil === 'domcontentloaded' ? '' : `, or set a lighter wait-until: ${lighter}${now}`;
    return `Simplify the page${at(about)}, drop slow external assets${wait}.`;
  },

  privateUrl: (about: FixContext): string =>
    `Give a public URL in place of ${about.url ?? 'this one'}${at(about)}, or set engine: local, which captures with the Chrome of this machine.`,

  networkError: (about: FixContext): string =>
    about.run.engine === 'local'
      ? `Run the check again. If it fails again, this machine most likely runs out of memory: capture fewer pages at a time (concurrency, now ${about.run.concurrency}).`
      : `Check that this machine can reach ${about.run.apiUrl} (proxy, firewall, DNS), then run the job again.${billedNote(about)}`,

  attemptTimeout: (about: FixContext): string =>
    `Raise attempt-timeout (now ${seconds(about.run.attemptTimeoutMs)}) or run the job again.${billedNote(about)}`,

  unexpectedResponse: (about: FixContext): string =>
    about.run.engine === 'files'
      ? replaceFile
      : about.run.engine === 'local'
        ? `Run the check again. If it fails again, this is a mistake of the built-in engine: tell it at ${issuesUrl}.`
        : `Check that api-url (now ${about.run.apiUrl}) is the capture endpoint and that no proxy answers in its place. If it is right, run the job again later.`,

  /** Where it is not known which of the things is wrong that a page may have (`src/results/fix-page-problem.ts`). */
  pageError: (about: FixContext): string => {
    const step =
      about.url === undefined
        ? `Look at the html of this target${at(about)}: its picture shows nothing.`
        : `Open ${about.url}${at(about)} in a private window, where you are not signed in. If the preview is protected, give the check access (${docsUrl('protected-previews.md')}).`;
    return `${step} If the page is supposed to look like this, set page-check: off or warn in its target.`;
  },

  unsupportedOption: (about: FixContext): string =>
    `Take the settings shown in parentheses out, or set engine: local, which knows them all; ${captures(about.run.undone)} left undone.`,

  stepFailed: (about: FixContext): string =>
    `Compare the step with the picture of the page at that moment, and correct it${at(about)}. If something must happen first, add a step before it, such as wait-for.`,

  baselineUnreadable: (about: FixContext): string =>
    about.run.engine === 'files'
      ? replaceFile
      : `Restore ${about.baselinePath ?? 'the baseline'} from git, or replace it with update-baselines: true. If the folder is kept in Git LFS, check out with lfs: true.`,

  timeLimit: (about: FixContext): string =>
    `${captures(about.run.undone)} left undone. Raise time-limit (now ${seconds(about.run.timeLimitMs)}) or capture less per job.${billedNote(about)}`,

  captureLimit: (about: FixContext): string =>
    `${captures(about.run.undone)} left undone. Raise max-captures (now ${about.run.maxCaptures}), or remove targets or viewports.${billedNote(about)}`,

  cancelled: (about: FixContext): string =>
    `${captures(about.run.undone)} left undone. Run the job again to finish.${billedNote(about)}`,

  runFailed: (about: FixContext): string =>
    `Fix the problem shown in parentheses, then run the job again; ${captures(about.run.undone)} left undone.${billedNote(about)}`,

  shardMissing: (): string =>
    'Look at the job of that shard: it was cancelled, it failed before it captured anything, or its artifact was not uploaded. Run the failed jobs again, then the merge.',
} as const;
