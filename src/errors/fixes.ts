import { docsUrl } from '../basics/product.ts';
import type { FixContext, RunContext } from './fix-context.ts';

const at = (about: Pick<FixContext, 'place'>): string => (about.place === undefined ? '' : ` (${about.place})`);
const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;
const captures = (count: number): string => (count === 1 ? '1 capture' : `${count} captures`);

const replaceFile = 'Replace the file with a PNG that can be decoded.';

/** The next step for each code, in the imperative and about the capture at hand. See `errorCodes`. */
export const fixes = {
  badRequest: (about: FixContext): string => {
    const what = about.url === undefined ? 'this html target' : about.url;
    if (about.run.engine === 'local' && about.detail?.includes('could not be loaded') === true) {
      return `Start the preview before the check and wait until it answers at ${what}${at(about)}, then run the check again.`;
    }
    return (
      `Check ${what}${at(about)}: exactly one of url and html, every option in its range, quality only with ` +
      'format: jpeg, and a public URL. For a localhost or private preview set engine: local.'
    );
  },

  selectorNotFound: (about: FixContext): string => {
    const selector = about.selector === undefined ? 'the selector' : `the selector ${JSON.stringify(about.selector)}`;
    const now = about.waitUntil === undefined ? '' : ` (now ${about.waitUntil})`;
    const late = about.waitUntil === 'networkidle0' ? '' : `: set wait-until: networkidle0${now}`;
    return `Check ${selector}${at(about)} against the page. If the element appears late, the page may not have rendered it yet${late}.`;
  },

  invalidApiKey: ({ run }: FixContext): string => {
    const check = `Check ${secretOf(run)}: it is sent as "Authorization: Bearer …" and must be a whole key (sk_live_…) that has not been revoked.`;
    if (run.fork) {
      const fork = 'This pull request comes from a fork, and GitHub hands no secrets to forks.';
      const instead = 'Set engine: local for forks, or run the check from a workflow that has the secret.';
      return run.hasApiKey ? `${check} ${fork} ${instead}` : `${fork} ${instead}`;
    }
    return run.hasApiKey
      ? check
      : `Set the api-key input, e.g. api-key: \${{ secrets.${run.apiKeySecret ?? 'APISCREENSHOT_API_KEY'} }}, and check that a secret of that name exists for this repository.`;
  },

  paymentRequired: (about: FixContext): string =>
    `${captures(about.run.undone)} left undone. Credits renew monthly; to go on now, upgrade in Billing and run the job again.${billedNote(about)}`,

  insufficientScope: ({ run }: FixContext): string =>
    `Mint a new key with the scope screenshot:write and put it into ${secretOf(run)}.`,

  heldBack: (about: FixContext): string =>
    `The run waited ${seconds(about.run.heldBackMs)} in all${
      about.attempts === 0 ? '' : ` and gave this capture up after ${about.attempts} of ${about.run.maxAttempts} attempts`
    }; a refused request is not billed. Send fewer at a time (concurrency, now ` +
    `${about.run.concurrency}), allow a larger retry-budget (now ${seconds(about.run.retryBudgetMs)})${about.run.timeLimitMs > 0 ? ` or time-limit (now ${seconds(about.run.timeLimitMs)})` : ''}, or run the job again later.${billedNote(about)}`,

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
    `Check that this machine can reach ${about.run.apiUrl} (proxy, firewall, DNS), then run the job again.${billedNote(about)}`,

  attemptTimeout: (about: FixContext): string =>
    `Raise attempt-timeout (now ${seconds(about.run.attemptTimeoutMs)}) or run the job again.${billedNote(about)}`,

  unexpectedResponse: (about: FixContext): string =>
    about.run.engine === 'files'
      ? replaceFile
      : `Check that api-url (now ${about.run.apiUrl}) is the capture endpoint and that no proxy answers in its place. If it is right, run the job again later.`,

  pageError: (about: FixContext): string => fixPage(about, 'off or warn'),

  baselineUnreadable: (about: FixContext): string =>
    about.run.engine === 'files'
      ? replaceFile
      : `Restore ${about.baselinePath ?? 'the baseline'} from git, or take it anew with update-baselines. If the folder is kept in Git LFS, check out with lfs: true.`,

  timeLimit: (about: FixContext): string =>
    `${captures(about.run.undone)} left undone. Raise time-limit (now ${seconds(about.run.timeLimitMs)}) or capture less per job.${billedNote(about)}`,

  captureLimit: (about: FixContext): string =>
    `${captures(about.run.undone)} left undone. Raise max-captures (now ${about.run.maxCaptures}), or take out targets or viewports.${billedNote(about)}`,

  cancelled: (about: FixContext): string =>
    `${captures(about.run.undone)} left undone. Run the job again to finish.${billedNote(about)}`,

  runFailed: (about: FixContext): string =>
    `Mend what is told in brackets, then run the job again; ${captures(about.run.undone)} left undone.${billedNote(about)}`,

  shardMissing: (): string =>
    'Look at the job of that shard: it was cancelled, failed before it captured anything, or its artifact was not uploaded. Run the failed jobs again; the merge then finds it.',
} as const;

/** What to do about a page that may not be the one that is meant; `lenient`: the values of page-check that let it be. */
export function fixPage(about: Pick<FixContext, 'url' | 'place'>, lenient: string): string {
  const meant = `If the page is meant to be so, set page-check: ${lenient}.`;
  return about.url === undefined
    ? `Look at the html of this target${at(about)}: its picture shows nothing. ${meant}`
    : `Open ${about.url}${at(about)} in a private window, where you are not signed in. If the preview is protected, let the check in (${docsUrl('protected-previews.md')}). ${meant}`;
}

/** e.g. `the secret SHOTS_KEY (input api-key)`. */
function secretOf({ apiKeySecret }: RunContext): string {
  return apiKeySecret === undefined ? 'the secret behind the api-key input' : `the secret ${apiKeySecret} (input api-key)`;
}

function billedNote({ run }: FixContext): string {
  const lost = run.possiblyBilled === 1 ? 'One lost answer' : `${run.possiblyBilled} lost answers`;
  return run.possiblyBilled === 0 ? '' : ` ${lost} of this run may have been billed.`;
}
