import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { attempt } from '../basics/attempt.ts';
import { createComparePool } from '../compare/pool.ts';
import { InputError, type Problem } from '../errors/problem.ts';
import { asWrongInput, reasonOf } from '../errors/user-error.ts';
import type { InputName } from '../inputs/spec.ts';
import { readCompareSettings } from '../inputs/targets.ts';
import { Values } from '../inputs/values.ts';
import type { CompareSettings } from '../plan/capture.ts';
import { openFolder } from '../system/folder.ts';
import { type Arguments, UsageError } from './arguments.ts';
import type { Command, Terminal } from './command.ts';
import { compareFiles } from './compare-files.ts';
import { compareFolders } from './compare-folders.ts';
import { inputFlags, inputValues } from './input-flags.ts';

const settingNames: readonly InputName[] = ['threshold', 'include-anti-aliasing', 'max-diff-pixels', 'max-diff-ratio', 'shades'];

export const compareCommand: Command = {
  name: 'compare',
  usage: 'compare BASELINE ACTUAL [options]',
  summary:
    'Compare two PNG files, or two folders of them. Exit code 0: equal within the bounds, 1: changed, 2: something cannot be compared.',
  flags: {
    json: { description: 'Print the result as JSON: {status, comparison} for files, the shape of results.json for folders.' },
    output: {
      placeholder: 'DIR',
      description: 'Write the diff picture (for folders: the report and all pictures) to this folder.',
    },
    ...inputFlags(settingNames),
  },
  positionals: [2, 2],
  run: async (args, terminal) => {
    const [baseline = '', actual = ''] = args.positionals;
    const kinds = [await kindOf(baseline, terminal), await kindOf(actual, terminal)];
    if (kinds[0] !== kinds[1]) {
      throw new UsageError(`${baseline} is a ${kinds[0]} and ${actual} is a ${kinds[1]}: give two PNG files or two folders.`);
    }
    const outputPath = args.flags.get('output');
    await using comparer = createComparePool({ workerUrl: terminal.bundles.workerUrl });
    const comparison = {
      baseline,
      actual,
      comparer,
      settings: readSettings(args),
      json: args.flags.get('json') === 'true',
      ...(outputPath === undefined ? {} : { output: openFolder(resolve(terminal.directory, outputPath), outputPath) }),
    };
    try {
      return await (kinds[0] === 'file' ? compareFiles(comparison, terminal) : compareFolders(comparison, terminal));
    } catch (error) {
      // The code of a failure means here that the pictures differ, and nothing else.
      throw asWrongInput(error);
    }
  },
};

async function kindOf(path: string, terminal: Terminal): Promise<'file' | 'folder'> {
  const found = await attempt(() => stat(resolve(terminal.directory, path)));
  if (found.kind === 'failed') {
    const isMissing = found.fault instanceof Error && 'code' in found.fault && found.fault.code === 'ENOENT';
    throw new UsageError(isMissing ? `There is no file or folder ${path}.` : `Cannot read ${path}: ${reasonOf(found.fault)}.`);
  }
  return found.value.isDirectory() ? 'folder' : 'file';
}

function readSettings(args: Arguments): CompareSettings {
  const problems: Problem[] = [];
  const located = new Map(
    [...inputValues(args)].map(([name, raw]) => [name, { raw, place: { kind: 'input', name }, by: 'invocation' } as const]),
  );
  const settings = readCompareSettings(new Values([located], problems));
  if (problems.length > 0) {
    throw new InputError(problems);
  }
  return settings;
}
