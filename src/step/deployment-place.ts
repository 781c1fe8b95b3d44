import { defined } from '../basics/record.ts';
import type { DeploymentPlace } from '../check/find-preview.ts';
import { connectGithub } from '../github/api.ts';
import type { WorkflowRun } from '../github/context.ts';
import { readEventDeployment } from '../github/deployments/read-event.ts';
import { readEventPayload } from '../github/event-payload.ts';
import { readerOf } from '../github/octokit-reader.ts';
import type { WorkflowStep } from './workflow-step.ts';

/** Where a step looks for the deployments of a commit: the event of its run, then the repository. */
export function deploymentPlaceOfStep(
  { workflowRun, githubToken, env }: Pick<WorkflowStep, 'workflowRun' | 'githubToken' | 'env'>,
  commit: string | undefined,
  payload: unknown = readEventPayload(),
): DeploymentPlace {
  if (workflowRun === undefined || commit === undefined || commit === '') {
    return {
      kind: 'wrong-input',
      problem: 'deployment needs a run of GitHub Actions, which tells the repository and the commit. Set base-url instead',
    };
  }
  if (githubToken === undefined) {
    return {
      kind: 'wrong-input',
      problem: 'deployment needs github-token to ask GitHub. Take github-token: "" out, so that the token of the job is used',
    };
  }
  const { repository, url: runUrl, event } = workflowRun;
  const at = {
    repository,
    commit,
    runUrl,
    serverUrl: repository.serverUrl,
    ...defined({ mergeCommit: mergeOf(workflowRun, commit, env['GITHUB_REF']) }),
  };
  return {
    kind: 'known',
    at,
    connect: async (clock, signal) => readerOf(await connectGithub(githubToken, repository.apiUrl, clock, signal)),
    ...defined({ event: readEventDeployment(event, payload, commit, at) }),
  };
}

/** GITHUB_SHA where it is GitHub's own merge of the captured commit; in other events it is some other commit. */
function mergeOf({ about, sha }: WorkflowRun, commit: string, ref: string | undefined): string | undefined {
  const isMerge = ref !== undefined && /^refs\/pull\/\d+\/merge$/.test(ref);
  return isMerge && about.kind === 'pull-request' && about.pullRequest.headCommit === commit && sha !== commit ? sha : undefined;
}
