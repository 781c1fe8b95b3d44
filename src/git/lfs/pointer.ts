import { sha256 } from '../../system/sha256.ts';

/** A content that Git LFS keeps beside the repository. */
export interface LfsObject {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Larger files are no pointers (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md). */
export const maxPointerBytes = 1024;

export function describeObject(bytes: Uint8Array): LfsObject {
  return { sha256: sha256(bytes), sizeBytes: bytes.length };
}

/** What is committed in place of the content. */
export function renderPointer({ sha256, sizeBytes }: LfsObject): string {
  return `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${sizeBytes}\n`;
}

/** Reads a committed file; undefined: it is no pointer. */
export function parsePointer(bytes: Uint8Array): LfsObject | undefined {
  if (bytes.length > maxPointerBytes) {
    return undefined;
  }
  const text = new TextDecoder().decode(bytes);
  const oid = /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1];
  const size = /^size (\d{1,15})$/m.exec(text)?.[1];
  const isPointer = text.startsWith('version https://git-lfs.github.com/spec/') && oid !== undefined && size !== undefined;
  return isPointer ? { sha256: oid, sizeBytes: Number(size) } : undefined;
}

/** The hash of the content that a file stands for, which it is itself or in place of which it is a pointer. */
export function hashContent(bytes: Uint8Array): string {
  return (parsePointer(bytes) ?? describeObject(bytes)).sha256;
}
