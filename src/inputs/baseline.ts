import { join } from 'node:path';
import { isWithin } from '../basics/is-within.ts';
import { defined } from '../basics/record.ts';
import type { Problem } from '../errors/problem.ts';
import { fullRefName, isRefName } from '../git/ref-name.ts';
import type { Capture } from '../plan/capture.ts';
import { pictureFolders } from '../results/output-paths.ts';
import type { BaselineChoice } from './inputs.ts';
import type { InputName } from './spec.ts';
import type { Values } from './values.ts';
import { readWebUrl } from './web-url.ts';

/** Reads where the baselines are; notes what is wrong with it. */
export function readBaseline(values: Values, base: URL | undefined, problems: Problem[]): BaselineChoice {
  const kind = values.require('baseline');
  switch (kind) {
    case 'none':
      return { kind };
    case 'directory':
      refuseUnused(values, 'baseline-ref', 'ref', problems);
      refuseUnused(values, 'baseline-url', 'url', problems);
      refuseMixedFolders(values, problems);
      return { kind, directory: values.require('baseline-directory') };
    case 'url':
      return { kind, url: readBaselineUrl(values, base, problems) };
    case 'artifact':
      return { kind, name: values.require('artifact-name') };
    case 'ref':
      return { kind, ...defined({ ref: readBaselineRef(values, problems) }) };
  }
}

/** What a run writes and clears away must not lie among the baselines, nor they among that. */
function refuseMixedFolders(values: Values, problems: Problem[]): void {
  const output = values.require('output');
  const directory = values.require('baseline-directory');
  const written = pictureFolders.map((folder) => join(output, folder));
  if (isWithin(output, directory) || written.some((folder) => isWithin(directory, folder))) {
    problems.push({
      place: values.located('output')?.place ?? values.placeOf('baseline-directory'),
      message: `output "${output}" must not be inside of baseline-directory "${directory}", nor the baselines among what a run writes to output (${pictureFolders.join(', ')})`,
    });
  }
}

/** A setting of another source beside a `baseline` that nobody wrote shows that the wrong thing would be compared. */
function refuseUnused(values: Values, name: InputName, baseline: string, problems: Problem[]): void {
  if (values.located(name) !== undefined && values.located('baseline') === undefined) {
    problems.push({ place: values.placeOf(name), message: `${name} has no effect without baseline: ${baseline}. Set both` });
  }
}

function readBaselineRef(values: Values, problems: Problem[]): string | undefined {
  const written = values.get('baseline-ref')?.trim();
  if (written === undefined || isRefName(fullRefName(written))) {
    return written;
  }
  problems.push({
    place: values.placeOf('baseline-ref'),
    message: `baseline-ref "${written}" is no name that git takes for a branch or a ref. Use e.g. visual-baselines or refs/visual-capture/baselines/main`,
  });
  return undefined;
}

function readBaselineUrl(values: Values, base: URL | undefined, problems: Problem[]): URL {
  const place = values.placeOf('baseline-url');
  if (values.located('baseline-url') === undefined) {
    problems.push({ place, message: 'baseline: url needs baseline-url: the address of what the preview is compared with' });
  }
  const url = readWebUrl(values, 'baseline-url', problems);
  if (url !== undefined && url.href === base?.href) {
    problems.push({ place, message: 'baseline-url is the same as base-url, so every page would be compared with itself' });
  }
  return url ?? new URL('http://baseline-url.invalid');
}

/** With `baseline: url` at least one page must have a counterpart, and it must be plain which one. */
export function checkComparable(captures: readonly Capture[], base: URL | undefined, values: Values, problems: Problem[]): void {
  const place = values.placeOf('baseline-url');
  const origins = new Set(captures.flatMap(({ page }) => (page.kind === 'url' ? [new URL(page.url).origin] : [])));
  if (base === undefined && origins.size > 1) {
    problems.push({
      place,
      message: `the targets are on several hosts (${[...origins].join(', ')}). Set base-url to the one that baseline-url stands for`,
    });
  } else if (captures.length > 0 && captures.every(({ baselineUrl }) => baselineUrl === undefined)) {
    problems.push({
      place,
      message: 'none of the targets can be compared with baseline-url: they are html, JPEG, or on another host than base-url',
    });
  }
}
