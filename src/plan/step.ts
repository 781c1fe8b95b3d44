/** What is done in a page before its picture is taken. Selectors are CSS, also of open shadow trees, and with `>>>`. */
export type Step = StepAction & {
  /** Where it is written, e.g. `visual-capture.yml:12`; for messages alone. */
  readonly at?: string;
};

export type StepAction =
  | { readonly kind: 'click' | 'hover' | 'focus' | 'scroll-to' | 'wait-for'; readonly selector: string }
  /** Puts the text in the place of what a field holds. */
  | { readonly kind: 'fill'; readonly selector: string; readonly text: string }
  /** `value`: that of the option, or its words. */
  | { readonly kind: 'select'; readonly selector: string; readonly value: string }
  /** A key of a US keyboard, also with modifiers: `Enter`, `a`, `Control+a`. */
  | { readonly kind: 'press'; readonly key: string }
  | { readonly kind: 'wait'; readonly delayMs: number };

export type StepKind = StepAction['kind'];

/** One that is not in this list does not compile. */
const kinds: { readonly [Kind in StepKind]: true } = {
  click: true,
  hover: true,
  focus: true,
  fill: true,
  select: true,
  press: true,
  'scroll-to': true,
  'wait-for': true,
  wait: true,
};
export const stepKinds = Object.keys(kinds) as readonly StepKind[];

/** What is done once, before anything is captured; what the browser keeps of it goes to the captures of its site. */
export interface Login {
  /** Absolute. */
  readonly url: string;
  /** Origins whose captures are signed in: that of `url`, and that of `base-url`. */
  readonly origins: readonly string[];
  readonly steps: readonly Step[];
}

/** The longest that a step may wait by itself, in milliseconds: half of the time that a page has in all. */
export const longestWaitMs = 10_000;

/** A step as a person would name it, e.g. `click #menu`; what is typed or chosen may be a secret, and is not in it. */
export function nameStep(step: StepAction): string {
  switch (step.kind) {
    case 'click':
    case 'hover':
    case 'focus':
    case 'fill':
    case 'select':
    case 'scroll-to':
    case 'wait-for':
      return `${step.kind} ${step.selector}`;
    case 'press':
      return `press ${step.key}`;
    case 'wait':
      return `wait ${step.delayMs}`;
    default:
      return step satisfies never;
  }
}

const modifiers = ['Control', 'Shift', 'Alt', 'Meta'] as const;
/** As https://www.w3.org/TR/uievents-key/ names them. */
const namedKeys = [
  ...['Enter', 'Tab', 'Escape', 'Backspace', 'Delete', 'Insert', 'Space'],
  ...['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'],
  ...Array.from({ length: 12 }, (_, index) => `F${index + 1}`),
] as const;

/** The keys that are pressed together, the modifiers first; undefined: no keyboard has them. */
export function splitKeys(written: string): { readonly held: readonly string[]; readonly key: string } | undefined {
  // The last character may be the key `+` itself.
  const parts = written.split(/(?<=.)\+(?=.)/s);
  const key = parts.at(-1) ?? '';
  const held = parts.slice(0, -1);
  const isKnown = namedKeys.includes(key) || /^[\x21-\x7e]$/.test(key);
  return isKnown && held.every((one) => modifiers.some((known) => known === one)) ? { held, key } : undefined;
}

/** Some of what `splitKeys` knows, for messages. */
export const keyExamples = 'Enter, Tab, Escape, ArrowDown, PageDown, F1, a, Control+a';
