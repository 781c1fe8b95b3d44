import type { Rect } from '../basics/geometry.ts';
import type { Parsed } from '../basics/parsed.ts';
import { isRecord } from '../basics/record.ts';
import { inputLimits } from './limits.ts';
import { parseItems, type ValueType } from './value-types.ts';

const sides = ['x', 'y', 'width', 'height'] as const;

/** Rectangles in CSS pixels: `[{x: 0, y: 0, width: 200, height: 40}]`. */
export const maskList: ValueType<readonly Rect[]> = {
  parse: (raw) => {
    if (!Array.isArray(raw)) {
      return { problem: 'must be a list of rectangles such as [{x: 0, y: 0, width: 200, height: 40}]' };
    }
    return raw.length > inputLimits.masks
      ? { problem: `has ${raw.length} rectangles, more than the ${inputLimits.masks} that a target may have` }
      : parseItems(raw, parseRect);
  },
  schema: {
    type: 'array',
    maxItems: inputLimits.masks,
    items: {
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
  },
};

function parseRect(raw: unknown): Parsed<Rect> {
  if (!isRecord(raw)) {
    return { problem: `has ${JSON.stringify(raw)} where a rectangle such as {x: 0, y: 0, width: 200, height: 40} must stand` };
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
