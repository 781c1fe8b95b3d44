import type { Version } from './site.ts';

/** The config file of the demo's repository on each side of the pull request. */
export function renderConfig(version: Version): string {
  const lines = [
    'base-url: ${PREVIEW_URL}',
    'engine: local',
    'viewports: [1280x800, mobile=390x844@2]',
    'full-page: true',
    // The clock stands still, and the cookie banner stays out of the pictures.
    'clock: 2026-03-02T09:00:00Z',
    'hide: "#cookies"',
    'targets:',
    '  - /',
    '  - url: /pricing',
    '    color-schemes: [light, dark]',
    '  - /blog',
    '  - /contact',
    version === 'before' ? '  - /about' : '  - /changelog',
  ];
  // The pull request also asks for an element that is not on the page: a capture that fails, and says why.
  const broken = ['  - name: newsletter', '    url: /blog', '    selector: "#newsletter"', '    viewports: [1280x800]'];
  return `${[...lines, ...(version === 'after' ? broken : [])].join('\n')}\n`;
}
