#!/usr/bin/env node
import { requireNode } from '../system/require-node.js';
requireNode();
const { listenForStop } = await import('../system/stop-signal.js');
const stop = listenForStop(({ detail }) => console.error(`Stopped (${detail}), and something did not end in time.`));
const { runTerminal } = await import('./command-line.js');
await runTerminal(stop);