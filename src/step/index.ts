import { locateBundles } from '../check/bundles.ts';
import { guardOutput } from '../system/guarded-output.ts';
import { stopSignal } from '../system/stop-signal.ts';
import { runStep } from './run-step.ts';

guardOutput();
const here = import.meta.url;
const passed = await runStep(process.env, locateBundles(new URL('..', here)), stopSignal());
process.exitCode = passed ? 0 : 1;
// What GitHub's client for artifacts was left waiting for must not hold the job. Where nothing waits, this does nothing.
setTimeout(() => process.exit(), 1_000).unref();
