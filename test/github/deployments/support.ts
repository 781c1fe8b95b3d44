import { connectGithub } from '../../../src/github/api.ts';
import { awaitDeployment } from '../../../src/github/deployments/await-deployment.ts';
import { type LookedAt, lookForDeployments } from '../../../src/github/deployments/look.ts';
import type { Sighting } from '../../../src/github/deployments/sighting.ts';
import { readerOf } from '../../../src/github/octokit-reader.ts';
import type { Clock } from '../../../src/system/ports.ts';
import { type DeploymentWorld, deploymentOperations } from '../../helpers/deployments.ts';
import { type GithubOperation, type GithubRequest, startGithubServer } from '../../helpers/github-server.ts';

export const commit = 'c0ffee0000000000000000000000000000000000';

/** How long a request to GitHub may take; no test lets that end. */
const requestMs = 10_000;

/** A clock that only sleeping moves. */
export function sleepClock(): Clock {
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    date: () => new Date(nowMs),
    sleep: async (delayMs, signal) => {
      signal?.throwIfAborted();
      if (delayMs === requestMs) {
        await new Promise(() => {});
      }
      nowMs += delayMs;
    },
  };
}

interface Awaiting {
  readonly environment?: string;
  /** Default: 600. */
  readonly timeout?: number;
  readonly at?: Partial<LookedAt>;
  readonly event?: Sighting;
  readonly operations?: (own: Readonly<Record<string, GithubOperation>>) => Readonly<Record<string, GithubOperation>>;
  readonly stop?: AbortController;
}

export interface Awaited {
  /** The address, or what is said instead. */
  readonly result: string;
  readonly fix: string | undefined;
  readonly lines: readonly string[];
  readonly warnings: readonly string[];
  readonly tookMs: number;
  readonly requests: readonly GithubRequest[];
}

/** Waits for the deployment of `commit`; the world changes with the time in seconds. */
export async function awaitPreview(
  world: (seconds: number) => DeploymentWorld,
  { environment, timeout = 600, at, event, operations = (own) => own, stop = new AbortController() }: Awaiting = {},
): Promise<Awaited> {
  const clock = sleepClock();
  const own = deploymentOperations(() => world(clock.nowMs() / 1000));
  await using github = await startGithubServer({ operations: operations(own) });
  const place: LookedAt = {
    repository: { owner: 'octo', name: 'site' },
    commit,
    runUrl: 'https://github.com/octo/site/actions/runs/42',
    serverUrl: 'https://github.com',
    ...at,
  };
  const read = readerOf(await connectGithub('ghs_test', github.apiUrl, clock, stop.signal));
  const lines: string[] = [];
  const warnings: string[] = [];
  const awaited = await awaitDeployment({ commit, environment, timeoutMs: timeout * 1000 }, event, {
    look: (denied) => lookForDeployments(place, read, clock, denied),
    clock,
    signal: stop.signal,
    log: { info: (line) => lines.push(line), warn: (line) => warnings.push(line) },
  });
  if (github.wrong.length > 0) {
    throw new Error(github.wrong.join('\n'));
  }
  return {
    result: awaited.kind === 'found' ? awaited.sighting.address.href : awaited.detail,
    fix: awaited.kind === 'found' ? undefined : awaited.fix,
    lines,
    warnings,
    tookMs: clock.nowMs(),
    requests: github.requests,
  };
}
