import { expect, test } from 'vitest';
import { type MarkStorage, Marks } from '../../../src/report/page/marks.ts';

function memoryStorage(): MarkStorage & { readonly items: Map<string, string> } {
  const items = new Map<string, string>();
  return {
    items,
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => {
      items.set(key, value);
    },
    removeItem: (key) => {
      items.delete(key);
    },
  };
}

test('marks are kept for their report and no other', () => {
  const storage = memoryStorage();
  new Marks(storage, 'one').set('reviewed', 'a/mobile', true);
  expect(new Marks(storage, 'one').has('reviewed', 'a/mobile')).toBe(true);
  expect(new Marks(storage, 'two').has('reviewed', 'a/mobile')).toBe(false);
});

test('a mark can be taken away', () => {
  const storage = memoryStorage();
  new Marks(storage, 'one').set('reviewed', 'a', true);
  new Marks(storage, 'one').set('reviewed', 'a', false);
  expect(new Marks(storage, 'one').has('reviewed', 'a')).toBe(false);
});

test('what was reviewed is not for that to be accepted', () => {
  const marks = new Marks(memoryStorage(), 'one');
  marks.set('reviewed', 'a', true);
  expect(marks.has('accepted', 'a')).toBe(false);
});

test('marks of old reports give way to those of new ones', () => {
  const storage = memoryStorage();
  storage.items.set('of another page', 'stays');
  for (let report = 0; report < 30; report++) {
    storage.items.set(
      `visual-capture:reviewed:${report}`,
      JSON.stringify({ savedAt: report, reviewed: ['a'], accepted: [], taken: [] }),
    );
  }
  new Marks(storage, 'new').set('reviewed', 'a', true);
  expect(storage.items.size).toBe(21);
  expect(storage.items.has('visual-capture:reviewed:10')).toBe(false);
  expect(storage.items.has('visual-capture:reviewed:11')).toBe(true);
  expect(storage.items.get('of another page')).toBe('stays');
});

test('a storage that is missing, full or holds nonsense does not matter', () => {
  const full: MarkStorage = {
    ...memoryStorage(),
    setItem: () => {
      throw new Error('full');
    },
  };
  for (const storage of [undefined, full]) {
    const marks = new Marks(storage, 'one');
    marks.set('reviewed', 'a', true);
    expect(marks.has('reviewed', 'a')).toBe(true);
  }
  for (const nonsense of [
    '{',
    'null',
    '{"savedAt":1,"reviewed":[1],"accepted":[],"taken":[]}',
    '{"savedAt":1,"ids":["1"]}',
    '[]',
  ]) {
    const storage = memoryStorage();
    storage.items.set('visual-capture:reviewed:one', nonsense);
    expect(new Marks(storage, 'one').has('reviewed', '1')).toBe(false);
  }
});
