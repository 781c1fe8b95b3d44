import { formatDuration } from '../../../basics/format.ts';
import type { CaptureReport, TimelineEntry } from '../../../results/model.ts';
import { h } from '../dom.ts';

/** How the time of a capture went: a bar to glance at and the same in words. */
export function renderTimeline({ timeline = [] }: CaptureReport): HTMLElement | undefined {
  if (timeline.length === 0) {
    return undefined;
  }
  const bars = timeline.map((entry) => {
    const bar = h('div', { class: `bar bar-${kindOf(entry)}`, title: describeEntry(entry) });
    bar.style.flexGrow = String(Math.max(entry.durationMs, 1));
    return bar;
  });
  const steps = timeline.map((entry) => h('li', { class: `step step-${kindOf(entry)}` }, describeEntry(entry)));
  return h(
    'div',
    { class: 'timeline' },
    h('div', { class: 'bars', 'aria-hidden': 'true' }, ...bars),
    h('ol', { 'aria-label': 'Attempts and waits' }, ...steps),
  );
}

function kindOf(entry: TimelineEntry): 'image' | 'error' | 'wait' {
  if (entry.kind === 'wait') {
    return 'wait';
  }
  return entry.result === 'image' ? 'image' : 'error';
}

function describeEntry(entry: TimelineEntry): string {
  const time = formatDuration(entry.durationMs);
  switch (entry.kind) {
    case 'wait':
      return entry.reason === 'concurrency' ? `waited ${time} for its turn` : `waited ${time} (${entry.reason})`;
    case 'request':
      return describeRequest(entry.result, time);
    default:
      return entry satisfies never;
  }
}

function describeRequest(result: Extract<TimelineEntry, { kind: 'request' }>['result'], time: string): string {
  switch (result) {
    case 'image':
      return `captured in ${time}`;
    case 'abandoned':
      return `no answer in ${time}, so it was sent once more`;
    default:
      return `${result} after ${time}`;
  }
}
