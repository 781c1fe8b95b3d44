import { parseJson } from '../../basics/parse-json.ts';
import type { Parsed } from '../../basics/parsed.ts';
import { fieldOf, isRecord, textOf } from '../../basics/record.ts';
import type { LeftOutReason, Story } from '../../plan/discovery.ts';
import { toSafeName } from '../../plan/safe-name.ts';

/** An entry of a Storybook's index. */
export interface IndexEntry extends Story {
  /** As Storybook shows it: `UI/Alert/Info`. */
  readonly title: string;
  /** Why it is no target. */
  readonly leftOut?: LeftOutReason;
}

/** What leaves a story out. */
const skipTag = 'skip-visual';

/**
 * Reads `index.json` of Storybook 7 to 10 (versions 4 and 5 of the format), or `stories.json` of the older form (3).
 * The problem is a phrase that goes behind the address.
 */
export function parseIndex(text: string): Parsed<readonly IndexEntry[]> {
  const index = parseJson(text);
  const entries = fieldOf(index, 'entries') ?? fieldOf(index, 'stories');
  if (!isRecord(index) || !isRecord(entries)) {
    return { problem: 'is no index of a Storybook: it has neither entries nor stories' };
  }
  const read = Object.entries(entries).map(([id, entry]) => readEntry(id, entry));
  const wrong = read.indexOf(undefined);
  return wrong < 0
    ? { value: read.filter((entry) => entry !== undefined) }
    : {
        problem: `is no index of a Storybook: ${JSON.stringify(Object.keys(entries)[wrong]?.slice(0, 100))} has no title and name`,
      };
}

function readEntry(id: string, entry: unknown): IndexEntry | undefined {
  const title = textOf(entry, 'title') ?? textOf(entry, 'kind');
  const name = textOf(entry, 'name') ?? textOf(entry, 'story');
  if (title === undefined || name === undefined) {
    return undefined;
  }
  const leftOut = whyLeftOut(entry);
  return {
    id,
    title: `${title}/${name}`,
    name: nameStory(title, name),
    ...(leftOut === undefined ? {} : { leftOut: { kind: leftOut } }),
  };
}

function whyLeftOut(entry: unknown): 'docs-page' | 'story-test' | 'skip-tag' | undefined {
  if (textOf(entry, 'type') === 'docs' || fieldOf(fieldOf(entry, 'parameters'), 'docsOnly') === true) {
    return 'docs-page';
  }
  if (textOf(entry, 'subtype') === 'test') {
    return 'story-test';
  }
  const tags = fieldOf(entry, 'tags');
  return effectiveTags(Array.isArray(tags) ? tags : []).has(skipTag) ? 'skip-tag' : undefined;
}

/**
 * The tags that count: `!name` takes away a `name` that stands before it. Storybook 8.1 and later have done so when they
 * write the index; older ones write what the files say.
 */
function effectiveTags(written: readonly unknown[]): ReadonlySet<unknown> {
  const tags = new Set<unknown>();
  for (const tag of written) {
    if (typeof tag === 'string' && tag.startsWith('!')) {
      tags.delete(tag.slice(1));
    } else {
      tags.add(tag);
    }
  }
  return tags;
}

/** `UI/Alert` and `With Icon` become `ui/alert/with-icon`. */
function nameStory(title: string, name: string): string {
  // A slash in the name of a story is none of the tree.
  const parts = [...title.split('/'), name];
  return toSafeName(parts.map((part) => part.toLowerCase().replace(/[^\p{L}\p{N}\p{M}._]+/gu, '-')).join('/'));
}
