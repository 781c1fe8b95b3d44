/** What is known before a release. */
export interface ReleaseFacts {
  /** e.g. `v0.2.0`. */
  readonly tag: string;
  /** `version` of package.json. */
  readonly packageVersion: string;
  /** Text of CHANGELOG.md. */
  readonly changelog: string;
  /** What `git status --porcelain` prints. */
  readonly uncommitted: string;
}

export type Release =
  | {
      readonly kind: 'release';
      readonly version: string;
      /** What the changelog says of it, as markdown. */
      readonly notes: string;
      /** The tag that moves to it, e.g. `v0`. */
      readonly major: string;
      readonly prerelease: boolean;
    }
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

/** Semantic Versioning 2.0.0 without build metadata. */
const tagForm = /^v(?<version>(?<major>0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?<rest>-[0-9A-Za-z.-]+)?)$/;

/** Whether a version can be released, and what is published of it; all that is in the way, at once. */
export function decideRelease({ tag, packageVersion, changelog, uncommitted }: ReleaseFacts): Release {
  const { version, major, rest } = tagForm.exec(tag)?.groups ?? {};
  if (version === undefined) {
    return { kind: 'refused', problems: [`The tag must be of the form v1.2.3, not ${tag}.`] };
  }
  const sections = readSections(changelog);
  const notes = sections.find((section) => section.version === version)?.text;
  const unreleased = sections.find((section) => section.version === 'Unreleased')?.text ?? '';
  const problems = [
    ...(packageVersion === version ? [] : [`package.json says version ${packageVersion}, the tag ${version}.`]),
    ...(notes === undefined || notes === '' ? [`CHANGELOG.md has no section "## [${version}] - DATE" that says something.`] : []),
    ...(unreleased === '' ? [] : ['CHANGELOG.md has lines under "## [Unreleased]": they belong to this version.']),
    ...(uncommitted === '' ? [] : [`There are changes that are not committed:\n${uncommitted.trimEnd()}`]),
  ];
  return problems.length > 0 || notes === undefined
    ? { kind: 'refused', problems }
    : { kind: 'release', version, notes, major: `v${major}`, prerelease: rest !== undefined };
}

export interface ChangelogSection {
  /** `Unreleased`, or a version. */
  readonly version: string;
  /** As `2026-11-26`; of an unreleased one there is none. */
  readonly date?: string;
  readonly text: string;
}

/** The sections of a changelog in the form of keepachangelog.com, as they stand in it. */
export function readSections(changelog: string): ChangelogSection[] {
  return changelog
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading = '', ...lines] = section.split('\n');
      const { version = heading, date } = /^\[(?<version>[^\]]+)\](?: - (?<date>\d{4}-\d\d-\d\d))?$/.exec(heading)?.groups ?? {};
      // The addresses behind the headings stand at the end of the file.
      const text = lines.filter((line) => !/^\[[^\]]+\]: http/.test(line)).join('\n');
      return { version, ...(date === undefined ? {} : { date }), text: text.trim() };
    });
}
