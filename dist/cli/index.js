#!/usr/bin/env node
import { requireNode } from '../system/require-node.js';
requireNode();
await import('./command-line.js');
