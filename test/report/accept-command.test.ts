import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderAcceptCommand } from '../../src/report/accept-command.ts';

test('plain ids stay readable', () => {
  expect(renderAcceptCommand(['pricing/1280x800', 'index/mobile@3x'])).toBe(
    'visual-capture accept pricing/1280x800 index/mobile@3x',
  );
});

test('an id that looks like a flag is kept from being one', () => {
  expect(renderAcceptCommand(['-x/mobile'])).toBe('visual-capture accept -- -x/mobile');
});

test('a shell hands every id over as it is', () => {
  const id = fc.string({ minLength: 1, unit: fc.constantFrom(...'aé漢 \'"`$\\;&|<>(){}[]*?!#~=%\n\t-/') });
  fc.assert(
    fc.property(fc.array(id, { minLength: 1, maxLength: 4 }), (ids) => {
      const script = renderAcceptCommand(ids).replace('visual-capture accept', "printf '%s\\0'");
      const received = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
      expect(received).toEqual(ids.some((word) => word.startsWith('-')) ? ['--', ...ids] : ids);
    }),
    { numRuns: 40 },
  );
});
