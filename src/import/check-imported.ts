import { pixelmatchVersion, version as productVersion } from '../basics/product.ts';
import { describeEnvironment } from '../environment/describe.ts';
import { InputError, type Problem } from '../errors/problem.ts';
import { loadInputs } from '../inputs/load.ts';
import type { CaptureEnvironment } from '../results/model.ts';
import type { Workspace } from '../system/workspace.ts';

/**
 * Reads a config file that is about to be written as a run would read it, and tells how each of its captures will be taken,
 * by id. `taker`: who took the pictures, e.g. `BackstopJS`.
 */
export async function checkImported(
  text: string,
  workspace: Workspace,
  taker: string,
): Promise<{ readonly environments: ReadonlyMap<string, CaptureEnvironment> } | { readonly problems: readonly Problem[] }> {
  const unwritten: Workspace = { ...workspace, read: async () => new TextEncoder().encode(text) };
  try {
    const { captures } = await loadInputs({ values: new Map(), env: {}, fork: false, purpose: 'check' }, unwritten);
    const run = {
      // Neither the hosted service nor the built-in engine; of the two it is the latter, which runs on machines like this one.
      engine: 'local',
      browser: `that of ${taker}`,
      versions: { visualCapture: productVersion, pixelmatch: pixelmatchVersion },
    } as const;
    return { environments: new Map(captures.map((capture) => [capture.id, describeEnvironment(capture, run)])) };
  } catch (error) {
    if (error instanceof InputError) {
      return { problems: error.problems };
    }
    throw error;
  }
}
