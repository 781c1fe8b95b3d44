import { check } from '../check/check.ts';
import { barProgress } from '../progress/bar.ts';
import { lineProgress } from '../progress/lines.ts';
import { renderTerminalSummary } from '../report/terminal.ts';
import { decideStepFails } from '../results/outcome.ts';
import { systemClock } from '../system/clock.ts';
import { describeStop } from '../system/describe-stop.ts';
import { stopReason } from '../system/stop-signal.ts';
import { type Command, exitCodes } from './command.ts';
import { deploymentPlaceHere } from './deployment-place.ts';
import { enterProject } from './enter-project.ts';
import { apiKeyVariable, inputFlags, readInvocation } from './input-flags.ts';

export const checkCommand: Command = {
  name: 'check',
  usage: 'check [URL…] [options]',
  summary: 'Capture the targets, compare them with their baselines, write the report.',
  flags: inputFlags(),
  positionals: [0, Number.MAX_SAFE_INTEGER],
  stopsItself: true,
  run: async (given, here) => {
    const { args, terminal } = await enterProject(given, here);
    if (args.flags.has('api-key')) {
      terminal.log.warn(
        `--api-key can be read by everyone on this machine. Set the environment variable ${apiKeyVariable} instead.`,
      );
    }
    const { progressWidth } = terminal;
    const host = {
      directory: terminal.directory,
      browserFolders: [terminal.directory],
      bundles: terminal.bundles,
      log: terminal.log,
      deploymentPlace: (commit: string | undefined) => deploymentPlaceHere(terminal, commit),
      progress: () =>
        progressWidth === undefined
          ? lineProgress(terminal.log, systemClock)
          : barProgress((text) => process.stderr.write(text), progressWidth, systemClock),
    };
    const { report, output, fault } = await check(readInvocation(args, terminal, 'check'), host, terminal.signal);
    terminal.print(renderTerminalSummary(report, { color: terminal.color, reportPath: `${output.path}/report.html` }).trimEnd());
    if (fault !== undefined) {
      throw fault;
    }
    if (terminal.signal.aborted) {
      terminal.log.error(describeStop(stopReason(terminal.signal)).message);
      return exitCodes.failed;
    }
    return decideStepFails(report) ? exitCodes.failed : exitCodes.passed;
  },
};
