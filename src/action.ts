import * as core from '@actions/core';
import { runStep } from './github/step.ts';
import { locateParts } from './parts.ts';
import { stopSignal } from './system/stop-signal.ts';

const here = import.meta.url;
const passed = await runStep(process.env, locateParts(new URL('.', here)), stopSignal());
process.exitCode = passed ? core.ExitCode.Success : core.ExitCode.Failure;
