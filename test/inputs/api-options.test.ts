import { describe, expect, it } from 'vitest';
import { apiOptions } from '../../src/inputs/api-options.ts';
import type { Capture } from '../../src/plan/capture.ts';
import { renderBody } from '../helpers/request.ts';

describe('api-options', () => {
  it.each([
    ['{"url": "https://y.dev"}', 'must not hold url: what is captured stands in urls or targets'],
    ['{"html": "", "url": ""}', 'must not hold url, html: what is captured stands in urls or targets'],
    ['{"format": "jpeg"}', 'must not hold format: set the input format, which also tells whether to compare'],
    ['[1]', 'must be a JSON object'],
  ])('refuse %s', (written, expected) => {
    expect(apiOptions.parse(written)).toEqual({ problem: expect.stringContaining(expected) });
  });

  it('take any other field', () => {
    expect(apiOptions.parse('{"viewport": {"isMobile": true}}')).toEqual({ value: { viewport: { isMobile: true } } });
  });

  it('keep the rest of the viewport that they add to', () => {
    const capture: Capture = {
      id: 'a/m',
      name: 'a',
      viewport: { name: 'm', width: 390, height: 844, scale: 3 },
      page: { kind: 'url', url: 'https://x.dev/' },
      settings: { format: 'png', apiOptions: { viewport: { isMobile: true, height: 900 }, gotoOptions: { timeout: 1 } } },
      compare: { threshold: 0.1, includeAntiAliasing: false, mask: [] },
    };
    expect(JSON.parse(renderBody(capture))).toEqual({
      url: 'https://x.dev/',
      viewport: { width: 390, height: 900, deviceScaleFactor: 3, isMobile: true },
      gotoOptions: { timeout: 1 },
    });
  });
});
