import { expect, test } from 'vitest';
import { unlessStopped } from '../../src/system/unless-stopped.ts';
import { untilAborted } from '../../src/system/until-aborted.ts';

test('gives what the work comes to, or throws what it throws', async () => {
  const { signal } = new AbortController();
  expect(await untilAborted(signal, async () => 1)).toBe(1);
  await expect(untilAborted(signal, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});

test('is not begun when it is too late already', async () => {
  let begun = false;
  const work = async (): Promise<void> => {
    begun = true;
  };
  await expect(untilAborted(AbortSignal.abort(new Error('stopped')), work)).rejects.toThrow('stopped');
  expect(begun).toBe(false);
});

test('what was opened too late is closed again', async () => {
  const stop = new AbortController();
  const opening = Promise.withResolvers<AsyncDisposable>();
  const closed = Promise.withResolvers<void>();
  const opened = untilAborted(stop.signal, () => opening.promise);
  stop.abort(new Error('stopped'));
  await expect(opened).rejects.toThrow('stopped');
  opening.resolve({ [Symbol.asyncDispose]: async () => closed.resolve() });
  await closed.promise;
});

test('what fails because the run was stopped is not there, and what fails otherwise is a failure', async () => {
  const stop = new AbortController();
  const broken = async (): Promise<never> => {
    throw new Error('broken');
  };
  await expect(unlessStopped(stop.signal, broken)).rejects.toThrow('broken');
  const late = unlessStopped(stop.signal, async () => {
    stop.abort();
    return await broken();
  });
  expect(await late).toBeUndefined();
});
