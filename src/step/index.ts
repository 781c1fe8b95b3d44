import { locateBundles } from '../check/bundles.ts';
import { guardOutput } from '../system/guarded-output.ts';
import type { Stop } from '../system/stop-signal.ts';
import { runStep } from './run-step.ts';

guardOutput();
const here = import.meta.url;

/** Runs this process's workflow step and sets the exit code. */
export async function runAction(stop: Stop): Promise<void> {
  const passed = await runStep(process.env, locateBundles(new URL('..', here)), stop);
  process.exitCode = passed ? 0 : 1;
  // What GitHub's client for artifacts was left waiting for must not hold the job. Where nothing waits, this does nothing.
  setTimeout(() => process.exit(), stop.signal.aborted ? 0 : 1_000).unref();
}
