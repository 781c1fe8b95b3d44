/** The outside world, one small role each, so that the core can be run with time, chance and disk under control. */

export interface Clock {
  /** Milliseconds on a monotonic clock; only differences mean anything. */
  nowMs(): number;
  /** The calendar time, for reports and for Retry-After dates. */
  date(): Date;
  /** Resolves after `delayMs`; rejects with the signal's reason as soon as it aborts. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}

export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
}

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
  /** Opens a foldable group; lines until `endGroup` belong to it. */
  startGroup(title: string): void;
  endGroup(): void;
}

/** Files below one root folder. Paths are relative to it, with `/` on every system. */
export interface Folder {
  /** The folder as a person would name it in a message. */
  readonly path: string;
  /** The bytes, or undefined when there is no such file. Throws when it cannot be read, or has more than `maxBytes`. */
  read(path: string, maxBytes?: number): Promise<Uint8Array | undefined>;
  /** The size of a file in bytes, without reading it; undefined when there is no such file. Throws when nobody may know. */
  sizeOf(path: string): Promise<number | undefined>;
  /** Writes through a temporary name, so a reader never sees half a file. Makes folders as needed. Throws UserError when the disk refuses. */
  write(path: string, bytes: Uint8Array | string): Promise<void>;
  /** Removes a file, if it is there. Throws UserError when the disk refuses. */
  remove(path: string): Promise<void>;
  /** The paths of all files, or of those below one folder of it, sorted. Empty when that is not there. */
  list(below?: string): Promise<string[]>;
  /** The names of the files and folders that lie in it. Empty when it is not there. */
  names(): Promise<string[]>;
  /** The path on disk, for messages and uploads. */
  resolve(path: string): string;
}
