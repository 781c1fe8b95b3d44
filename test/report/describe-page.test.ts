import { describe, expect, test } from 'vitest';
import { describePageErrors, describePageWarning, describePageWarnings } from '../../src/report/describe-page.ts';
import type { PageErrors, PageWarning, PageWarningKind } from '../../src/results/page-facts.ts';
import { makeCapture } from './support/reports.ts';

/** One of each kind, with words that its text must hold. */
const warnings: { readonly [Kind in PageWarningKind]: readonly [Extract<PageWarning, { kind: Kind }>, string] } = {
  'still-loading': [{ kind: 'still-loading', urls: ['/a', '/b', '/c', '/d'] }, '/a, /b, /c and 1 more'],
  'still-busy': [{ kind: 'still-busy', elements: ['main[aria-busy]'] }, 'main[aria-busy]'],
  'still-moving': [{ kind: 'still-moving', places: [{ x: 1, y: 2, width: 3, height: 4 }] }, 'x=1 y=2, 3×4 px'],
  'not-drawn': [{ kind: 'not-drawn', places: [{ x: 1, y: 2, width: 3, height: 4 }] }, 'x=1 y=2, 3×4 px'],
  endless: [{ kind: 'endless', heightPx: 30_000 }, '30,000 px'],
  wider: [{ kind: 'wider', widthPx: 1500, windowPx: 1280 }, '1,500 px in 1,280 px'],
  'scrolls-inside': [{ kind: 'scrolls-inside', element: 'main' }, 'inside main'],
  'missing-glyphs': [{ kind: 'missing-glyphs', scripts: ['Han'] }, 'fonts-noto-cjk'],
  'unmatched-masks': [
    { kind: 'unmatched-masks', selectors: ['.ad', '.x'], source: { file: 'visual-capture.yml', line: 7 } },
    'Nothing on the page matches ".ad", ".x" of mask (visual-capture.yml:7)',
  ],
  'joined-masks': [{ kind: 'joined-masks', boxes: 3400 }, '3,400 boxes, more than the 1,000'],
  'not-held': [{ kind: 'not-held', urls: ['/frame'] }, '/frame'],
};

describe('what a browser says about a picture', () => {
  test.each(Object.values(warnings))('%j in one line, with what to do', (warning, words) => {
    const line = describePageWarning(warning);
    expect(line).toContain(words);
    expect(line).toMatch(/^[A-Z][^\n]+\.$/);
    expect(line.split('. ').length).toBeGreaterThan(1);
  });

  const pageErrors: PageErrors = {
    exceptions: ['Error: boom'],
    consoleErrors: ['oh no'],
    failedResources: [
      { kind: 'font', url: '/a.woff2', reason: '404' },
      { kind: 'request', url: '/api', reason: 'net::ERR_FAILED' },
    ],
  };

  test('tells of the page’s errors what may be missing in the picture', () => {
    const told = describePageWarnings(makeCapture('a', { pageErrors })).join('\n');
    expect(told).toContain('an uncaught exception: Error: boom.');
    expect(told).toContain('font /a.woff2 (HTTP 404)');
    expect(told).not.toMatch(/oh no|\/api/);
  });

  test('lists all of them for who looks closer', () => {
    expect(describePageErrors(makeCapture('a', { pageErrors }))).toEqual([
      'Uncaught: Error: boom',
      'Did not load: font /a.woff2 (HTTP 404)',
      'Did not load: request /api (net::ERR_FAILED)',
      'Console: oh no',
    ]);
  });

  test('is nothing where there is nothing to say', () => {
    expect(describePageWarnings(makeCapture('a'))).toEqual([]);
    expect(describePageErrors(makeCapture('a'))).toEqual([]);
  });
});
