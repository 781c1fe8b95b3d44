/**
 * What the step costs before it sends its first request: processor time and memory, beside Node alone sending one.
 * `npm run bench start` prints the table of docs/performance.md. It reads /proc, so it runs on Linux alone.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rounds = 11;
/** Of the times in /proc: USER_HZ is 100 on every Linux that Node runs on (proc(5)). */
const tickS = 1 / 100;
const step = fileURLToPath(new URL('../../dist/index.js', import.meta.url));

interface Start {
  readonly cpuS: number;
  readonly residentBytes: number;
}

async function readStart(pid: number): Promise<Start> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name of the program may hold blanks; what follows it does not. 14 and 15 are utime and stime (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const resident = /VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8'));
  return { cpuS: (Number(fields[11]) + Number(fields[12])) * tickS, residentBytes: Number(resident?.[1]) * 1024 };
}

/** Starts a process, and reads what it has cost when its first request comes. */
async function measure(args: readonly string[], env: (url: string) => Record<string, string>): Promise<Start> {
  const folder = await mkdtemp(join(tmpdir(), 'start-'));
  const first = Promise.withResolvers<Start>();
  const server = createServer((_request, response) => {
    readStart(child.pid ?? 0)
      .then(first.resolve, first.reject)
      .finally(() => response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"invalid_api_key"}'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...env(url) },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit').then(() => first.reject(new Error('It ended before it sent a request.')));
  try {
    return await first.promise;
  } finally {
    await ended;
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const contestants = {
  'Node alone': () =>
    measure(['-e', 'require("node:http").get(process.env.URL, (response) => response.resume())'], (url) => ({ URL: url })),
  'the step': () =>
    measure([step], (url) => ({
      INPUT_URLS: 'https://site.example/',
      'INPUT_API-URL': url,
      'INPUT_API-KEY': 'sk_live_bench',
      'INPUT_PAGE-CHECK': 'off',
    })),
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const names = Object.keys(contestants) as (keyof typeof contestants)[];
const starts = Object.fromEntries(names.map((name) => [name, [] as Start[]]));
for (let round = 0; round < rounds; round += 1) {
  for (const name of names) {
    starts[name]?.push(await contestants[name]());
  }
}
console.log('| | processor time | resident |\n| --- | --- | --- |');
for (const name of names) {
  const all = starts[name] ?? [];
  const cpuS = median(all.map((start) => start.cpuS));
  const residentMb = median(all.map(({ residentBytes }) => residentBytes)) / 1e6;
  console.log(`| ${name} | ${cpuS.toFixed(2)} s | ${residentMb.toFixed(0)} MB |`);
}
