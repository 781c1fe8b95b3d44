import type { Parsed } from '../basics/parsed.ts';
import { variantNameReason } from '../plan/capture-id.ts';
import { deviceNames, fileNameOfDevice, findDevice } from '../plan/device.ts';
import type { PlannedViewport } from '../plan/plan-captures.ts';
import { sameFileKey, unsafeSegmentReason } from '../plan/safe-name.ts';
import { splitViewport } from '../plan/split-viewport.ts';
import { widestLimits } from '../services/registry.ts';
import { nearestKnown } from './nearest.ts';
import { joinProblems, listItems, type ValueType } from './value-types.ts';

const maxNameBytes = 200;

/** `WxH`, `WxH@SCALE`, `name=WxH@SCALE`, `DEVICE` or `name=DEVICE`, within what the services can capture. */
function parseViewport(written: string): Parsed<PlannedViewport> {
  const viewport = splitViewport(written) ?? readDevice(written);
  if (viewport === undefined) {
    return { problem: refuse(written) };
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

/** The screen of a device, with what makes it one. */
function readDevice(written: string): PlannedViewport | undefined {
  const [, own, named = ''] = /^(?:([^=]*?)\s*=)?(.*)$/s.exec(written.trim()) ?? [];
  const found = findDevice(named);
  if (found === undefined) {
    return undefined;
  }
  const { width, height, scale, mobile, touch, userAgent } = found.device;
  return { name: own ?? fileNameOfDevice(found.name), width, height, scale, device: { mobile, touch, userAgent } };
}

function refuse(written: string): string {
  const meant = nearestKnown(written.replace(/^[^=]*=/, '').trim(), deviceNames);
  const hint = meant === undefined || /^\W*\d+x/.test(written) ? '' : ` (did you mean "${meant}"?)`;
  return `must be viewports such as 1280x800, 390x844@3, mobile=390x844@3 or iPhone 15, not "${written}"${hint}`;
}

/** A viewport's name is that of a file, with `.png` behind it. */
function unsafeViewportReason(name: string): string | undefined {
  if (name.includes('/')) {
    return 'it holds a /';
  }
  return Buffer.byteLength(name) > maxNameBytes
    ? `it takes more than ${maxNameBytes} bytes`
    : (unsafeSegmentReason(name) ?? variantNameReason(name));
}

/** A list of viewports, separated by commas or lines, or a YAML sequence of them. */
export const viewportList: ValueType<readonly PlannedViewport[]> = {
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
    anyOf: [{ type: 'string' }, { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } }],
  },
  placeholder: 'LIST',
};
