import type { Parsed } from '../basics/parsed.ts';
import { isRecord } from '../basics/record.ts';
import { type DiscoverChoice, type DiscoverySource, discoverySources } from '../plan/discovery.ts';
import { isPageGlob, isStoryGlob } from '../plan/globs.ts';
import { nearestKnown } from './nearest.ts';
import { flag, integer, joinProblems, listItems, type ValueType } from './value-types.ts';

const defaultMax = 500;
/** Of a run there may be 100,000 captures. */
const depth = integer({ min: 1, max: 10 });
const max = integer({ min: 1, max: 100_000 });
const defaultDepth = 2;

/** Longest glob, in characters: patterns are made of them. */
const globLength = 500;

const keys = [...discoverySources, 'include', 'exclude', 'max'] as const;
type Key = (typeof keys)[number];

const example = '{sitemap: true, exclude: ["/docs/api/**"]}';
const show = (raw: unknown): string => JSON.stringify(raw) ?? String(raw);

/** `sitemap, crawl`, or a mapping with more to say. */
export const discoverType: ValueType<DiscoverChoice> = {
  parse: (raw) => (isRecord(raw) ? parseMapping(raw) : parseWords(raw)),
  schema: {
    anyOf: [
      { type: 'string' },
      { type: 'array', minItems: 1, items: { enum: [...discoverySources] } },
      {
        type: 'object',
        additionalProperties: false,
        minProperties: 1,
        properties: {
          sitemap: { type: ['boolean', 'string'], description: '`true`, or the path or URL of a sitemap.' },
          storybook: { type: ['boolean', 'string'], description: '`true`, or the path or URL of a Storybook.' },
          crawl: {
            anyOf: [
              { type: 'boolean' },
              { type: 'object', additionalProperties: false, properties: { depth: { ...depth.schema, default: defaultDepth } } },
            ],
          },
          include: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
          exclude: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
          max: { ...max.schema, default: defaultMax },
        },
      },
    ],
  },
  placeholder: 'LIST',
};

const nothingMore = { include: [], exclude: [], max: defaultMax } as const;

function parseWords(raw: unknown): Parsed<DiscoverChoice> {
  const words = listItems(raw).map((word) => String(word).trim());
  const unknown = words.filter((word) => !isSource(word));
  if (words.length === 0 || unknown.length > 0) {
    const named =
      unknown.length === 0 ? show(raw) : unknown.map((word) => `${show(word)}${askMeant(word, discoverySources)}`).join(', ');
    return {
      problem: `must list some of ${discoverySources.join(', ')}, or in the config file be a mapping such as ${example}, not ${named}`,
    };
  }
  return {
    value: {
      ...nothingMore,
      ...(words.includes('sitemap') ? { sitemap: true } : {}),
      ...(words.includes('storybook') ? { storybook: true } : {}),
      ...(words.includes('crawl') ? { crawl: { depth: defaultDepth } } : {}),
    },
  };
}

function isSource(word: string): word is DiscoverySource {
  return discoverySources.some((source) => source === word);
}

function parseMapping(raw: Readonly<Record<string, unknown>>): Parsed<DiscoverChoice> {
  const problems = Object.keys(raw).flatMap((key) => {
    const known: readonly string[] = keys;
    return known.includes(key) ? [] : [`has no key "${key}"${askMeant(key, keys)}; it takes ${keys.join(', ')}`];
  });
  const read = <T>(key: Key, parse: (value: unknown) => Parsed<T>, fallback: T): T => {
    const value = raw[key];
    const parsed = value === undefined || value === null ? { value: fallback } : parse(value);
    if ('problem' in parsed) {
      problems.push(`${key} ${parsed.problem}`);
      return fallback;
    }
    return parsed.value;
  };
  const sitemap = read('sitemap', parseAddress, undefined);
  const storybook = read('storybook', parseAddress, undefined);
  const crawl = read('crawl', parseCrawl, undefined);
  const choice: DiscoverChoice = {
    ...(sitemap === undefined ? {} : { sitemap }),
    ...(storybook === undefined ? {} : { storybook }),
    ...(crawl === undefined ? {} : { crawl }),
    include: read('include', parseGlobs, []),
    exclude: read('exclude', parseGlobs, []),
    max: read('max', (value) => max.parse(value), defaultMax),
  };
  problems.push(...(problems.length > 0 ? [] : findUseless(choice)));
  return problems.length === 0 ? { value: choice } : { problem: joinProblems(problems) };
}

/** `true`, an address, or `false` for none. */
function parseAddress(raw: unknown): Parsed<true | string | undefined> {
  const parsed = flag.parse(raw);
  if ('value' in parsed) {
    return { value: parsed.value ? true : undefined };
  }
  if (typeof raw !== 'string' || raw.trim() === '') {
    return { problem: `must be true, or a path or URL, not ${show(raw)}` };
  }
  return /\s/.test(raw.trim()) ? { problem: `${show(raw)} holds a blank. Write it as %20` } : { value: raw.trim() };
}

function parseCrawl(raw: unknown): Parsed<{ depth: number } | undefined> {
  if (!isRecord(raw)) {
    const parsed = flag.parse(raw);
    return 'value' in parsed
      ? { value: parsed.value ? { depth: defaultDepth } : undefined }
      : { problem: `must be true, or a mapping such as {depth: 2}, not ${show(raw)}` };
  }
  const unknown = Object.keys(raw).find((key) => key !== 'depth');
  if (unknown !== undefined) {
    return { problem: `has no key "${unknown}"; it takes depth` };
  }
  const written = raw['depth'] === undefined ? { value: defaultDepth } : depth.parse(raw['depth']);
  return 'problem' in written ? { problem: `depth ${written.problem}` } : { value: { depth: written.value } };
}

function parseGlobs(raw: unknown): Parsed<readonly string[]> {
  const globs = Array.isArray(raw) ? raw : [raw];
  const wrong = globs.find((glob) => typeof glob !== 'string' || glob.trim() === '' || glob.length > globLength);
  return wrong === undefined
    ? { value: globs.map((glob) => String(glob).trim()) }
    : { problem: `must be a glob such as "/docs/**", or a list of them, not ${show(wrong).slice(0, 100)}` };
}

/** What would never do anything. */
function findUseless({ sitemap, storybook, crawl, include, exclude }: DiscoverChoice): string[] {
  const findsPages = sitemap !== undefined || crawl !== undefined;
  const findsStories = storybook !== undefined;
  if (!findsPages && !findsStories) {
    return [`needs one of ${discoverySources.join(', ')}, such as ${example}`];
  }
  return (
    [
      ['include', include],
      ['exclude', exclude],
    ] as const
  ).flatMap(([key, globs]) =>
    globs.flatMap((glob) => {
      if ((findsPages && isPageGlob(glob)) || (findsStories && isStoryGlob(glob))) {
        return [];
      }
      return isStoryGlob(glob)
        ? [`${key} ${show(glob)} can match no page: paths begin with a slash. Write ${show(`/${glob}`)}`]
        : [`${key} ${show(glob)} can match no story: their titles begin with no slash. Write ${show(glob.slice(1))}`];
    }),
  );
}

function askMeant(word: string, known: readonly string[]): string {
  const meant = nearestKnown(word, known);
  return meant === undefined ? '' : ` (did you mean "${meant}"?)`;
}
