#!/usr/bin/env node
import { requireNode } from '../system/require-node.js';

requireNode();
const { listenForStop } = await import('../system/stop-signal.ts');
const stop = listenForStop(({ detail }) => console.error(`Stopped (${detail}), and something did not end in time.`));
const { runTerminal } = await import('./command-line.ts');
await runTerminal(stop);
