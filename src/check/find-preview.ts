import { displayUrl } from '../address/display-url.ts';
import { hideSecrets, listSecrets } from '../address/hide-secrets.ts';
import { headersFor } from '../address/page-headers.ts';
import { formatCommit } from '../basics/format.ts';
import { docsUrl, version } from '../basics/product.ts';
import { createDispatcher } from '../capture/dispatcher.ts';
import { failureOf } from '../capture/scheduler.ts';
import type { Failure } from '../errors/failure.ts';
import { awaitDeployment } from '../github/deployments/await-deployment.ts';
import { type LookedAt, lookForDeployments } from '../github/deployments/look.ts';
import type { Sighting } from '../github/deployments/sighting.ts';
import type { GithubReader } from '../github/reader.ts';
import type { DeploymentChoice } from '../inputs/deployment.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { FoundPreview, PreviewFinder } from '../inputs/load.ts';
import { askPage } from '../page-check/ask-page.ts';
import { awaitAnswer, isOtherBuild, readBuildMark } from '../page-check/await-answer.ts';
import type { PageAnswer } from '../page-check/problem.ts';
import { wakeBoundMs } from '../page-check/wake.ts';
import type { Clock, Log } from '../system/ports.ts';
import { sha256 } from '../system/sha256.ts';
import { unlessStopped } from '../system/unless-stopped.ts';
import { within } from '../system/within.ts';
import { certificatesToAccept } from './certificates.ts';

/** Where it is looked for the deployments of the captured commit. */
export type DeploymentPlace =
  | {
      readonly kind: 'known';
      readonly at: LookedAt;
      /** Anew for each look: what a GitHub that does not answer has cost one is not the next one's. */
      readonly connect: (clock: Clock, signal: AbortSignal) => Promise<GithubReader>;
      /** What the event of the run says of a deployment. */
      readonly event?: Sighting;
    }
  /** It cannot be looked for; `problem` is a whole phrase. */
  | { readonly kind: 'wrong-input'; readonly problem: string };

export interface PreviewPorts {
  /** `inputs` have no address of the preview yet. */
  readonly place: (inputs: Inputs) => Promise<DeploymentPlace>;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** One request to the preview. */
const timeoutMs = 10_000;

/** Finds the deployment that is asked for, waits until it answers, and tells afterwards whether it became another one. */
export class Preview implements PreviewFinder {
  readonly #ports: PreviewPorts;
  #deadlineMs = 0;
  #mark: string | undefined;

  constructor(ports: PreviewPorts) {
    this.#ports = ports;
  }

  async find(choice: DeploymentChoice, inputs: Inputs): Promise<FoundPreview> {
    const { clock, signal, place } = this.#ports;
    this.#deadlineMs = clock.nowMs() + choice.timeoutMs;
    const found = await unlessStopped(signal, async () => await this.#find(choice, await place(inputs)));
    return found ?? { kind: 'unavailable', failure: failureOf(signal.reason) };
  }

  async #find({ environment, timeoutMs }: DeploymentChoice, place: DeploymentPlace): Promise<FoundPreview> {
    if (place.kind === 'wrong-input') {
      return place;
    }
    const { clock, log, signal } = this.#ports;
    const { at, connect, event } = place;
    const awaited = await awaitDeployment({ commit: at.commit, environment, timeoutMs }, event, {
      look: async (denied) => lookForDeployments(at, await connect(apart(clock), signal), clock, denied),
      clock,
      signal,
      log,
    });
    if (awaited.kind === 'missing') {
      return { kind: 'unavailable', failure: stepFailed(awaited) };
    }
    const { address, name } = awaited.sighting;
    log.info(`The preview of commit ${formatCommit(at.commit)} is the deployment "${name}": ${displayUrl(address.href)}`);
    return { kind: 'found', address };
  }

  async awaitAnswer(inputs: Inputs): Promise<Failure | undefined> {
    const { clock, log, signal } = this.#ports;
    const { base } = inputs;
    if (base === undefined) {
      return undefined;
    }
    const shown = displayUrl(base.href);
    const leftMs = Math.max(this.#deadlineMs - clock.nowMs(), wakeBoundMs);
    const work = async (): Promise<{ readonly because: string | undefined }> => {
      const because = await awaitAnswer(leftMs, {
        ask: () => this.#ask(inputs, base),
        clock,
        signal,
        onWaiting: (because) => log.info(`Waiting until ${shown} answers (${because}), up to ${Math.round(leftMs / 1000)} s.`),
      });
      this.#mark =
        because === undefined ? readBuildMark(await this.#ask(inputs, base), await this.#ask(inputs, base)) : undefined;
      return { because };
    };
    const answered = await unlessStopped(signal, work);
    if (answered === undefined) {
      return failureOf(signal.reason);
    }
    return answered.because === undefined
      ? undefined
      : stepFailed({
          detail: `The deployment is ready, but ${shown} did not answer within ${Math.round(leftMs / 1000)} s: ${hideSecrets(answered.because, secretsOf(inputs, base))}.`,
          fix: `Open the address. If it is protected, let the check in (${docsUrl('protected-previews.md')}); if it starts slowly, raise the timeout of deployment. Nothing was captured.`,
        });
  }

  /** What tells the build that answered first from other ones, as a hash; undefined: nothing does. */
  get build(): string | undefined {
    return this.#mark === undefined ? undefined : sha256(this.#mark);
  }

  /** Warns when another build is served now than before the run. */
  async tellIfChanged(inputs: Inputs): Promise<void> {
    const { base } = inputs;
    const { log, signal } = this.#ports;
    if (base === undefined || this.#mark === undefined) {
      return;
    }
    const answer = await unlessStopped(signal, () => this.#ask(inputs, base));
    if (answer !== undefined && isOtherBuild(this.#mark, answer)) {
      log.warn(
        `${displayUrl(base.href)} serves another build than when the run began (its ETag changed), so some captures may show a newer commit. Its host serves all commits of a pull request at one address; look at the run of the newest commit.`,
      );
    }
  }

  async #ask(inputs: Inputs, base: URL): Promise<PageAnswer> {
    const { clock, signal } = this.#ports;
    const acceptAnyCertificate = certificatesToAccept(inputs.engine)(base.hostname);
    const dispatcher = createDispatcher(base, 1, { acceptAnyCertificate });
    try {
      return await within(timeoutMs, clock, (up) =>
        askPage(base, {
          dispatcherFor: () => dispatcher,
          userAgent: `visual-capture/${version}`,
          headers: headersFor(base, inputs.pageHeaders),
          signal: AbortSignal.any([up, signal]),
        }),
      );
    } finally {
      await dispatcher.destroy();
    }
  }
}

/** A clock of its own, by which patience is counted. */
function apart(clock: Clock): Clock {
  return { nowMs: () => clock.nowMs(), date: () => clock.date(), sleep: (delayMs, signal) => clock.sleep(delayMs, signal) };
}

function stepFailed({ detail, fix }: { readonly detail: string; readonly fix: string }): Failure {
  return { code: 'step_failed', detail, fix };
}

function secretsOf({ pageHeaders, writtenSecrets }: Inputs, base: URL): string[] {
  return [...listSecrets([base.href], pageHeaders), ...writtenSecrets];
}
