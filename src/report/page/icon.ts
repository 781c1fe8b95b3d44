import { type IconName, iconPaths } from '../icons.ts';
import { svg } from './dom.ts';

/** A drawing beside a word or on a button that has a label; never the only thing that says something. */
export function icon(name: IconName): SVGSVGElement {
  return svg('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('path', { d: iconPaths[name] }));
}
