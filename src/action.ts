import { requireNode } from './system/require-node.js';

requireNode();
await import('./step/index.ts');
