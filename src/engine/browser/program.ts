/** A browser that is there to be started. */
export interface BrowserProgram {
  readonly path: string;
  /** What its process needs beside the usual environment. */
  readonly env: Readonly<Record<string, string>>;
}
