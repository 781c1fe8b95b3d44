import { knownDevices } from './devices.generated.ts';

/** A phone or tablet. Sizes in CSS pixels. */
export interface Device {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  /** Its browser heeds `<meta name=viewport>`. */
  readonly mobile: boolean;
  readonly touch: boolean;
  readonly userAgent: string;
}

const byKey = new Map(Object.entries<Device>(knownDevices).map(([name, device]) => [keyOf(name), { name, device }]));

/** As the devices are called. */
export const deviceNames: readonly string[] = Object.keys(knownDevices);

/** The device of that name, whatever the case of its letters; undefined: it is not known. */
export function findDevice(name: string): { readonly name: string; readonly device: Device } | undefined {
  return byKey.get(keyOf(name));
}

/** A device's name as that of a file: `iPhone 15 Pro` is `iphone-15-pro`. */
export function fileNameOfDevice(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('+', ' plus')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function keyOf(name: string): string {
  return name.trim().toLowerCase();
}
