/** What an archive from outside may hold, checked before anything of it is unpacked. */
export interface ArchiveLimits {
  /** Of the archive itself. */
  readonly archiveBytes: number;
  readonly entries: number;
  /** Of one entry, unpacked. */
  readonly entryBytes: number;
  /** Of all entries together, unpacked. */
  readonly totalBytes: number;
  /** Of the path of an entry, in characters. */
  readonly pathLength: number;
  /** Symbolic links are taken; whoever unpacks them sees where they lead. Default: an archive with links is refused. */
  readonly links?: true;
}

/**
 * Room for 5,000 captures with three pictures each. An archive above 4 GB needs the Zip64 form, which is not read, and
 * no entry may be larger than a picture may be (compare/limits.ts).
 */
export const artifactLimits: ArchiveLimits = {
  archiveBytes: 4 * 1024 ** 3 - 1,
  entries: 16_000,
  entryBytes: 128 * 1024 ** 2,
  totalBytes: 6 * 1024 ** 3,
  pathLength: 300,
};

/** Deflate expands one byte to at most 1,032 (RFC 1951: 258 bytes in 2 bits); a small stream carries some overhead. */
export const deflateRatio = 1032;
