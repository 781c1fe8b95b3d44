import { docsUrl, exampleUrl } from '../basics/product.ts';
import { defaultApi } from '../services/registry.ts';
import { titleOf } from './find-projects.ts';
import type { Project } from './project.ts';
import { type Setup, servedUrl, suffixOf } from './setup.ts';

/** What was found and what was written from it, for whoever ran the command. */
export function describeSetup(setup: Setup, found: readonly Project[], written: readonly string[]): string {
  return [
    ...foundLines(setup, found),
    '',
    ...written.map((path) => `Written: ${path}`),
    '',
    'What to do next:',
    ...nextSteps(setup).map((step, index) => `${index + 1}. ${step}`),
  ].join('\n');
}

function foundLines({ project, folder, lock }: Setup, found: readonly Project[]): string[] {
  const place = folder === '' ? '' : ` in ${folder}, a folder of the repository`;
  const others = found.filter(({ id }) => id !== project.id);
  return [
    found.length === 0
      ? `Found${place}: nothing that is known (no package.json with a known framework, no index.html).`
      : `Found${place}: ${found.map(({ title, sign }) => `${title} (${sign})`).join(', ')}.`,
    ...(lock === undefined || lock.folder === folder
      ? []
      : [`Packages are installed in ${lock.folder === '' ? 'the top of the repository' : lock.folder}, where ${lock.file} is.`]),
    ...(found.length === 0 ? [] : [`The files are for ${project.title}.`]),
    ...(others.length === 0
      ? []
      : [
          `For another one of them: remove the two files, then visual-capture init --for ${others.map(({ id }) => id).join('|')}`,
        ]),
  ];
}

function nextSteps(setup: Setup): string[] {
  const { project, defaultBranch } = setup;
  const ref = setup.folder === '' ? `baselines/${defaultBranch}` : `baselines${suffixOf(setup)}/${defaultBranch}`;
  return [
    ...beforeSteps(setup),
    `Read both files; the comments say what may be changed. ${tryStep(setup)}`,
    'Commit both files and push them.',
    `The first run on ${defaultBranch} takes the first baselines. Nobody commits pictures: the workflow keeps them in the git ref` +
      ` refs/visual-capture/${ref}, and renews them with each push to ${defaultBranch}.`,
    `From then on each pull request is compared with ${defaultBranch}, and has a comment with what changed. To accept changes by a` +
      ` comment, add ${exampleUrl('accept.yml')} (${docsUrl('accepting.md')}).`,
    ...(project.preview.kind === 'served' && project.preview.path !== '/'
      ? [`The site is taken to begin at ${project.preview.path}, as its configuration says.`]
      : []),
  ];
}

function beforeSteps({ project: { preview } }: Setup): string[] {
  switch (preview.kind) {
    case 'served':
      return [];
    case 'deployed':
      return [
        `Add the key of the hosted service as a secret of the repository, ${defaultApi.key.secret}; or, without an account, write` +
          ' engine: local into visual-capture.yml and take api-key out of the workflow.',
      ];
    case 'unknown':
      return [
        'Fill in what is marked FILL IN: the address of the pages in visual-capture.yml, and in the workflow the step that deploys' +
          ' or serves them. Until then https://example.com is captured.',
      ];
  }
}

function tryStep({ project: { preview } }: Setup): string {
  switch (preview.kind) {
    case 'served':
      return `To see what would be captured, serve the site at ${servedUrl(preview)}, then: visual-capture plan`;
    case 'deployed':
      return 'To see what would be captured: visual-capture plan --base-url https://…';
    case 'unknown':
      return 'To see what would be captured: visual-capture plan';
  }
}

/** The words of `--for`. */
export function renderChoices(ids: readonly Project['id'][]): string {
  return ids.map((id) => `${id} (${titleOf(id)})`).join(', ');
}
