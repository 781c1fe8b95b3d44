import { defined } from '../../basics/record.ts';
/** Deep links: `#pricing/1280x800`, `#pricing/1280x800?mode=slider&region=2`. */

export const modeNames = ['side-by-side', 'slider', 'onion-skin', 'diff', 'blink', 'takes'] as const;
export type ModeName = (typeof modeNames)[number];

/** Without a capture it is the overview. */
export interface Route {
  readonly id?: string;
  readonly mode?: ModeName;
  /** Counts from 1, in the order of results.json: most differing pixels first. */
  readonly region?: number;
}

/** Reads the fragment of an address, with or without its `#`. What is not understood is ignored. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const id = decode(path);
  if (id === '') {
    return {};
  }
  const parameters = new URLSearchParams(query);
  const mode = modeNames.find((name) => name === parameters.get('mode'));
  const region = /^[1-9]\d{0,5}$/.test(parameters.get('region') ?? '') ? Number(parameters.get('region')) : undefined;
  return { id, ...defined({ mode, region }) };
}

/** The fragment with its `#`; side by side is the default and not written. */
export function formatRoute({ id, mode, region }: Route): string {
  if (id === undefined) {
    return '#';
  }
  const parameters = [
    ...(mode === undefined || mode === 'side-by-side' ? [] : [`mode=${mode}`]),
    ...(region === undefined ? [] : [`region=${region}`]),
  ];
  const path = id.toWellFormed().split('/').map(encodeURIComponent).join('/');
  return `#${path}${parameters.length === 0 ? '' : `?${parameters.join('&')}`}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
