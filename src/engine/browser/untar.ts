export interface TarFile {
  readonly path: string;
  /** Unix permissions, e.g. 0o755. */
  readonly mode: number;
  readonly bytes: Uint8Array;
}

const blockBytes = 512;
/** POSIX ustar header: where each field begins and how long it is, in bytes. */
const fields = { name: [0, 100], mode: [100, 8], size: [124, 12], type: [156, 1], prefix: [345, 155] } as const;
const regularFile = new Set(['0', '']);

/**
 * The regular files of a tar archive (POSIX ustar); folders are implied by their paths, all else is left out. Written by
 * hand, because it reads nothing but the packed browser that npm installed and checked: no links, no long names.
 */
export function readTar(archive: Uint8Array): TarFile[] {
  const files: TarFile[] = [];
  for (let at = 0; at + blockBytes <= archive.length; ) {
    const text = (field: keyof typeof fields): string => {
      const [start, length] = fields[field];
      const bytes = archive.subarray(at + start, at + start + length);
      const end = bytes.indexOf(0);
      return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end)).trim();
    };
    const name = text('name');
    if (name === '') {
      break;
    }
    const sizeBytes = Number.parseInt(text('size'), 8) || 0;
    const start = at + blockBytes;
    if (regularFile.has(text('type'))) {
      const prefix = text('prefix');
      files.push({
        path: prefix === '' ? name : `${prefix}/${name}`,
        mode: Number.parseInt(text('mode'), 8) & 0o777,
        bytes: archive.subarray(start, start + sizeBytes),
      });
    }
    at = start + Math.ceil(sizeBytes / blockBytes) * blockBytes;
  }
  return files;
}
