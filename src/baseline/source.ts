/** Where the accepted pictures are kept. One file per kind of source implements this. */
export interface BaselineSource {
  /** For people, e.g. `directory visual-baselines`. */
  readonly description: string;
  /** The PNG of a capture, or undefined when it has none. Throws when it is there but cannot be read. */
  read(id: string): Promise<Uint8Array | undefined>;
  /** The ids of all captures that have a baseline, sorted. */
  list(): Promise<readonly string[]>;
  /** Makes the picture the baseline. Throws UserError when it cannot be written. */
  write(id: string, png: Uint8Array): Promise<void>;
  /** How a person names the baseline of a capture, e.g. `visual-baselines/pricing/1280x800.png`. */
  nameOf(id: string): string;
}
