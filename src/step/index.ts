import * as core from '@actions/core';
import { locateBundles } from '../check/bundles.ts';
import { stopSignal } from '../system/stop-signal.ts';
import { runStep } from './run-step.ts';

const here = import.meta.url;
const passed = await runStep(process.env, locateBundles(new URL('..', here)), stopSignal());
process.exitCode = passed ? core.ExitCode.Success : core.ExitCode.Failure;
// What GitHub's client for artifacts was left waiting for must not hold the job. Where nothing waits, this does nothing.
setTimeout(() => process.exit(), 1_000).unref();
