import { expect, test } from 'vitest';
import { countAnnotations } from '../../src/step/annotating-log.ts';
import { silentLog } from '../helpers/silent-log.ts';

test('the warnings of the log leave room for those of the report', () => {
  const said: string[] = [];
  const { log, annotated } = countAnnotations({
    ...silentLog,
    warn: (message) => void said.push(`::warning::${message}`),
    info: (message) => void said.push(message),
  });
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
    log.warn(name);
  }
  expect(said).toEqual(['::warning::a', '::warning::b', '::warning::c', '::warning::d', 'Warning: e', 'Warning: f']);
  expect(annotated).toEqual({ error: 0, warning: 4 });
});
