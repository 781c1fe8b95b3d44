import { resolveTargetUrl } from '../address/target-url.ts';
import type { Problem } from '../errors/problem.ts';
import type { DeploymentChoice } from './deployment.ts';
import type { Author } from './located.ts';
import type { Values } from './values.ts';
import { readWebUrl } from './web-url.ts';

/** Stands for the address of a deployment that nobody has looked for yet, or that was not found. */
export const unknownPreview = new URL('https://unknown-preview.invalid');

/** Where the preview is, and who says so. */
export interface PreviewAddress {
  /** What relative targets are joined to. */
  readonly base?: URL;
  /** It is that of a deployment. */
  readonly deployment?: DeploymentChoice;
  /** The input that names it. */
  readonly input: 'base-url' | 'deployment';
  /** Who wrote that; undefined: nobody. */
  readonly by: Author | undefined;
}

/**
 * Reads where the preview is. Of a whole `base-url` and a `deployment` that of the invocation outranks that of the config
 * file; side by side they are a mistake. A `base-url` that is a path or a query is put behind the address of the deployment.
 * `found`: that address; absent: it is not known yet.
 */
export function readPreviewAddress(values: Values, found: URL | undefined, problems: Problem[]): PreviewAddress {
  const written = values.located('base-url');
  const deployment = values.get('deployment');
  const by = { 'base-url': values.authorOf('base-url'), deployment: values.authorOf('deployment') };
  const isWhole = written !== undefined && !(typeof written.raw === 'string' && /^\s*[/?]/.test(written.raw));
  if (deployment !== undefined && isWhole && by['base-url'] === by.deployment) {
    problems.push({
      place: values.placeOf('deployment'),
      message:
        'deployment and base-url both say where the preview is. Keep one of them; beside deployment, base-url may be a path or a query that is put behind its address, such as /docs or ?token=…',
    });
  }
  const wins = deployment !== undefined && (!isWhole || by['base-url'] === 'config-file');
  if (!wins) {
    return { ...readBaseUrl(values, problems), input: 'base-url', by: by['base-url'] };
  }
  const base = isWhole ? { url: found ?? unknownPreview } : behind(found ?? unknownPreview, values.get('base-url')?.trim() ?? '');
  if ('problem' in base) {
    problems.push({ place: values.placeOf('base-url'), message: base.problem });
  }
  return { base: 'url' in base ? base.url : unknownPreview, deployment, input: 'deployment', by: by.deployment };
}

function behind(found: URL, relative: string): { readonly url: URL } | { readonly problem: string } {
  if (relative === '') {
    return { url: found };
  }
  const joined = resolveTargetUrl(relative, found);
  return 'problem' in joined ? { problem: `base-url "${relative}" cannot be put behind the address of a deployment` } : joined;
}

function readBaseUrl(values: Values, problems: Problem[]): { readonly base?: URL } {
  return values.located('base-url') === undefined
    ? {}
    : // Stands in for a wrong one, so that the relative targets are not reported for want of a base as well.
      { base: readWebUrl(values, 'base-url', problems) ?? new URL('http://base-url.invalid') };
}
