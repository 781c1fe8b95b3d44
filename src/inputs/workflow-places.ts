import { isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import type { Place } from '../errors/problem.ts';
import { isInputName } from './spec.ts';

/** The lines of the workflow file on which this step's inputs stand, counted from 1. */
export interface WorkflowPlaces {
  readonly file: string;
  /** The line of the input's key. */
  lineOf(input: string): number | undefined;
  /** The line that holds a target of `urls`, given as the line's text after GitHub filled its expressions in. */
  lineOfTarget(target: string): number | undefined;
  /** The name of the secret that the input is set to, where it is that alone. */
  secretOf(input: string): string | undefined;
}

/** The place of an input: its line in the workflow file, or that of one of its lines, where they are known. */
export function inputPlace(name: string, places: WorkflowPlaces | undefined, line = places?.lineOf(name)): Place {
  return { kind: 'input', name, ...(places === undefined || line === undefined ? {} : { file: places.file, line }) };
}

/** The path in `GITHUB_WORKFLOW_REF` (`owner/repo/path@ref`), if the workflow is the checked-out repository's own. */
export function workflowFileOf(workflowRef: string | undefined, repository: string | undefined): string | undefined {
  const path = workflowRef?.split('@')[0];
  return path !== undefined && repository !== undefined && path.startsWith(`${repository}/`)
    ? path.slice(repository.length + 1)
    : undefined;
}

/**
 * Finds this step in the text of its workflow file: of the job's steps that have inputs of ours, the one whose `urls`
 * fits, else the only one. Undefined when the file is no workflow or the step cannot be told.
 */
export function findWorkflowPlaces(
  text: string,
  file: string,
  job: string | undefined,
  urls: string,
): WorkflowPlaces | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const sourceLines = text.split(/\r?\n/);
  const lineAt = (offset: number | undefined): number => lines.linePos(offset ?? 0).line;
  const targets = targetLines(urls);

  const steps = stepInputs(document.get('jobs'), job).map((inputs) => {
    const keyLine = (name: string): number | undefined => {
      const pair = inputs.items.find(({ key }) => isScalar(key) && key.value === name);
      return isScalar(pair?.key) ? lineAt(pair.key.range?.[0]) : undefined;
    };
    const value = inputs.get('urls', true);
    const [first, last] = isScalar(value) ? [keyLine('urls') ?? 1, lineAt(value.range?.[1])] : [1, 0];
    const lineOfTarget = (target: string): number | undefined => {
      const index = sourceLines.slice(first - 1, last).findIndex((line) => couldBecome(line.replace(/^\s*urls:/, ''), target));
      return index < 0 ? undefined : first + index;
    };
    const secretOf = (name: string): string | undefined =>
      /^\$\{\{\s*secrets\.(\w+)\s*\}\}$/.exec(String(inputs.get(name)).trim())?.[1];
    return { file, lineOf: keyLine, lineOfTarget, secretOf };
  });
  const fitting =
    targets.length === 0 ? [] : steps.filter((step) => targets.every((target) => step.lineOfTarget(target) !== undefined));
  return fitting[0] ?? (steps.length === 1 ? steps[0] : undefined);
}

/** The `with` mappings that hold an input of ours, of the given job's steps or else of every job's. */
function stepInputs(jobs: unknown, job: string | undefined): YAMLMap[] {
  if (!isMap(jobs)) {
    return [];
  }
  const named = job === undefined ? undefined : jobs.get(job);
  const chosen = isMap(named) ? [named] : jobs.items.map(({ value }) => value).filter(isMap);
  return chosen
    .map((one) => one.get('steps'))
    .flatMap((steps) => (isSeq(steps) ? steps.items : []))
    .filter(isMap)
    .map((step) => step.get('with'))
    .filter(
      (inputs): inputs is YAMLMap =>
        isMap(inputs) && inputs.items.some(({ key }) => isScalar(key) && isInputName(String(key.value))),
    );
}

/** The lines of `urls` that name a target. */
export function targetLines(urls: string): string[] {
  return urls
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** Whether a line of the file reads as `filled` once its `${{ … }}` expressions are replaced by anything. */
function couldBecome(line: string, filled: string): boolean {
  const parts = line
    .trim()
    .replace(/^(['"])(.*)\1$/, '$2')
    .split(/\$\{\{.*?\}\}/);
  let from = 0;
  for (const [index, part] of parts.entries()) {
    const at = index === 0 ? (filled.startsWith(part) ? 0 : -1) : filled.indexOf(part, from);
    if (at < 0) {
      return false;
    }
    from = at + part.length;
  }
  const last = parts.at(-1) ?? '';
  return parts.length === 1 ? from === filled.length : last === '' || filled.endsWith(last);
}
