import { displayUrl } from '../address/display-url.ts';
import { docsUrl } from '../basics/product.ts';
import { findTargets } from '../check/find-targets.ts';
import { loadInputs } from '../inputs/load.ts';
import { describeLeftOut } from '../plan/describe-left-out.ts';
import { openWorkspace } from '../system/workspace.ts';
import { UsageError } from './arguments.ts';
import { type Command, exitCodes } from './command.ts';
import { enterProject } from './enter-project.ts';
import { inputFlags, readInvocation } from './input-flags.ts';
import { listFound, renderLeftOut } from './render-discovery.ts';

export const discoverCommand: Command = {
  name: 'discover',
  usage: 'discover [options]',
  summary: 'Print what the input discover finds, a target per line. Nothing is captured.',
  flags: {
    json: { description: 'Print JSON: what was found, and what was left out with the reason.' },
    verbose: { description: 'Print to standard error what was left out, and why.' },
    ...inputFlags(),
  },
  positionals: [0, 0],
  run: async (given, here) => {
    const { args, terminal } = await enterProject(given, here);
    const invocation = readInvocation(args, terminal, 'plan');
    const inputs = await loadInputs(invocation, openWorkspace(terminal.directory), {
      findTargets: (choice, read) => findTargets(choice, read, terminal.log, terminal.signal),
    });
    const { discovery } = inputs;
    if (discovery === undefined) {
      throw new UsageError(
        inputs.discover !== undefined
          ? 'Where the pages are is known only once their deployment is there. Give the address of a preview: --base-url https://…'
          : `discover is not set. Say where to look, for example --discover sitemap --base-url https://preview.example.com, or in the config file (${docsUrl('discover.md')}).`,
      );
    }
    const found = listFound(inputs).map((target) => ({ ...target, url: displayUrl(target.url) }));
    const leftOut = discovery.leftOut.map(({ what, by, reason }) => ({
      what,
      by,
      kind: reason.kind,
      reason: describeLeftOut(reason),
    }));
    if (args.flags.get('json') === 'true') {
      terminal.print(JSON.stringify({ found, leftOut, notes: discovery.notes }, null, 2));
    } else if (found.length > 0) {
      terminal.print(found.map(({ name, url }) => `${name} = ${url}`).join('\n'));
    }
    if (args.flags.get('verbose') === 'true' && leftOut.length > 0) {
      terminal.log.info(['Left out:', ...renderLeftOut(discovery, Number.MAX_SAFE_INTEGER)].join('\n'));
    }
    return exitCodes.passed;
  },
};
