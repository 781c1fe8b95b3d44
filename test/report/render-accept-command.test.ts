import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAcceptCommand } from '../../src/github/parse-accept-command.ts';
import { type AcceptedRun, renderAcceptCommand, renderAcceptComment } from '../../src/report/render-accept-command.ts';

const here: AcceptedRun = { baselineKind: 'directory' };

test('plain ids stay readable', () => {
  expect(renderAcceptCommand(here, ['pricing/1280x800', 'index/mobile@3x'])).toBe(
    'visual-capture accept pricing/1280x800 index/mobile@3x',
  );
});

test('an id that looks like a flag is kept from being one', () => {
  expect(renderAcceptCommand(here, ['-x/mobile'])).toBe('visual-capture accept -- -x/mobile');
});

test('a shell hands every id over as it is', () => {
  const id = fc.string({ minLength: 1, unit: fc.constantFrom(...'aé漢 \'"`$\\;&|<>(){}[]*?!#~=%\n\t-/') });
  fc.assert(
    fc.property(fc.array(id, { minLength: 1, maxLength: 4 }), (ids) => {
      const script = renderAcceptCommand(here, ids).replace('visual-capture accept', "printf '%s\\0'");
      const received = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
      expect(received).toEqual(ids.some((word) => word.startsWith('-')) ? ['--', ...ids] : ids);
    }),
    { numRuns: 40 },
  );
});

describe('of a run in CI', () => {
  const ci = { url: 'https://github.com/acme/site/actions/runs/42', commit: 'a'.repeat(40), artifactName: 'visual-capture' };
  const run: AcceptedRun = { ...here, ci };

  test('names the run, and what it does not find by itself', () => {
    expect(renderAcceptCommand(run, ['index/mobile'])).toBe('visual-capture accept --run 42 index/mobile');
    expect(renderAcceptCommand({ baselineKind: 'ref', ci: { ...ci, artifactName: 'shots of 1' } })).toBe(
      "visual-capture accept --run 42 --artifact-name 'shots of 1' --baseline ref",
    );
  });

  test('names the repository for a clone of a fork', () => {
    expect(renderAcceptCommand(run, [], { inFork: true })).toBe('visual-capture accept --run 42 --repository acme/site');
  });

  test('without an artifact is about the files at hand', () => {
    const { artifactName: _, ...withoutArtifact } = ci;
    expect(renderAcceptCommand({ ...here, ci: withoutArtifact })).toBe('visual-capture accept');
  });
});

test('the comment that accepts the same is read back as these words', () => {
  const words = ['pricing/1280x800', "it's/mobile", 'two words/mobile', 'say "hi"/mobile'];
  const comment = renderAcceptComment(words, ['g1', 'g2']);
  expect(comment.startsWith('/visual accept g1 g2 ')).toBe(true);
  expect(parseAcceptCommand(comment)).toEqual(['g1', 'g2', ...words]);
});
