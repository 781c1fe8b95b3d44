import { docsUrl } from '../basics/product.ts';
import type { PageSource, Preview } from './project.ts';
import { type Setup, servedUrl, suffixOf } from './setup.ts';

/** The first `visual-capture.yml` of a project, with comments that say what may be changed. */
export function renderConfig(setup: Setup): string {
  const { project } = setup;
  return [
    [`# What is captured and compared. All settings: ${docsUrl('inputs.md')}`],
    whereLines(project.preview),
    engineLines(project.preview),
    viewportLines(project.pages),
    pageLines(project.pages),
    targetLines(project.pages),
    baselineLines(setup),
  ]
    .map((lines) => lines.join('\n'))
    .join('\n\n')
    .concat('\n');
}

function whereLines(preview: Preview): string[] {
  switch (preview.kind) {
    case 'served':
      return [
        '# Where the pages are. The workflow builds and serves them there; on your machine, serve them there yourself.',
        `base-url: ${servedUrl(preview)}`,
      ];
    case 'deployed':
      return [
        `# Where the pages are, the workflow finds out: it waits for the preview of the commit on ${preview.host}.`,
        '# On your machine: visual-capture check --base-url https://…',
      ];
    case 'unknown':
      return [
        '# FILL IN: the address of a preview or of the site. ${NAME} is taken from the environment, for an address that each',
        '# run has of its own: base-url: ${PREVIEW_URL}',
        'base-url: https://example.com',
      ];
  }
}

function engineLines(preview: Preview): string[] {
  return preview.kind === 'deployed'
    ? [
        '# The hosted service bills each picture. A run that would take more than this is refused.',
        'max-captures: 200',
        '# The Chrome of the machine takes the pictures instead, without an account:',
        '# engine: local',
      ]
    : [
        '# The Chrome of the machine takes the pictures, without an account. The hosted service (engine: api, with a key) takes',
        '# those of public addresses, many at a time.',
        'engine: local',
      ];
}

function viewportLines(pages: PageSource): string[] {
  const devices = '# Each page is captured in each of these windows. Phones have names as well: iPhone 15';
  return pages === 'storybook'
    ? [devices, 'viewports: [1280x800]']
    : [
        devices,
        'viewports: [1280x800, mobile=390x844]',
        '# All of the page, and not only what the window shows.',
        'full-page: true',
      ];
}

function pageLines(pages: PageSource): string[] {
  switch (pages) {
    case 'storybook':
      return [
        '# Every story; those tagged skip-visual are left out.',
        'discover:',
        '  storybook: true',
        '  # exclude: ["examples/**"]      # globs on title/name and id',
        '  # max: 500                      # more stories than this are an error',
      ];
    case 'sitemap':
      return [
        '# Every page that the sitemap names.',
        'discover:',
        '  sitemap: true',
        '  # exclude: ["/blog/**"]         # globs on the path',
        '  # max: 500                      # more pages than this are an error',
      ];
    case 'crawl':
      return [
        '# Every page that can be reached by two links from the first one. A site with a sitemap is better read: sitemap: true',
        'discover:',
        '  crawl: {depth: 2}',
        '  # exclude: ["/blog/**"]         # globs on the path',
        '  # max: 500                      # more pages than this are an error',
      ];
  }
}

function targetLines(pages: PageSource): string[] {
  return pages === 'storybook'
    ? [
        '# Dates and random numbers that stand still make pictures that do, too.',
        '# clock: 2026-01-01T12:00:00Z',
        '# random: any seed',
      ]
    : [
        '# Pages that are named here are captured in any case, and may have settings of their own.',
        'targets:',
        '  - /',
        '  # - url: /pricing',
        '  #   hide: [".chat-widget"]       # invisible, its space stays',
        '  #   mask: ["#visitors"]          # captured and never compared',
      ];
}

function baselineLines(setup: Setup): string[] {
  const lines = [
    `# The accepted pictures are kept in a git ref of the repository, outside of its branches: ${docsUrl('baselines.md')}`,
    'baseline: ref',
  ];
  return setup.folder === ''
    ? lines
    : [
        ...lines,
        '# A ref of its own, beside those of other folders of the repository.',
        `baseline-ref: refs/visual-capture/baselines${suffixOf(setup)}/${setup.defaultBranch}`,
      ];
}
