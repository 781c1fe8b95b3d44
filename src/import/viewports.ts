import { toSafeName } from '../plan/safe-name.ts';
import { widestLimits } from '../services/registry.ts';
import type { NoteBook } from './imported.ts';
import { field, type Literal, numberOf, recordOf, textOf } from './literal.ts';

export interface ImportedViewport {
  readonly index: number;
  /** As the other tool calls it; may be empty. */
  readonly label: string;
  /** Ours, and that of the baseline's file. */
  readonly name: string;
  /** As our config has it. */
  readonly written: string;
}

/** Window sizes of objects with `width`, `height` and perhaps `label` or `name`. */
export function importViewports(items: readonly Literal[], place: string, notes: NoteBook): readonly ImportedViewport[] {
  const taken = new Set<string>();
  return items.flatMap((item, index): ImportedViewport[] => {
    const record = recordOf(item);
    const width = numberOf(field(record, 'width'));
    const height = numberOf(field(record, 'height'));
    if (!isSide(width) || !isSide(height)) {
      notes.add(`${place}[${index}]`, 'has no width and height that are written out and can be captured, and was left out');
      return [];
    }
    const label = textOf(field(record, 'label')) ?? textOf(field(record, 'name')) ?? '';
    const size = `${width}x${height}`;
    const wanted = toSafeName(label.replaceAll(/[/=,]/g, '-'));
    const named = label === '' ? size : wanted;
    const name = taken.has(named.toLowerCase()) ? `${named}-${index + 1}` : named;
    taken.add(name.toLowerCase());
    return [{ index, label, name, written: name === size ? size : `${name}=${size}` }];
  });
}

/** A side of a window, in CSS pixels, that can be captured. */
export function isSide(px: number | undefined): px is number {
  const { min, max } = widestLimits.viewportSidePx;
  return px !== undefined && Number.isInteger(px) && px >= min && px <= max;
}
