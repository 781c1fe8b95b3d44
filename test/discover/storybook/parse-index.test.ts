import { describe, expect, it, test } from 'vitest';
import { parseIndex } from '../../../src/discover/storybook/parse-index.ts';

const story = { type: 'story', title: 'UI/Alert', name: 'Info', importPath: './a.js' };
const read = (entries: Record<string, unknown>, v = 5) => {
  const parsed = parseIndex(JSON.stringify({ v, entries }));
  return 'value' in parsed ? parsed.value : parsed.problem;
};
const leftOut = (entry: unknown) =>
  [read({ 'ui-alert--info': entry })].flat().map((one) => (typeof one === 'string' ? one : one?.leftOut))[0];

describe('parseIndex', () => {
  it('names a story by its title and name', () => {
    expect(read({ 'ui-alert--info': story })).toEqual([{ id: 'ui-alert--info', title: 'UI/Alert/Info', name: 'ui/alert/info' }]);
  });

  test.each([
    [{ title: 'Design System / Big Button', name: 'With an Icon' }, 'design-system/big-button/with-an-icon'],
    [{ title: 'Über uns', name: 'Größe' }, 'über-uns/größe'],
    [{ title: 'UI', name: '50% / 100%' }, 'ui/50-100'],
    [{ title: '..', name: 'con' }, 'con-page'],
  ])('makes a safe name of %j', (names, name) => {
    expect(read({ a: { ...story, ...names } })).toMatchObject([{ name }]);
  });

  it('reads the older form of version 7 as well', () => {
    const parsed = parseIndex(
      JSON.stringify({
        v: 3,
        stories: { a: { kind: 'UI/Alert', story: 'Info' }, b: { title: 'Intro', name: 'Page', parameters: { docsOnly: true } } },
      }),
    );
    expect(parsed).toEqual({
      value: [
        { id: 'a', title: 'UI/Alert/Info', name: 'ui/alert/info' },
        { id: 'b', title: 'Intro/Page', name: 'intro/page', leftOut: { kind: 'docs-page' } },
      ],
    });
  });

  test.each([
    ['a docs page', { ...story, type: 'docs' }, { kind: 'docs-page' }],
    ['a test of a story', { ...story, subtype: 'test' }, { kind: 'story-test' }],
    ['a story that is tagged so', { ...story, tags: ['dev', 'skip-visual'] }, { kind: 'skip-tag' }],
    ['no story that takes the tag away', { ...story, tags: ['skip-visual', '!skip-visual'] }, undefined],
    ['a story that sets it again', { ...story, tags: ['!skip-visual', 'skip-visual'] }, { kind: 'skip-tag' }],
    ['no story without tags', story, undefined],
  ])('leaves out %s', (_, entry, reason) => {
    expect(leftOut(entry)).toEqual(reason);
  });

  test.each([
    ['{', 'is no index of a Storybook: it has neither entries nor stories'],
    ['[]', 'is no index of a Storybook: it has neither entries nor stories'],
    ['{"v": 5, "entries": {"a": {"title": "A"}}}', 'is no index of a Storybook: "a" has no title and name'],
  ])('refuses %s', (text, problem) => {
    expect(parseIndex(text)).toEqual({ problem });
  });
});
