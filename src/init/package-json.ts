import { fieldOf, isRecord } from '../basics/record.ts';
import { UserError } from '../errors/user-error.ts';
import type { ProjectFiles } from './project-files.ts';

/** What `init` asks of a package.json. */
export interface PackageJson {
  readonly scripts: ReadonlyMap<string, string>;
  /** Names of all packages that it depends on, for whatever purpose. */
  readonly dependencies: ReadonlySet<string>;
  /** It says which package manager it is for, which `corepack` obeys. */
  readonly packageManager: string | undefined;
}

/** Undefined: there is none. Throws UserError where it is no JSON object. */
export function readPackageJson(files: ProjectFiles): PackageJson | undefined {
  const text = files.get('package.json');
  if (text === undefined) {
    return undefined;
  }
  const written = parse(text);
  const scripts = Object.entries(recordOf(written, 'scripts')).flatMap(([name, command]): [string, string][] =>
    typeof command === 'string' ? [[name, command]] : [],
  );
  const manager = fieldOf(written, 'packageManager');
  return {
    scripts: new Map(scripts),
    dependencies: new Set(
      ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) => Object.keys(recordOf(written, kind))),
    ),
    packageManager: typeof manager === 'string' ? manager : undefined,
  };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  let written: unknown;
  try {
    written = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw unreadable(`is not valid JSON: ${error instanceof Error ? error.message : String(error)}`, error);
  }
  if (!isRecord(written)) {
    throw unreadable('is not a JSON object');
  }
  return written;
}

function unreadable(what: string, cause?: unknown): UserError {
  return new UserError(`package.json ${what}. Nothing was written.`, 'Correct the file, then run init again.', {
    cause,
    wrongInput: true,
  });
}

function recordOf(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const found = fieldOf(value, key);
  return isRecord(found) ? found : {};
}
