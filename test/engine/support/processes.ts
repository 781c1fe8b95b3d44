import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

interface Process {
  readonly pid: number;
  readonly parentPid: number;
  readonly command: string;
}

async function listProcesses(): Promise<Process[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parentPid, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined || command.includes('<defunct>')
      ? []
      : [{ pid: Number(pid), parentPid: Number(parentPid), command }];
  });
}

/** The renderer processes below a browser's, those without a page of theirs included. */
export async function renderersOf(browserPid: number): Promise<number[]> {
  const all = await listProcesses();
  const below = (pid: number): Process[] =>
    all.filter(({ parentPid }) => parentPid === pid).flatMap((child) => [child, ...below(child.pid)]);
  return below(browserPid)
    .filter(({ command }) => command.includes('--type=renderer'))
    .map(({ pid }) => pid);
}

export async function isRunning(pid: number): Promise<boolean> {
  return (await listProcesses()).some((process) => process.pid === pid);
}

/** Looks until it is so. The test's own time limit ends a wait in vain. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await sleep(20);
}
