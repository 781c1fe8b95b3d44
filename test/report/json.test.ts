import Ajv from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { renderJson } from '../../src/report/json.ts';
import type { Report } from '../../src/results/model.ts';
import { renderResultsSchema } from '../../src/results/results-schema.ts';
import { everyStatus, hostile, outOfCredits, withTimeline } from '../report/support/reports.ts';

const validate = new Ajv.default({ allErrors: true }).compile(renderResultsSchema());

describe('results.json keeps to its schema', () => {
  test.each([
    ['every status', everyStatus()],
    ['out of credits', outOfCredits()],
    ['hostile', hostile()],
    ['a timeline', withTimeline()],
  ])('%s', (_, report) => {
    const results: unknown = JSON.parse(renderJson(report));
    validate(results);
    expect(validate.errors ?? []).toEqual([]);
    expect(results).toEqual(report);
  });

  test('and the schema tells a wrong one', () => {
    const report: Report = { ...everyStatus(), outcome: 'fine' as Report['outcome'] };
    expect(validate(JSON.parse(renderJson(report)))).toBe(false);
  });
});

test('every field that the contract names is there', () => {
  const [capture] = everyStatus().captures.filter(({ status }) => status === 'changed');
  expect(capture).toMatchObject({
    id: 'pricing/1280x800',
    name: 'pricing',
    viewport: { name: '1280x800', width: 1280, height: 800, scale: 1 },
    url: expect.any(String),
    source: { file: 'visual-capture.yml', line: 9 },
    status: 'changed',
    unstable: false,
    attempts: 2,
    durationMs: expect.any(Number),
    comparison: {
      diffPixels: 4312,
      diffRatio: expect.any(Number),
      maskedPixels: 0,
      baselineSize: {},
      actualSize: {},
      regions: [{}],
    },
    files: { actual: expect.any(String), baseline: expect.any(String), diff: expect.any(String) },
  });
});
