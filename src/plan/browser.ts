/** Which browser the built-in engine captures with. */
export type BrowserChoice =
  /** One of the machine: that at `path`, else one that is found there. */
  | { readonly kind: 'system'; readonly path?: string }
  /** The newest stable Chrome, which is downloaded. */
  | { readonly kind: 'stable' }
  /** A build of Chrome, which is downloaded: `154.0.8100.2`. */
  | { readonly kind: 'version'; readonly version: string };

/** The form of a build's version, as part of a pattern. */
export const versionPattern = '\\d{1,4}(\\.\\d{1,6}){3}';
/** The form of a build's version. */
export const browserVersion = new RegExp(`^${versionPattern}$`);

/** As fingerprints and reports name the build: `Chrome 154.0.8100.2`. */
export function browserName(version: string): string {
  return `Chrome ${version}`;
}

/** The version of a browser that a fingerprint names; undefined: it is no Chrome, so it cannot be downloaded. */
export function versionOfBrowser(name: string): string | undefined {
  const version = name.startsWith('Chrome ') ? name.slice('Chrome '.length) : '';
  return browserVersion.test(version) ? version : undefined;
}
