import type { Version } from './site.ts';

/** The config file of the demo's repository on each side of the pull request. */
export function renderConfig(version: Version): string {
  const lines = [
    'base-url: ${PREVIEW_URL}',
    'engine: local',
    'viewports: [1280x800, mobile=390x844@2]',
    'full-page: true',
    'targets:',
    '  - /',
    '  - /pricing',
    '  - /blog',
    '  - /contact',
    version === 'before' ? '  - /about' : '  - /changelog',
  ];
  // The pull request also asks for an element that is not on the page: a capture that fails, and says why.
  const broken = ['  - name: newsletter', '    url: /blog', '    selector: "#newsletter"', '    viewports: [1280x800]'];
  return `${[...lines, ...(version === 'after' ? broken : [])].join('\n')}\n`;
}
