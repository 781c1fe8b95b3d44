/** Where targets that nobody listed are found; in this order they are asked and told. */
export const discoverySources = ['sitemap', 'storybook', 'crawl'] as const;
export type DiscoverySource = (typeof discoverySources)[number];

/** What is to be found, as `discover` says it, read and checked. */
export interface DiscoverChoice {
  /** `true`: where a site has it; else a path below `base-url`, or a URL. */
  readonly sitemap?: true | string;
  /** The same of a Storybook, or of its index. */
  readonly storybook?: true | string;
  /** How many links away from `base-url` pages are looked for. */
  readonly crawl?: { readonly depth: number };
  /** Globs on the path, or on title and id of stories; none: all that is found. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** More targets are an error. */
  readonly max: number;
}

/** A target that was found. */
export interface FoundTarget {
  /** As a person would list it: a path below `base-url`, or a URL of another site. */
  readonly url: string;
  readonly by: DiscoverySource;
  /** Absent: it is a page, and named by its address. */
  readonly story?: Story;
}

export interface Story {
  /** Storybook's, e.g. `ui-alert--info`. */
  readonly id: string;
  /** Title and name as a target is named, e.g. `ui/alert/info`. */
  readonly name: string;
}

/** Why something that was found is no target. */
export type LeftOutReason =
  | { readonly kind: 'excluded' | 'skip-tag' | 'docs-page' | 'story-test' | 'sign-out' }
  | { readonly kind: 'not-included' | 'outside-base' | 'not-web' | 'too-long' }
  | {
      readonly kind: 'no-page' | 'same-page' | 'canonical' | 'answered' | 'leads-away' | 'unreachable' | 'queries';
      readonly detail: string;
    };

export interface LeftOut {
  /** Its address or, of a story, `title/name`. */
  readonly what: string;
  readonly by: DiscoverySource;
  readonly reason: LeftOutReason;
}

/** What was found, in a stable order, and what was not taken. */
export interface Discovery {
  readonly found: readonly FoundTarget[];
  readonly leftOut: readonly LeftOut[];
  /** What a person should know of how it was found, in whole sentences. */
  readonly notes: readonly string[];
}
