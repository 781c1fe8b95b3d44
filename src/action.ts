import * as core from '@actions/core';
import { locateParts } from './parts.ts';
import { runStep } from './step/run-step.ts';
import { stopSignal } from './system/stop-signal.ts';

const here = import.meta.url;
const passed = await runStep(process.env, locateParts(new URL('.', here)), stopSignal());
process.exitCode = passed ? core.ExitCode.Success : core.ExitCode.Failure;
