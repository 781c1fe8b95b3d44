import { displayUrl } from '../../address/display-url.ts';
import { resolveTargetUrl } from '../../address/target-url.ts';
import type { GlobRules } from '../choose.ts';
import { textOfAnswer } from '../describe-answer.ts';
import { type Finding, Gathering, unreadable } from '../finding.ts';
import { discoverLimits } from '../limits.ts';
import { ownPath } from '../own-path.ts';
import type { Web } from '../web.ts';
import { type IndexEntry, parseIndex } from './parse-index.ts';

/** Of Storybook 7 to 10, and of the older form. */
const indexFiles = ['index.json', 'stories.json'] as const;

export interface StorySearch {
  /** `true`: at `base-url`. */
  readonly storybook: true | string;
  /** Undefined: `storybook` is a URL. */
  readonly base: URL | undefined;
  readonly globs: GlobRules;
  readonly web: Web;
}

/** Finds the stories of a Storybook by its index. */
export async function findStories({ storybook, base, globs, web }: StorySearch): Promise<Finding> {
  const written = storybook === true ? '/' : storybook;
  const named = indexFiles.find((file) => written.split(/[?#]/, 1)[0]?.endsWith(`/${file}`));
  const read = await readIndex(named === undefined ? indexFiles.map((file) => inFolder(written, file)) : [written], base, web);
  if ('problem' in read) {
    return unreadable(read.problem);
  }
  const gathering = new Gathering('storybook');
  for (const entry of read.entries) {
    const { id, title, name, leftOut } = entry;
    const reason = leftOut ?? globs.story(title, name, id);
    if (reason === undefined) {
      gathering.take({ url: addressOf(id, read.index, base), story: { id, name } });
    } else {
      gathering.leave(title, reason);
    }
  }
  return { found: gathering.found, leftOut: gathering.leftOut, notes: [], problems: [] };
}

/** The path or URL of a file in a folder that is given with its query. */
function inFolder(folder: string, file: string): string {
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(folder) ?? [];
  return `${path.replace(/\/(?:index|iframe)\.html$/, '').replace(/\/$/, '')}/${file}${rest}`;
}

/** The first of the addresses that answers; what is wrong with the first of them, if none does. */
async function readIndex(
  addresses: readonly string[],
  base: URL | undefined,
  web: Web,
): Promise<{ readonly entries: readonly IndexEntry[]; readonly index: URL } | { readonly problem: string }> {
  let problem: string | undefined;
  for (const address of addresses) {
    const resolved = resolveTargetUrl(address, base);
    if ('problem' in resolved) {
      return { problem: `discover: storybook: ${resolved.problem}` };
    }
    const { url } = resolved;
    const answer = await web.get(url, { maxBytes: discoverLimits.indexBytes, accept: 'application/json,*/*;q=0.8' });
    const text = textOfAnswer(answer, discoverLimits.indexBytes);
    const parsed = 'problem' in text ? text : parseIndex(text.text);
    if ('value' in parsed) {
      return { entries: parsed.value, index: url };
    }
    problem ??= `The index of the Storybook, ${displayUrl(url.href)}, ${parsed.problem}${parsed.problem.endsWith('.') ? '' : '.'}`;
    if (answer.kind !== 'document' || answer.status !== 404) {
      break;
    }
  }
  return { problem: problem ?? 'There is no Storybook.' };
}

/** The canvas of a story alone, as a target of the preview where the Storybook is one of it. */
function addressOf(id: string, index: URL, base: URL | undefined): string {
  const frame = new URL(index.href);
  frame.pathname = frame.pathname.replace(/[^/]*$/, 'iframe.html');
  frame.search = '';
  const own = base !== undefined && base.origin === index.origin ? ownPath(frame, base, { ofOtherHost: false }) : undefined;
  const { search } = index;
  const query = `viewMode=story&id=${encodeURIComponent(id)}`;
  return own === undefined ? `${frame.href}${search === '' ? '?' : `${search}&`}${query}` : `${own}?${query}`;
}
