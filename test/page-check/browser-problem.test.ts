import { describe, expect, test } from 'vitest';
import { decideBrowserProblem } from '../../src/page-check/browser-problem.ts';
import type { PageFacts } from '../../src/results/page-facts.ts';

const url = 'https://shop.example/a';
const page = { url, whole: true };
const fine: PageFacts = {
  document: { url, status: 200, contentType: 'text/html; charset=utf-8' },
  failedResources: [],
  exceptions: [],
  consoleErrors: [],
  blankFrames: [],
  warnings: [],
};
const image = { kind: 'image', url: `${url}.png`, reason: '404' } as const;
const sheet = { kind: 'stylesheet', url: `${url}.css`, reason: 'net::ERR_CONNECTION_REFUSED' } as const;
const errorPage = { shownBy: 'Next.js', message: 'boom' };
const kindOf = (facts: Partial<PageFacts>, expected: Partial<typeof page & { expectStatus: number }> = {}) =>
  decideBrowserProblem({ ...fine, ...facts }, { ...page, ...expected })?.kind;
const at = (address: string, status = 200): Partial<PageFacts> => ({ document: { url: address, status } });

describe('what the browser saw', () => {
  test.each<[string, Partial<PageFacts>, string | undefined]>([
    ['a page', {}, undefined],
    ['a server error', at(url, 500), 'error_status'],
    ['a limit on requests, which is then in the picture', at(url, 429), 'error_status'],
    ['another route of the site', at('https://www.shop.example/b'), undefined],
    ['another site, reached by script', at('https://login.example/'), 'foreign_redirect'],
    ['a document that the page made itself', at('blob:https://shop.example/1'), undefined],
    ['JSON', { document: { url, status: 200, contentType: 'application/json' } }, 'not_a_page'],
    ['an error page with status 200', { errorPage }, 'error_page'],
    ['a picture that failed', { failedResources: [image] }, 'missing_resource'],
    ['a picture that the page gave up', { failedResources: [{ ...image, reason: 'net::ERR_ABORTED' }] }, undefined],
    ['a style sheet that failed', { failedResources: [sheet] }, 'missing_resource'],
    ['a request in the background that failed', { failedResources: [{ ...image, kind: 'request' }] }, undefined],
    ['an exception alone, as many healthy pages throw', { exceptions: ['Error: boom'] }, undefined],
    ['a frame that shows nothing', { blankFrames: ['https://ads.example/'] }, 'blank_frame'],
  ])('%s', (_, facts, kind) => {
    expect(kindOf(facts)).toBe(kind);
  });

  test('is measured by the status that is expected, whose error page is then meant', () => {
    expect(kindOf({ ...at(url, 404), errorPage }, { expectStatus: 404 })).toBeUndefined();
    expect(decideBrowserProblem(fine, { ...page, expectStatus: 404 })?.message).toBe(
      'The page answered with HTTP 200, while expect-status asks for 404.',
    );
    expect(kindOf({ errorPage }, { expectStatus: 201 })).toBe('error_status');
    expect(kindOf({ errorPage }, { expectStatus: 200 })).toBe('error_page');
  });

  test('counts for one element as far as it is about it', () => {
    expect(kindOf({ failedResources: [image], blankFrames: [url] }, { whole: false })).toBeUndefined();
    expect(kindOf({ failedResources: [sheet] }, { whole: false })).toBe('missing_resource');
  });

  test('is what its author meant where the document was given as text', () => {
    expect(decideBrowserProblem({ ...fine, errorPage }, { whole: true })).toBeUndefined();
    expect(decideBrowserProblem({ ...fine, failedResources: [image] }, { whole: true })?.kind).toBe('missing_resource');
  });

  test('is told in words', () => {
    const message = (facts: Partial<PageFacts>): string | undefined => decideBrowserProblem({ ...fine, ...facts }, page)?.message;
    expect(message({ errorPage })).toBe('The page shows an error of Next.js: boom.');
    expect(message({ failedResources: [image, sheet, image] })).toBe(
      '1 style sheet and 2 pictures of the page did not load: https://shop.example/a.css (net::ERR_CONNECTION_REFUSED), and others.',
    );
    expect(message({ blankFrames: ['https://ads.example/'] })).toBe('1 frame of the page shows nothing: https://ads.example/.');
  });
});
