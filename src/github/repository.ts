/** A repository on GitHub or on a GitHub Enterprise server. */
export interface Repository {
  readonly owner: string;
  readonly name: string;
  /** GITHUB_SERVER_URL, without a trailing slash: `https://github.com`. */
  readonly serverUrl: string;
  /** GITHUB_API_URL: `https://api.github.com`. */
  readonly apiUrl: string;
}

/** Where GitHub's own API is, if GITHUB_API_URL says nothing else. */
export const usualApiUrl = 'https://api.github.com';

/**
 * Whether the server is one that a company runs itself, whose artifacts are of an older kind. GitHub's artifact client
 * refuses by the same rule, but with words that help nobody.
 */
export function isEnterpriseServer(serverUrl: string): boolean {
  const { hostname } = new URL(serverUrl);
  return !(hostname === 'github.com' || hostname.endsWith('.ghe.com') || hostname.endsWith('.localhost'));
}

/** Where git finds it. */
export function cloneUrl({ serverUrl, owner, name }: Repository): string {
  return `${serverUrl}/${owner}/${name}.git`;
}

/**
 * The address of a file at a commit, as a picture's source. Of all addresses only this one shows pictures of private
 * repositories too, since the browser asks it with the reader's own session.
 */
export function pictureUrl({ serverUrl, owner, name }: Repository, commit: string, path: string): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return `${serverUrl}/${owner}/${name}/blob/${commit}/${encoded}?raw=true`;
}
