import type { Rect } from '../basics/geometry.ts';
import type { Parsed } from '../basics/parsed.ts';
import { isRecord } from '../basics/record.ts';
import { inputLimits } from './limits.ts';
import { parseSelector } from './page-settings.ts';
import { parseItems, type ValueType } from './value-types.ts';

const sides = ['x', 'y', 'width', 'height'] as const;

/** A CSS selector, or a rectangle in CSS pixels of the picture. */
export type MaskItem = string | Rect;

const selectorSchema = { type: 'string', minLength: 1, maxLength: inputLimits.maskSelectorLength } as const;

/** Selectors and rectangles: `[".ad", {x: 0, y: 0, width: 200, height: 40}]`; a selector may stand alone. */
export const maskList: ValueType<readonly MaskItem[]> = {
  parse: (raw) => {
    const items = typeof raw === 'string' ? [raw] : raw;
    if (!Array.isArray(items)) {
      return {
        problem: 'must be a list of selectors such as ".ad" and rectangles such as {x: 0, y: 0, width: 200, height: 40}',
      };
    }
    return items.length > inputLimits.masks
      ? { problem: `has ${items.length} entries, more than the ${inputLimits.masks} that a target may have` }
      : parseItems(items, parseItem);
  },
  schema: {
    anyOf: [
      selectorSchema,
      {
        type: 'array',
        maxItems: inputLimits.masks,
        items: {
          anyOf: [
            selectorSchema,
            {
              type: 'object',
              additionalProperties: false,
              required: [...sides],
              properties: {
                x: { type: 'number', minimum: 0 },
                y: { type: 'number', minimum: 0 },
                width: { type: 'number', exclusiveMinimum: 0 },
                height: { type: 'number', exclusiveMinimum: 0 },
              },
            },
          ],
        },
      },
    ],
  },
};

/** The rectangles of a mask. */
export function rectsOf(mask: readonly MaskItem[]): Rect[] {
  return mask.filter((item) => typeof item !== 'string');
}

/** The selectors of a mask, each once. */
export function selectorsOf(mask: readonly MaskItem[]): string[] {
  return [...new Set(mask.filter((item) => typeof item === 'string'))];
}

function parseItem(raw: unknown): Parsed<MaskItem> {
  if (typeof raw !== 'string') {
    return parseRect(raw);
  }
  const longest = inputLimits.maskSelectorLength;
  return raw.length > longest
    ? { problem: `has a selector of ${raw.length} characters, more than ${longest}: give the elements a class` }
    : parseSelector(raw);
}

function parseRect(raw: unknown): Parsed<Rect> {
  if (!isRecord(raw)) {
    return {
      problem: `has ${JSON.stringify(raw)} where a selector such as ".ad" or a rectangle such as {x: 0, y: 0, width: 200, height: 40} must stand`,
    };
  }
  const unknown = Object.keys(raw).find((key) => !sides.some((side) => side === key));
  if (unknown !== undefined) {
    return { problem: `has a rectangle with the unknown key "${unknown}"; it takes ${sides.join(', ')}` };
  }
  const [x, y, width, height] = sides.map((side) => Number(raw[side] ?? Number.NaN));
  const valid =
    x !== undefined &&
    y !== undefined &&
    width !== undefined &&
    height !== undefined &&
    x >= 0 &&
    y >= 0 &&
    width > 0 &&
    height > 0;
  return valid && [x, y, width, height].every(Number.isFinite)
    ? { value: { x, y, width, height } }
    : { problem: `has a rectangle ${JSON.stringify(raw)}: x and y must be at least 0, width and height more than 0` };
}
