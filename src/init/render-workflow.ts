import { docsUrl, exampleUrl } from '../basics/product.ts';
import { defaultApi } from '../services/registry.ts';
import { installCommand, renderCommand } from './commands.ts';
import type { Preview } from './project.ts';
import { inFolder, lockFiles, type PackageManager } from './project-files.ts';
import { configPath, type Setup, servedUrl, suffixOf } from './setup.ts';

/** A workflow for the project, with the permissions that it needs and no more, and a reason for each. */
export function renderWorkflow(setup: Setup): string {
  const { preview } = setup.project;
  const name = setup.folder === '' ? 'Visual check' : `Visual check of ${setup.folder}`;
  const lines = [
    ...headLines(preview),
    `name: ${name}`,
    'on:',
    '  pull_request:',
    '  push:',
    `    branches: [${setup.defaultBranch}]`,
    'permissions:',
    '  # Keeps the accepted pictures, and pushes those that the comment shows.',
    '  contents: write',
    '  # Writes the comment.',
    '  pull-requests: write',
    ...deploymentPermissions(preview),
    'concurrency:',
    `  group: visual${suffixOf(setup)}-\${{ github.ref }}`,
    '  # A newer commit of a pull request makes the check of an older one useless; on a branch each is finished.',
    "  cancel-in-progress: ${{ github.event_name == 'pull_request' }}",
    'jobs:',
    '  visual:',
    ...conditionLines(preview),
    '    runs-on: ubuntu-latest',
    ...folderLines(setup),
    '    steps:',
    '      - uses: actions/checkout@v5',
    '        with:',
    ...checkoutLines(preview),
    '          persist-credentials: false',
    ...(preview.kind === 'served' ? serveSteps(setup, preview) : []),
    '      - uses: visual-capture/visual-capture@v0',
    '        with:',
    ...inputLines(setup),
  ];
  return `${lines.join('\n')}\n`;
}

function headLines(preview: Preview): string[] {
  return [
    '# Captures the pages that visual-capture.yml names, compares them with the accepted pictures, and comments on the pull request.',
    ...(preview.kind === 'unknown'
      ? [
          '# FILL IN: a step that deploys or serves the preview, and base-url in visual-capture.yml.',
          `# Examples: ${exampleUrl('basic.yml')} ${exampleUrl('localhost.yml')}`,
        ]
      : []),
    `# To accept a change by a comment: ${exampleUrl('accept.yml')}`,
  ];
}

function deploymentPermissions(preview: Preview): string[] {
  return preview.kind === 'deployed'
    ? [`  # Finds the preview of the commit, where ${preview.host} tells of it.`, `  ${preview.toldBy}: read`]
    : [];
}

function conditionLines(preview: Preview): string[] {
  return preview.kind === 'deployed'
    ? [
        `    # GitHub gives no secrets to pull requests from forks: ${docsUrl('forks.md')}`,
        '    if: ${{ !github.event.pull_request.head.repo.fork }}',
      ]
    : [];
}

function folderLines({ folder }: Setup): string[] {
  return folder === '' ? [] : ['    defaults:', '      run:', `        working-directory: ${JSON.stringify(folder)}`];
}

function checkoutLines(preview: Preview): string[] {
  return preview.kind === 'deployed'
    ? [
        '          # The head, and not its merge with the base branch: that is what the host has deployed.',
        '          ref: ${{ github.event.pull_request.head.sha || github.sha }}',
      ]
    : [];
}

function serveSteps(setup: Setup, preview: Extract<Preview, { kind: 'served' }>): string[] {
  const manager = setup.lock === undefined ? undefined : lockFiles[setup.lock.file];
  const { build, serve } = preview;
  // Python is on every runner, so that nothing has to be fetched to serve a folder.
  const command =
    serve.kind === 'tool' ? renderCommand(serve, manager) : `python3 -m http.server ${preview.port} --directory ${serve.folder}`;
  return [
    ...(build === undefined ? [] : [...installSteps(setup, manager), `      - run: ${renderCommand(build, manager)}`]),
    '      - name: Serve the site until it answers',
    '        run: |',
    `          ${command} &`,
    `          curl --silent --fail --retry 60 --retry-connrefused --retry-delay 1 --output /dev/null ${servedUrl(preview)}`,
  ];
}

function installSteps(setup: Setup, manager: PackageManager | undefined): string[] {
  const version =
    setup.nodeVersionFile === undefined
      ? 'node-version: 24'
      : `node-version-file: ${JSON.stringify(inFolder(setup.folder === '' ? '.' : setup.folder, setup.nodeVersionFile))}`;
  const node = ['      - uses: actions/setup-node@v5', '        with:', `          ${version}`, ...cacheLines(setup, manager)];
  return [
    ...managerSteps(setup, manager, 'before'),
    ...node,
    ...managerSteps(setup, manager, 'after'),
    ...installStep(setup, manager),
  ];
}

/** What npm and the like have fetched, kept from run to run. Bun has its own action, which setup-node does not know. */
function cacheLines({ lock }: Setup, manager: PackageManager | undefined): string[] {
  if (lock === undefined || manager === undefined || manager === 'bun') {
    return [];
  }
  const cache = `          cache: ${manager}`;
  return lock.folder === ''
    ? [cache]
    : [cache, `          cache-dependency-path: ${JSON.stringify(`${lock.folder}/${lock.file}`)}`];
}

/** What brings a package manager that is not Node's own. Its cache is looked for by setup-node, so it has to be there before. */
function managerSteps({ namesManager }: Setup, manager: PackageManager | undefined, when: 'before' | 'after'): string[] {
  switch (manager) {
    case 'pnpm':
    case 'yarn':
      return when === 'after'
        ? []
        : [
            namesManager
              ? `      # Brings ${manager} in the version that package.json names.`
              : `      # Brings ${manager}. "packageManager" in package.json would say in which version.`,
            '      - run: corepack enable',
          ];
    case 'bun':
      return when === 'before' ? [] : ['      - uses: oven-sh/setup-bun@v2'];
    case 'npm':
    case undefined:
      return [];
  }
}

function installStep(setup: Setup, manager: PackageManager | undefined): string[] {
  const note =
    setup.lock === undefined
      ? ['      # There is no lock file: each run installs the newest versions that package.json allows.']
      : [];
  const place =
    setup.lock === undefined || setup.lock.folder === setup.folder
      ? []
      : [`        working-directory: ${JSON.stringify(setup.lock.folder === '' ? '.' : setup.lock.folder)}`];
  return [...note, `      - run: ${installCommand(manager)}`, ...place];
}

function inputLines(setup: Setup): string[] {
  const { preview } = setup.project;
  const suffix = suffixOf(setup);
  return [
    ...(setup.folder === ''
      ? []
      : [
          `          config: ${JSON.stringify(`${setup.folder}/${configPath}`)}`,
          `          artifact-name: visual-capture${suffix}`,
        ]),
    ...(preview.kind === 'deployed'
      ? [
          `          # Settings → Secrets and variables → Actions → New repository secret: ${defaultApi.key.secret}.`,
          '          # Without an account: engine: local in the place of the key.',
          `          api-key: \${{ secrets.${defaultApi.key.secret} }}`,
          `          # Waits until ${preview.host} has deployed this very commit.`,
          '          deployment: true',
        ]
      : [
          '          # Runs of pull requests from forks may write nothing, so these have no comment.',
          "          comment: ${{ github.event.pull_request.head.repo.fork && 'never' || 'auto' }}",
        ]),
    `          # What ${setup.defaultBranch} shows is what pull requests are compared with. The runs of those write no baselines.`,
    '          baseline: ref',
    '          update-baselines: true',
  ];
}
