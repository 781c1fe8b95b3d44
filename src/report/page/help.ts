import { h } from './dom.ts';
import { panKeys, shortcuts } from './shortcuts.ts';

/** The dialog with all keys. `onSwitch` is told whether single keys shall do anything (WCAG 2.1.4). */
export function createHelp(onSwitch: (enabled: boolean) => void): HTMLDialogElement {
  const rows = [...Object.values(shortcuts), panKeys].map(({ keys, label }) =>
    h('tr', {}, h('th', { scope: 'row' }, ...keys.flatMap((key) => [h('kbd', {}, key), ' '])), h('td', {}, label)),
  );
  const enabled = h('input', { type: 'checkbox', checked: true });
  enabled.addEventListener('change', () => onSwitch(enabled.checked));
  const dialog = h(
    'dialog',
    { class: 'dialog', 'aria-labelledby': 'help-title' },
    h('h2', { id: 'help-title' }, 'Keys'),
    h('table', {}, h('tbody', {}, ...rows)),
    h('p', {}, h('label', {}, enabled, ' Single keys are listened for')),
    h('form', { method: 'dialog' }, h('button', {}, 'Close')),
  );
  return dialog;
}
