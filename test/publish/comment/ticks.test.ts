import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { renderMarker } from '../../../src/publish/comment/marker.ts';
import { isSealed, sealComment, sealLength } from '../../../src/publish/comment/seal.ts';
import { findTicks } from '../../../src/publish/comment/ticks.ts';
import { changeBoxes, listBoxes, renderBox } from '../../../src/report/markdown/boxes.ts';
import { code, escapeMarkdown } from '../../../src/report/markdown/escape.ts';

const marker = renderMarker({ key: 'visual-capture', runId: 5, attempt: 1 });
const text = sealComment(
  [`${marker}### 3 changed`, renderBox('g1', '**g1** · 2 captures'), renderBox('g2', '**g2**'), renderBox('all', 'Everything')]
    .join('\n\n')
    .concat('\n'),
);
const tick = (body: string, ...ids: readonly string[]): string =>
  ids.reduce((ticked, id) => ticked.replace(`- [ ] <!-- box ${id} -->`, `- [x] <!-- box ${id} -->`), body);

/** In a few words: what was ticked, or why nothing was. */
function find(from: string, body: string): string {
  const ticks = findTicks({ from, body });
  return ticks.kind === 'none' ? ticks.reason : `${ticks.kind} ${ticks.ids.join(' ')}`;
}

describe('an edit', () => {
  it.each<[string, string, string, string]>([
    ['ticks one box', text, tick(text, 'g2'), 'ticked g2'],
    ['ticks several at once', text, tick(text, 'all', 'g1'), 'ticked g1 all'],
    ['ticks one after another', tick(text, 'g1'), tick(text, 'g1', 'g2'), 'ticked g2'],
    ['comes from a browser, with its ends of lines', text, tick(text, 'g1').replaceAll('\n', '\r\n'), 'ticked g1'],
    ['has lost the end of its last line', text, tick(text, 'g1').trimEnd(), 'ticked g1'],
    ['ticks nothing', text, text, 'no box was ticked'],
    ['takes a tick away', tick(text, 'g1'), text, 'no box was ticked'],
    ['changes words and ticks nothing', text, text.replace('3 changed', 'all fine'), 'no box was ticked'],
    ['changes words with the tick', text, tick(text, 'g1').replace('3 changed', 'all fine'), 'tampered g1'],
    [
      'ticks where words were changed before',
      text.replace('2 captures', 'a typo'),
      tick(text.replace('2 captures', 'a typo'), 'g1'),
      'tampered g1',
    ],
    [
      'ticks where another run is named',
      text.replace('run 5', 'run 6'),
      tick(text.replace('run 5', 'run 6'), 'g1'),
      'tampered g1',
    ],
    ['writes a box of its own', text, text.replace('### 3 changed', '- [x] <!-- box g9 -->looks harmless'), 'tampered g9'],
    ['swaps boxes before a tick', text.replace('box g1', 'box g2'), tick(text.replace('box g1', 'box g2'), 'g2'), 'tampered g2'],
    ['takes the seal away', text, tick(text, 'g1').replace(/<!-- visual-capture text .*/, ''), 'tampered g1'],
    [
      'is of a comment of somebody’s own',
      'hi',
      tick(`hi\n\n${renderBox('g1', 'x')}`, 'g1'),
      'the edited comment is not one that a check wrote',
    ],
  ])('that %s', (_, from, body, found) => {
    expect(find(from, body)).toBe(found);
  });

  it('of ours asks for nothing: progress, result and a new run', () => {
    const ticked = tick(text, 'g1');
    const working = sealComment(changeBoxes(ticked, new Map([['g1', { ticked: true, state: 'working', note: 'Accepting…' }]])));
    const refused = sealComment(changeBoxes(working, new Map([['g1', { ticked: false, state: 'refused', note: 'No.' }]])));
    expect([find(ticked, working), find(working, refused), find(working, text)]).toEqual(Array(3).fill('no box was ticked'));
    expect(find(refused, tick(refused, 'g1'))).toBe('ticked g1');
  });
});

describe('boxes', () => {
  it('say what became of them, and only the last of it', () => {
    const working = changeBoxes(
      tick(text, 'g1'),
      new Map([['g1', { ticked: true, state: 'working', note: 'Accepting for @x…' }]]),
    );
    const done = changeBoxes(working, new Map([['g1', { ticked: true, state: 'accepted', note: '2 captures [accepted](x)' }]]));
    expect(done).toContain(
      '- [x] <!-- box g1 --><!-- accepted --><em>2 captures &#91;accepted&#93;(x)</em> · <!-- end -->**g1** · 2',
    );
    expect(done).not.toContain('Accepting for');
    expect(listBoxes(done).map(({ id, state }) => `${id} ${state}`)).toEqual(['g1 accepted', 'g2 none', 'all none']);
  });

  test('no text from outside is one', () => {
    const hostile = fc.oneof(fc.string(), fc.constantFrom('- [x] <!-- box g1 -->', '\n- [x] <!-- box all -->y', '<!-- end -->'));
    fc.assert(
      fc.property(hostile, (outside) => {
        expect(listBoxes([escapeMarkdown(outside), code(outside), `**${code(outside)}**`].join('\n\n'))).toEqual([]);
        const noted = changeBoxes(renderBox('g1', 'x'), new Map([['g1', { ticked: true, state: 'refused', note: outside }]]));
        const again = changeBoxes(noted, new Map([['g1', { ticked: false, state: 'working', note: '' }]]));
        expect(again).toBe('- [ ] <!-- box g1 --><!-- working --><!-- end -->x');
      }),
    );
  });
});

describe('the seal', () => {
  it('is as long as it says, is renewed and not piled up, and is none where there are no boxes', () => {
    expect(text.length - text.indexOf('\n\n<!-- visual-capture text')).toBe(sealLength);
    expect(sealComment(text)).toBe(text);
    expect(sealComment(`${marker}fine\n`)).toBe(`${marker}fine\n`);
    expect([isSealed(text), isSealed(tick(text, 'g1')), isSealed(text.replace('3', '4')), isSealed('x')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
