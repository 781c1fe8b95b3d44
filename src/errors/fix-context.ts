import type { Pace } from '../basics/pace.ts';

/** What a fix may refer to: the capture at hand and the run around it. Every field is optional but the basics. */
export interface FixContext {
  /** The URL as it was sent; absent for html targets. */
  readonly url?: string;
  readonly selector?: string;
  readonly waitUntil?: string;
  /** Where the target is named, e.g. `visual-capture.yml:6`. */
  readonly place?: string;
  /** Path of the capture's baseline, as the user would type it. */
  readonly baselinePath?: string;
  /** What exactly was wrong, in our own words, e.g. "HTTP 502 with an HTML page". */
  readonly detail?: string;
  readonly run: RunContext;
}

/** The part of it that is the same for every capture of a run. */
export interface RunContext extends Pace {
  /** `files`: the pictures were there already. */
  readonly engine: 'api' | 'local' | 'files';
  readonly apiUrl: string;
  readonly hasApiKey: boolean;
  /** The name of the secret behind the api-key input, where it is known. */
  readonly apiKeySecret?: string;
  /** The run belongs to a pull request from a fork, which is given no secrets. */
  readonly fork: boolean;
  /** How long the run's gate has been shut so far. */
  readonly heldBackMs: number;
  /** Requests of the run whose answer was lost, so that they may have been billed. */
  readonly possiblyBilled: number;
  /** How many captures have no picture, whatever kept them from it. */
  readonly undone: number;
}
