import type { Place, Problem } from '../errors/problem.ts';
import type { DiscoverySource, Story } from '../plan/discovery.ts';
import type { TargetPage } from '../plan/plan-captures.ts';
import type { InputName } from './spec.ts';

/**
 * Who wrote something. The invocation is the workflow or the person at the command line, who holds the secrets. The config
 * file is part of what is checked out: in a pull request its author writes it.
 */
export type Author = 'invocation' | 'config-file';

/** A value as it was written (text, or what YAML made of it), where and by whom. */
export interface Located<T = unknown> {
  readonly raw: T;
  readonly place: Place;
  readonly by: Author;
  /** Where the items stand: of a list, or of the list in a mapping. */
  readonly items?: readonly Place[];
  /** What variables of the environment hold that were put in. */
  readonly variables?: readonly string[];
  /** What was written cannot be told, because of these: the environment lacks a part of it. */
  readonly unknown?: readonly Problem[];
}

export type LocatedInputs = ReadonlyMap<InputName, Located>;

/** A target as it was written. */
export interface LocatedTarget {
  readonly place: Place;
  readonly by: Author;
  readonly page: LocatedPage;
  readonly name?: Located<string>;
  readonly settings: LocatedInputs;
  /** The story that it shows, where it was found as one. */
  readonly story?: Story;
  /** Absent: somebody listed it. */
  readonly foundBy?: DiscoverySource;
}

export type LocatedPage = TargetPage | { readonly kind: 'html-file'; readonly path: string };
