import type { DefaultArtifactClient } from '@actions/artifact';

/**
 * GitHub's client for artifacts. It is loaded when it is needed: that takes as much time and memory as all the rest of the
 * step before its first request (`npm run bench start`), and many runs never come to it.
 */
export async function openArtifactClient(): Promise<DefaultArtifactClient> {
  const { DefaultArtifactClient: Client } = await import('@actions/artifact');
  return new Client();
}
