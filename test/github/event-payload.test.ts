import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readEventPayload } from '../../src/github/event-payload.ts';

test('the event of the run is what GitHub wrote, and nothing where there is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'event-'));
  const path = join(folder, 'event.json');
  try {
    expect([readEventPayload(undefined), readEventPayload(path)]).toEqual([{}, {}]);
    writeFileSync(path, '{"action": "opened"}');
    expect(readEventPayload(path)).toEqual({ action: 'opened' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
