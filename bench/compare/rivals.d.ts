/** What is used of the rivals, so that the types of the whole project can be checked without installing them. */

declare module 'odiff-bin' {
  export interface Options {
    readonly threshold: number;
    readonly antialiasing: boolean;
  }
  export interface Result {
    readonly match: boolean;
    readonly diffCount?: number;
  }
  export function compare(baseline: string, actual: string, diff: string, options: Options): Promise<Result>;
  export class ODiffServer {
    compare(baseline: string, actual: string, diff: string, options: Options): Promise<Result>;
    stop(): void;
  }
}

declare module '@blazediff/bin' {
  export interface Result {
    readonly match: boolean;
    readonly diffCount?: number;
  }
  export function hasNativeBinding(): boolean;
  export function compare(
    baseline: string,
    actual: string,
    diff: string | undefined,
    options: { readonly threshold: number; readonly antialiasing: boolean },
  ): Promise<Result>;
}

declare module 'looks-same' {
  interface LooksSame {
    (a: string, b: string): Promise<{ readonly equal: boolean }>;
    createDiff(options: { reference: string; current: string; diff: string; highlightColor: string }): Promise<void>;
  }
  const looksSame: LooksSame;
  export default looksSame;
}

declare module 'reg-cli' {
  import type { EventEmitter } from 'node:events';

  const compareFolders: (options: Record<string, unknown>) => EventEmitter;
  export default compareFolders;
}

declare module 'sharp' {
  interface Sharp {
    png(options: { compressionLevel: number; adaptiveFiltering: boolean }): Sharp;
    toBuffer(): Promise<Buffer>;
  }
  const sharp: (png: Uint8Array, options: { limitInputPixels: boolean }) => Sharp;
  export default sharp;
}
