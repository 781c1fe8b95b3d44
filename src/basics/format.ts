import type { Size } from './geometry.ts';

/** Numbers and times as every reporter words them. English, so that two machines write the same report. */

const integers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `12345` → `12,345`. */
export function formatCount(count: number): string {
  return integers.format(count);
}

/** `1 capture`, `2 captures`. */
export function formatPlural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** The first few, and how many more there are: `index, pricing and 3 more`. */
export function formatFew(items: readonly string[], most: number): string {
  const left = items.length - most;
  return `${items.slice(0, most).join(', ')}${left > 0 ? ` and ${formatCount(left)} more` : ''}`;
}

/** A commit as GitHub shows it: `abc1234`. */
export function formatCommit(commit: string): string {
  return commit.slice(0, 7);
}

/** `420 ms`, `2.3 s`, `4 min 12 s`, `1 h 4 min`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1000) {
    return `${Math.round(durationMs)} ms`;
  }
  if (durationMs < 59_950) {
    return `${(durationMs / 1000).toFixed(1)} s`;
  }
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** A share of 0 to 1 as percent. Never rounds a difference away, nor up to all of the picture. */
export function formatRatio(ratio: number): string {
  const percent = ratio * 100;
  if (percent === 0 || percent === 100) {
    return `${percent}%`;
  }
  if (percent < 0.01) {
    return '<0.01%';
  }
  return percent < 10 ? `${percent.toFixed(2)}%` : `${Math.min(percent, 99.9).toFixed(1)}%`;
}

/** `1280×800`. */
export function formatSize({ width, height }: Size): string {
  return `${width}×${height}`;
}

/** `48 kB`, `1.2 MB`, in powers of 1000. */
export function formatBytes(sizeBytes: number): string {
  if (sizeBytes < 1000) {
    return `${sizeBytes} B`;
  }
  return sizeBytes < 1_000_000 ? `${Math.round(sizeBytes / 1000)} kB` : `${(sizeBytes / 1_000_000).toFixed(1)} MB`;
}
