import { wrap, wrapGetter } from './wrap.ts';

/** Methods of `Intl.DateTimeFormat` that take the current time when they are given none. */
const formatters = ['formatToParts'] as const;

/** From now on the time is `timeMs` wherever a script asks what day it is; timers and `performance.now()` go on. */
export function freezeDate(timeMs: number): void {
  const NativeDate = Date;
  wrap(NativeDate, 'now', () => timeMs);
  const FrozenDate = new Proxy(NativeDate, {
    apply: () => new NativeDate(timeMs).toString(),
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [timeMs] : args, newTarget) as object,
  });
  Object.defineProperty(NativeDate.prototype, 'constructor', { value: FrozenDate, writable: true, configurable: true });
  Object.defineProperty(globalThis, 'Date', { value: FrozenDate, writable: true, configurable: true });
  for (const name of formatters) {
    wrap(Intl.DateTimeFormat.prototype, name, (native, self, [date = timeMs, ...rest]) =>
      Reflect.apply(native, self, [date, ...rest]),
    );
  }
  // It is a getter that gives a bound function.
  wrapGetter(Intl.DateTimeFormat.prototype, 'format', (native, self, args) => {
    const format = Reflect.apply(native, self, args) as (date: Date | number) => string;
    return (date: Date | number = timeMs) => format(date);
  });
  freezeTemporal(timeMs);
}

interface Instant {
  toZonedDateTimeISO(zone: string): Readonly<Record<string, () => unknown>>;
}

interface TemporalLike {
  readonly Instant: { fromEpochMilliseconds(timeMs: number): Instant };
  readonly Now: Record<string, (zone?: string) => unknown> & { timeZoneId(): string };
}

/** Browsers that have `Temporal` answer by it as well. */
function freezeTemporal(timeMs: number): void {
  const temporal = (globalThis as { Temporal?: TemporalLike }).Temporal;
  if (temporal === undefined) {
    return;
  }
  const { Instant, Now } = temporal;
  const zoned = (zone?: string) => Instant.fromEpochMilliseconds(timeMs).toZonedDateTimeISO(zone ?? Now.timeZoneId());
  const now: Readonly<Record<string, (zone?: string) => unknown>> = {
    instant: () => Instant.fromEpochMilliseconds(timeMs),
    zonedDateTimeISO: zoned,
    plainDateTimeISO: (zone) => zoned(zone)['toPlainDateTime']?.(),
    plainDateISO: (zone) => zoned(zone)['toPlainDate']?.(),
    plainTimeISO: (zone) => zoned(zone)['toPlainTime']?.(),
  };
  for (const [name, value] of Object.entries(now)) {
    Object.defineProperty(Now, name, { value, writable: true, configurable: true });
  }
}
