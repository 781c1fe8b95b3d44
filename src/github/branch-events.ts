/**
 * Events whose runs show the very branch that they run on. Most others run on the default branch whatever they are about:
 * `issue_comment`, `workflow_run`, `status` and `repository_dispatch` (sent for previews, for example by Vercel) may show
 * a pull request that nobody reviewed yet.
 */
export const branchEvents: readonly string[] = ['push', 'schedule', 'workflow_dispatch'];
