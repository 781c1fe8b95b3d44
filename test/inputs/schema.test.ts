import Ajv from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseConfigFile } from '../../src/inputs/config-file.ts';
import { fileVariables } from '../../src/inputs/file-variables.ts';
import { renderConfigSchema } from '../../src/inputs/schema.ts';

const validate = new Ajv.default({ strict: false }).compile(renderConfigSchema() as object);

const accepted = [
  'targets: [/]',
  'base-url: ${PREVIEW_URL}\nviewports: [1280x800, mobile=390x844@3]\nfull-page: true\ntargets:\n  - /\n  - {url: /p, name: p, viewports: [1280x800], selector: "#plans", max-diff-ratio: 0.001, mask: [{x: 0, y: 0, width: 200, height: 40}]}\n  - {name: card, html: "<h1>Hello</h1>"}\n  - {name: f, html-file: f.html}',
  'concurrency: ${N}\nfull-page: ${F}\nupdate-baselines: true\nfail-on: none\nviewports: 1280x800\napi-options: {a: {b: 1}}\n',
  'mask: .ad',
  'mask: [.ad, {x: 0, y: 0, width: 200, height: 40}, "x-host >>> .date"]',
  'update-baselines: missing\napi-options: \'{"a": 1}\'\nformat: jpeg\nquality: 60',
];
const refused = [
  'treshold: 0.1',
  'threshold: 2',
  'urls: /x',
  'targets: [{url: /x, html: y, name: n}]',
  'targets: [{html: y}]',
  'targets: [{url: /x, concurrency: 2}]',
  'mask: [{x: 0}]',
  'mask: [""]',
  'mask: 7',
  'quality: 0',
];

describe('the JSON Schema of the config file', () => {
  it.each(accepted)('accepts what the parser accepts: %j', (text) => {
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
    expect(parseConfigFile(text, 'f', fileVariables({ PREVIEW_URL: 'x', N: '2', F: 'true' }, new Map())).problems).toEqual([]);
  });

  it.each(refused)('refuses %j', (text) => {
    expect(validate(parse(text))).toBe(false);
  });
});
