import { describe, expect, it } from 'vitest';
import { parseArguments, renderFlags, UsageError } from '../../src/cli/arguments.ts';

const flags = {
  urls: { placeholder: 'TEXT', description: 'What to capture.', repeatable: true },
  'full-page': { description: 'The whole page.' },
  threshold: { placeholder: 'N', description: 'How much.' },
  update: { placeholder: 'false|missing|true', words: ['false', 'missing', 'true'], description: 'What to write.' },
} as const;

describe('parseArguments', () => {
  it.each([
    [['--urls', '/a', '--urls=/b', 'x'], { urls: '/a\n/b' }, ['x']],
    [['--full-page', 'x'], { 'full-page': 'true' }, ['x']],
    [['--full-page=false'], { 'full-page': 'false' }, []],
    [['--no-full-page'], { 'full-page': 'false' }, []],
    [['--full-page', 'false', 'x'], { 'full-page': 'false' }, ['x']],
    [['--full-page', 'true'], { 'full-page': 'true' }, []],
    [['--full-page=false', 'true'], { 'full-page': 'false' }, ['true']],
    [['--full-page', '--', 'false'], { 'full-page': 'true' }, ['false']],
    [['--update', '/a'], { update: 'true' }, ['/a']],
    [['--update', 'missing', '/a'], { update: 'missing' }, ['/a']],
    [['--update=missing'], { update: 'missing' }, []],
    [['--threshold', '0', '--', '--urls'], { threshold: '0' }, ['--urls']],
    [['--threshold='], { threshold: '' }, []],
  ])('%j', (args, values, positionals) => {
    const parsed = parseArguments(args, flags);
    expect([Object.fromEntries(parsed.flags), parsed.positionals]).toEqual([values, positionals]);
  });

  it.each([
    [['--thresold', '1'], 'Unknown option --thresold. Did you mean "threshold"?'],
    [['--threshold'], '--threshold needs a value: --threshold N.'],
    [['--no-threshold'], 'Unknown option --no-threshold.'],
    [['--threshold', '1', '--threshold', '2'], '--threshold is given twice.'],
    [['-x', '--y'], 'Unknown option -x. Known: urls, full-page, threshold, update.\nUnknown option --y.'],
    [['--toString'], 'Unknown option --toString.'],
  ])('refuses %j', (args, message) => {
    expect(() => parseArguments(args, flags)).toThrow(UsageError);
    expect(() => parseArguments(args, flags)).toThrow(message);
  });
});

it('renderFlags gives each flag a line', () => {
  expect(renderFlags(flags)).toBe(
    [
      '  --urls TEXT                    What to capture.',
      '  --full-page                    The whole page.',
      '  --threshold N                  How much.',
      '  --update [false|missing|true]  What to write.',
    ].join('\n'),
  );
});
