import type { Parsed } from '../basics/parsed.ts';
import type { Viewport } from '../plan/capture.ts';
import { sameFileKey, unsafeSegmentReason } from '../plan/safe-name.ts';
import { splitViewport } from '../plan/split-viewport.ts';
import { widestLimits } from '../services/registry.ts';
import { joinProblems, listItems, type ValueType } from './value-types.ts';

const maxNameBytes = 200;

/** `WxH`, `WxH@SCALE` or `name=WxH@SCALE`, within what the services can capture. */
function parseViewport(written: string): Parsed<Viewport> {
  const viewport = splitViewport(written);
  if (viewport === undefined) {
    return { problem: `must be viewports such as 1280x800, 390x844@3 or mobile=390x844@3, not "${written}"` };
  }
  const { name, width, height, scale } = viewport;
  const { viewportSidePx: side, deviceScaleFactor } = widestLimits;
  if ([width, height].some((px) => px < side.min || px > side.max)) {
    return { problem: `has a viewport "${written}" with a side that is not from ${side.min} to ${side.max} pixels` };
  }
  if (scale < deviceScaleFactor.min || scale > deviceScaleFactor.max) {
    return {
      problem: `has a viewport "${written}" with a scale that is not from ${deviceScaleFactor.min} to ${deviceScaleFactor.max}`,
    };
  }
  const reason = unsafeViewportReason(name);
  return reason === undefined
    ? { value: viewport }
    : { problem: `has a viewport name "${name}" that is no safe file name: ${reason}` };
}

/** A viewport's name is that of a file, with `.png` behind it. */
function unsafeViewportReason(name: string): string | undefined {
  if (name.includes('/')) {
    return 'it holds a /';
  }
  return Buffer.byteLength(name) > maxNameBytes ? `it takes more than ${maxNameBytes} bytes` : unsafeSegmentReason(name);
}

/** A list of viewports, separated by commas or lines, or a YAML sequence of them. */
export const viewportList: ValueType<readonly Viewport[]> = {
  parse: (raw) => {
    const parsed = listItems(raw).map((item) => parseViewport(String(item)));
    const viewports = parsed.flatMap((one) => ('value' in one ? [one.value] : []));
    const names = viewports.map(({ name }) => sameFileKey(name));
    const problems = [
      ...parsed.flatMap((one) => ('problem' in one ? [one.problem] : [])),
      ...(parsed.length === 0 ? ['must name at least one viewport, e.g. 1280x800'] : []),
      ...names.filter((name, index) => names.indexOf(name) !== index).map((twice) => `names the viewport "${twice}" twice`),
    ];
    return problems.length === 0 ? { value: viewports } : { problem: joinProblems(problems) };
  },
  schema: {
    anyOf: [
      { type: 'string' },
      { type: 'array', minItems: 1, items: { type: 'string', pattern: '^(.+=)?\\d+x\\d+(@\\d+(\\.\\d+)?)?$' } },
    ],
  },
  placeholder: 'LIST',
};
