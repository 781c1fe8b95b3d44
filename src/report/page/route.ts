import { defined } from '../../basics/record.ts';

/** Deep links: `#pricing/1280x800`, `#pricing/1280x800?mode=slider&region=2`, `#?group=g1`, `#pricing/1280x800?group=g1`. */

export const modeNames = ['side-by-side', 'slider', 'onion-skin', 'diff', 'blink', 'takes'] as const;
export type ModeName = (typeof modeNames)[number];

/** Without a capture and a group it is the overview. */
export interface Route {
  readonly id?: string;
  /** What is looked at on the capture, or on the group's example where no capture is named. */
  readonly group?: string;
  readonly mode?: ModeName;
  /** Counts from 1, in the order of results.json: most differing pixels first. */
  readonly region?: number;
}

/** Reads the fragment of an address, with or without its `#`. What is not understood is ignored. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const id = decode(path);
  const parameters = new URLSearchParams(query);
  const group = /^g[1-9]\d{0,6}$/.test(parameters.get('group') ?? '') ? (parameters.get('group') ?? undefined) : undefined;
  if (id === '' && group === undefined) {
    return {};
  }
  const mode = modeNames.find((name) => name === parameters.get('mode'));
  const region = /^[1-9]\d{0,5}$/.test(parameters.get('region') ?? '') ? Number(parameters.get('region')) : undefined;
  return defined({ id: id === '' ? undefined : id, group, mode, region });
}

/** The fragment with its `#`; side by side is the default and not written. */
export function formatRoute({ id, group, mode, region }: Route): string {
  if (id === undefined && group === undefined) {
    return '#';
  }
  const parameters = [
    ...(group === undefined ? [] : [`group=${group}`]),
    ...(mode === undefined || mode === 'side-by-side' ? [] : [`mode=${mode}`]),
    ...(region === undefined ? [] : [`region=${region}`]),
  ];
  const path = (id ?? '').toWellFormed().split('/').map(encodeURIComponent).join('/');
  return `#${path}${parameters.length === 0 ? '' : `?${parameters.join('&')}`}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
