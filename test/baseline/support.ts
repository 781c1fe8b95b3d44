import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BaselinePorts, RunPlace } from '../../src/baseline/host.ts';
import type { Baseline, BaselineSource, BaselineWriter } from '../../src/baseline/source.ts';
import type { CaptureEnvironment } from '../../src/results/model.ts';
import { openFolder } from '../../src/system/folder.ts';

export const environment: CaptureEnvironment = {
  engine: 'local',
  browser: 'Chrome 153.0.8010.0',
  platform: 'linux x64',
  viewport: '1280x800@1',
  options: {},
  versions: { visualCapture: '0.1.0', pixelmatch: '7.2.0' },
};

/** A baseline whose bytes only have to be told apart. */
export const picture = (text: string): Baseline => ({ png: new TextEncoder().encode(text), environment });

export const textOf = (baseline: Baseline | undefined): string | undefined =>
  baseline === undefined ? undefined : new TextDecoder().decode(baseline.png);

export interface TestPorts extends BaselinePorts {
  /** Lines of the log, with their level. */
  readonly said: readonly string[];
  /** Pauses that were asked for; none is waited for. */
  readonly pausesMs: readonly number[];
}

export function portsAt(place: RunPlace): TestPorts {
  const said: string[] = [];
  const pausesMs: number[] = [];
  const say = (level: string) => (message: string) => void said.push(`${level}: ${message}`);
  return {
    openFolder: (path) => openFolder(join(tmpdir(), randomUUID()), path),
    place: async () => place,
    log: { debug: () => {}, info: say('info'), warn: say('warn'), error: say('error'), startGroup: () => {}, endGroup: () => {} },
    sharded: false,
    signal: new AbortController().signal,
    clock: { date: () => new Date('2026-02-03T04:05:06Z'), sleep: async (delayMs) => void pausesMs.push(delayMs) },
    random: { next: () => 0.5 },
    said,
    pausesMs,
  };
}

/** Of a source that the run may write to. */
export function writerOf({ writing }: BaselineSource): BaselineWriter {
  if (writing.kind !== 'writer') {
    throw new Error(`there is nothing to write to: ${writing.kind}`);
  }
  return writing.writer;
}
