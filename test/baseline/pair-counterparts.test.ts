import { describe, expect, test } from 'vitest';
import { pairCounterparts, withCounterparts } from '../../src/baseline/pair-counterparts.ts';
import { UncapturedBaseline, urlBaselines } from '../../src/baseline/url.ts';
import type { CaptureOutcome } from '../../src/capture/outcome.ts';
import type { Capture } from '../../src/plan/capture.ts';

const capture = (name: string, more: Partial<Capture> = {}): Capture => ({
  id: `${name}/mobile`,
  name,
  viewport: { name: 'mobile', width: 390, height: 844, scale: 3 },
  page: { kind: 'url', url: `https://pr-7.example.dev/${name}` },
  baselineUrl: `https://www.example.com/${name}`,
  settings: { format: 'png' },
  compare: { threshold: 0.1, includeAntiAliasing: false, mask: [] },
  ...more,
});
const { baselineUrl: _, ...html } = capture('card', { page: { kind: 'html', html: '' } });

const base = { attempts: 1, durationMs: 1, timeline: [] };
const taken: CaptureOutcome = {
  status: 'captured',
  image: { bytes: new Uint8Array([1]), format: 'png', size: { width: 1, height: 1 } },
  ...base,
};
const failed: CaptureOutcome = { status: 'failed', failure: { code: 'render_timeout' }, ...base };

describe('counterparts', () => {
  test('stand beside their captures, where these have a counterpart', () => {
    const { counterparts } = urlBaselines(new URL('https://www.example.com'));
    const all = withCounterparts([capture('a'), html, capture('b')], counterparts);
    expect(all.map(({ id }) => id)).toEqual([
      'a/mobile',
      'a/mobile (baseline)',
      'card/mobile',
      'b/mobile',
      'b/mobile (baseline)',
    ]);
    expect(all[1]?.page).toEqual({ kind: 'url', url: 'https://www.example.com/a' });
    expect(withCounterparts([capture('a')], undefined)).toHaveLength(1);
  });

  test('a capture is passed on once, when its counterpart has ended too, whichever came first', async () => {
    const source = urlBaselines(new URL('https://www.example.com'));
    const captures = [capture('a'), capture('b'), html];
    const passed: string[] = [];
    const onOutcome = pairCounterparts(captures, source.counterparts, async ({ id }) => void passed.push(id));
    const [a, counterpartOfA, b, counterpartOfB, card] = withCounterparts(captures, source.counterparts);

    await onOutcome(a!, taken);
    expect(passed).toEqual([]);
    await onOutcome(card!, taken);
    await onOutcome(counterpartOfB!, failed);
    expect(passed).toEqual(['card/mobile']);
    await onOutcome(counterpartOfA!, taken);
    await onOutcome(b!, taken);
    expect(passed).toEqual(['card/mobile', 'a/mobile', 'b/mobile']);

    expect(await source.read('a/mobile')).toEqual({ png: new Uint8Array([1]) });
    await expect(source.read('b/mobile')).rejects.toThrow(UncapturedBaseline);
    expect(await source.read('card/mobile')).toBeUndefined();
  });
});
