import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** GitHub's own examples of what webhooks send. */
const examples: readonly { readonly name: string; readonly examples: readonly object[] }[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
);

/** An example of an event, with that action if one is given, laid over with `change` at any depth. */
export function exampleEvent(name: string, { action, change = {} }: { action?: string; change?: object } = {}): object {
  const example = examples
    .find((one) => one.name === name)
    ?.examples.find((one) => action === undefined || ('action' in one && one.action === action));
  if (example === undefined) {
    throw new Error(`GitHub gives no example of ${name} ${action ?? ''}.`);
  }
  return overlay(example, change) as object;
}

function overlay(base: unknown, change: unknown): unknown {
  if (!isPlain(change)) {
    return structuredClone(change);
  }
  const start = isPlain(base) ? base : {};
  return Object.fromEntries(
    [...new Set([...Object.keys(start), ...Object.keys(change)])].map((key) => [
      key,
      Object.hasOwn(change, key) ? overlay(start[key], change[key]) : start[key],
    ]),
  );
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the runner sets for a step that an event started; the payload goes into a file of the workspace. */
export async function eventEnvironment(workspace: string, name: string, payload: object): Promise<Record<string, string>> {
  const path = join(workspace, '.github-event.json');
  await writeFile(path, JSON.stringify(payload));
  return { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path };
}
