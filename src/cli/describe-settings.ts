import { describeOptions } from '../environment/describe.ts';
import type { Capture } from '../plan/capture.ts';

/** How pages are to look, in words such as `hide: .ad`. */
export interface PlannedSettings {
  /** What all captures have. */
  readonly common: readonly string[];
  /** What a capture has besides, by its id. */
  readonly own: ReadonlyMap<string, readonly string[]>;
}

/** What `plan` tells of the settings of captures; what only compares them, but for selectors of masks, is left out. */
export function describeSettings(captures: readonly Capture[]): PlannedSettings {
  const told = captures.map(({ id, settings }) => [id, linesOf(settings)] as const);
  const [first = ['', []], ...others] = told;
  const common = first[1].filter((line) => others.every(([, lines]) => lines.includes(line)));
  return { common, own: new Map(told.map(([id, lines]) => [id, lines.filter((line) => !common.includes(line))])) };
}

function linesOf(settings: Capture['settings']): string[] {
  const masks = settings.page?.maskSelectors ?? [];
  const all = { ...describeOptions(settings), ...(masks.length === 0 ? {} : { mask: masks.join(', ') }) };
  // A style sheet has many lines, and is told on one.
  return Object.entries(all).map(([name, value]) => `${name}: ${value.replaceAll(/\s+/g, ' ').trim()}`);
}
