import type { StepRefusal } from './api.ts';
import { findVisible } from './find-element.ts';
import { shadowRootOf } from './roots.ts';
import { describe } from './visible.ts';

export function focus(selector: string): StepRefusal | undefined {
  const element = findVisible(selector);
  if (!(element instanceof HTMLElement || element instanceof SVGElement)) {
    return gone;
  }
  element.focus({ preventScroll: true });
  return hasFocus(element) ? undefined : { refused: `${describe(element)} does not take the focus` };
}

const gone: StepRefusal = { refused: 'the element went away' };

/** Also of a host of what has it. */
function hasFocus(element: Element): boolean {
  const root = element.getRootNode();
  const active = root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null;
  return active === element || (shadowRootOf(element)?.activeElement ?? null) !== null;
}

/** In these a browser shows a picker or a slider, and nobody types the value as it is written. */
const picked: ReadonlySet<string> = new Set(['date', 'datetime-local', 'month', 'week', 'time', 'color', 'range']);
const notFilled: ReadonlySet<string> = new Set(['checkbox', 'radio', 'file', 'button', 'submit', 'reset', 'image', 'hidden']);

type Field = HTMLInputElement | HTMLTextAreaElement;

export function beginFill(selector: string, text: string): 'type' | 'clear' | 'done' | StepRefusal {
  const element = findVisible(selector);
  if (element === undefined) {
    return gone;
  }
  if (!isField(element)) {
    return element instanceof HTMLElement && element.isContentEditable
      ? typeInto(selector, text, () => getSelection()?.selectAllChildren(element))
      : { refused: `${describe(element)} is no field that can be filled` };
  }
  if (element.disabled || element.readOnly) {
    return { refused: `${describe(element)} is ${element.disabled ? 'disabled' : 'read-only'}` };
  }
  return picked.has(element.type) ? pick(element, text) : typeInto(selector, text, () => element.select());
}

function isField(element: Element): element is Field {
  return (element instanceof HTMLInputElement && !notFilled.has(element.type)) || element instanceof HTMLTextAreaElement;
}

function typeInto(selector: string, text: string, selectContent: () => void): 'type' | 'clear' | StepRefusal {
  const refused = focus(selector);
  if (refused !== undefined) {
    return refused;
  }
  selectContent();
  return text === '' ? 'clear' : 'type';
}

function pick(field: Field, text: string): 'done' | StepRefusal {
  field.focus({ preventScroll: true });
  field.value = text;
  if (field.value.toLowerCase() !== text.toLowerCase()) {
    return { refused: `${describe(field)} does not take the text as a value of type ${field.type}` };
  }
  tellChange(field);
  return 'done';
}

export function selectOption(selector: string, value: string): StepRefusal | undefined {
  const element = findVisible(selector);
  if (!(element instanceof HTMLSelectElement)) {
    return element === undefined ? gone : { refused: `${describe(element)} is no select` };
  }
  if (element.disabled) {
    return { refused: `${describe(element)} is disabled` };
  }
  const options = [...element.options].filter(({ disabled }) => !disabled);
  const chosen = options.find((option) => option.value === value) ?? options.find((option) => option.label.trim() === value);
  if (chosen === undefined) {
    return { refused: `${describe(element)} has no such option; it has ${list(options)}` };
  }
  element.focus({ preventScroll: true });
  for (const option of element.options) {
    option.selected = option === chosen;
  }
  tellChange(element);
  return undefined;
}

const listedOptions = 5;

function list(options: readonly HTMLOptionElement[]): string {
  const names = options.slice(0, listedOptions).map(({ value }) => JSON.stringify(value));
  const more = options.length - names.length;
  return options.length === 0 ? 'none' : `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function tellChange(element: Element): void {
  element.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  element.dispatchEvent(new Event('change', { bubbles: true }));
}

export function readStorage(): { origin: string; entries: Record<string, string> } {
  try {
    return { origin: location.origin, entries: { ...localStorage } };
  } catch {
    // A sandboxed document has none.
    return { origin: location.origin, entries: {} };
  }
}
