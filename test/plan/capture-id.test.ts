import { expect, test } from 'vitest';
import { parseCaptureId } from '../../src/plan/capture-id.ts';

const unknown = { width: 0, height: 0, scale: 1 };

test.each([
  ['pricing/390x844@3', 'pricing', { name: '390x844@3', width: 390, height: 844, scale: 3 }],
  ['blog/launch/mobile', 'blog/launch', { name: 'mobile', ...unknown }],
  ['logo', 'logo', { name: 'logo', ...unknown }],
])('%s', (id, name, viewport) => {
  expect(parseCaptureId(id)).toEqual({ id, name, viewport });
});
