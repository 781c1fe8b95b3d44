import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isUserError } from '../../src/errors/user-error.ts';
import { ownArtifacts } from '../../src/github/artifacts.ts';
import { publishArtifact } from '../../src/publish/artifact.ts';
import { openFolder } from '../../src/system/folder.ts';
import type { Clock } from '../../src/system/ports.ts';
import { startArtifactServer } from '../helpers/artifact-server.ts';
import { serve } from '../helpers/serve.ts';

// The artifact client tells each of its steps to the runner's log.
beforeEach(() => vi.spyOn(process.stdout, 'write').mockReturnValue(true));
afterEach(() => vi.restoreAllMocks());

/** A service that answers nothing, and a clock whose sleeps end when it is asked. */
async function startSilence() {
  await using answering = await startArtifactServer();
  const asked: string[] = [];
  const slept: number[] = [];
  const arrived = Promise.withResolvers<void>();
  const server = await serve(({ url }) => {
    asked.push(url ?? '');
    arrived.resolve();
  });
  const clock: Pick<Clock, 'sleep'> = {
    sleep: async (delayMs) => {
      slept.push(delayMs);
      await arrived.promise;
    },
  };
  const env = { ...answering.env, ACTIONS_RESULTS_URL: server.url, GITHUB_SERVER_URL: 'https://github.com' };
  for (const [name, value] of Object.entries(env)) {
    vi.stubEnv(name, value);
  }
  return { ...server, clock, env, asked, slept };
}

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);

test('an upload to a service that never answers ends, and the report is not tried after it', async () => {
  const root = await mkdtemp(join(tmpdir(), 'output-'));
  await using silence = await startSilence();
  const output = openFolder(root, 'visual-capture');
  await output.write('report.html', new Uint8Array(1_000_000));
  await output.write('results.json', '{}');
  const published = await publishArtifact(
    { kind: 'possible', choice: { kind: 'upload', name: 'shots' }, rerun: false },
    { output, files: ['report.html', 'results.json'], runUrl: '' },
    { clock: silence.clock },
  );
  expect(published).toEqual({
    warning: expect.stringMatching(/^The artifact "shots" was not uploaded: the service did not answer for 20 s\. /),
  });
  expect(sum(silence.slept)).toBe(20_000);
  expect(silence.asked).toHaveLength(1);
  await rm(root, { recursive: true });
});

test('so does the list of artifacts', async () => {
  await using silence = await startSilence();
  const error = await ownArtifacts({ clock: silence.clock })
    .list()
    .catch((thrown: unknown) => thrown);
  expect(isUserError(error) && error.message).toBe('The artifacts could not be listed: the service did not answer for 20 s');
});
