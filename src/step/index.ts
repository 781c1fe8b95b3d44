import * as core from '@actions/core';
import { locateBundles } from '../check/bundles.ts';
import { stopSignal } from '../system/stop-signal.ts';
import { runStep } from './run-step.ts';

const here = import.meta.url;
const passed = await runStep(process.env, locateBundles(new URL('..', here)), stopSignal());
process.exitCode = passed ? core.ExitCode.Success : core.ExitCode.Failure;
