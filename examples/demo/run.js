import { oldestNodeForSources, requireNode } from '../../src/system/require-node.js';

requireNode(oldestNodeForSources);
await import('./demo.ts');
