import { isLoopbackHost } from '../../address/loopback.ts';
import type { ObjectId, ScratchRepository, Tree } from '../scratch-repository.ts';
import { LfsError } from './lfs-error.ts';

/**
 * Where git-lfs looks for the objects of a repository that says nothing else: below its own address.
 * @throws LfsError when it is no address over which a token may go.
 */
export function lfsEndpoint(cloneUrl: string): URL {
  const url = URL.canParse(cloneUrl) ? new URL(cloneUrl) : undefined;
  if (url === undefined || !isSafe(url)) {
    throw new LfsError('unsupported', 'Git LFS is spoken over https alone, and the remote has another address');
  }
  url.username = '';
  url.password = '';
  url.pathname = `${url.pathname.replace(/\/$/, '').replace(/\.git$/, '')}.git/info/lfs`;
  return url;
}

/** Whether bytes and credentials may go there. */
export function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
}

/** Settings that tell git-lfs to look elsewhere. */
const elsewhere = /^(lfs\.(push)?url|remote\..+\.lfs(push)?url|remote\.lfs(push)?default)$/;

/**
 * Makes sure that a commit's `.lfsconfig` names no other server: its objects would be missed there, and the token must
 * not go to whatever server a file of the repository names.
 * @throws LfsError, GitError
 */
export async function checkLfsConfig(repository: ScratchRepository, tree: Tree, endpoint: URL): Promise<void> {
  const blob: ObjectId | undefined = tree.get('.lfsconfig');
  const settings = blob === undefined ? new Map<string, string>() : await repository.readSettings(blob);
  for (const [key, value] of settings) {
    if (elsewhere.test(key) && value.replace(/\/$/, '') !== endpoint.href) {
      throw new LfsError('unsupported', `.lfsconfig names another Git LFS server (${key})`);
    }
  }
}
