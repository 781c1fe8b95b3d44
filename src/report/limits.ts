/** What GitHub keeps; anything beyond is cut off or dropped without a word, so reporters stay below. */
export const githubLimits = {
  /**
   * Annotations of one level that a step may make; further ones are not shown.
   * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands and
   * https://github.com/orgs/community/discussions/26680
   */
  annotationsPerStepAndLevel: 10,
  /** Longest title of an annotation, in characters: https://docs.github.com/en/rest/checks/runs */
  annotationTitleLength: 255,
  /** Longest message of an annotation: 64 KB, https://docs.github.com/en/rest/checks/runs */
  annotationMessageBytes: 64 * 1024,
  /**
   * Step summary, in bytes. Over it, GitHub drops the whole summary:
   * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
   */
  summaryBytes: 1024 * 1024,
  /** Body of a comment, in characters. */
  commentLength: 65_536,
  /** Description of a commit status, in characters: a longer one is refused. */
  statusDescriptionLength: 140,
  /** Name (`context`) of a commit status, in characters: a longer one is refused. */
  statusNameLength: 255,
} as const;

/** The largest report.html, in bytes, before details give way. Browsers open it from disk within two seconds. */
export const reportPageBytes = 50_000_000;
