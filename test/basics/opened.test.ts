import { describe, expect, it } from 'vitest';
import { Opened } from '../../src/basics/opened.ts';

function openTwo(closed: string[]): Opened {
  const opened = new Opened();
  for (const name of ['first', 'second']) {
    opened.use({ [Symbol.asyncDispose]: async () => void closed.push(name) });
  }
  return opened;
}

describe('what was opened', () => {
  it('is closed last first', async () => {
    const closed: string[] = [];
    await openTwo(closed)[Symbol.asyncDispose]();
    expect(closed).toEqual(['second', 'first']);
  });

  it('is kept open when all went well, and closed once afterwards', async () => {
    const closed: string[] = [];
    const opened = openTwo(closed);
    const close = opened.keep();
    await opened[Symbol.asyncDispose]();
    expect(closed).toEqual([]);
    await close();
    await close();
    expect(closed).toEqual(['second', 'first']);
  });

  it('is closed all the same when one of it cannot be', async () => {
    const closed: string[] = [];
    const opened = openTwo(closed);
    opened.defer(() => {
      throw new Error('stuck');
    });
    await expect(opened[Symbol.asyncDispose]()).rejects.toThrow('stuck');
    expect(closed).toEqual(['second', 'first']);
  });
});
