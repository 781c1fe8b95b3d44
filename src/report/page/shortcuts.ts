/** THE table of keys: what is listened for, what the help shows, what the documentation says. */

export type ShortcutName = keyof typeof shortcuts;

interface Shortcut {
  /** `KeyboardEvent.key` values that do it. */
  readonly keys: readonly string[];
  readonly label: string;
  /** `viewer`: only while a capture is open. */
  readonly where: 'everywhere' | 'viewer';
}

export const shortcuts = {
  next: { keys: ['j'], label: 'Next change or capture', where: 'everywhere' },
  previous: { keys: ['k'], label: 'Previous change or capture', where: 'everywhere' },
  nextPlace: { keys: [']'], label: 'The same change on the next capture', where: 'viewer' },
  previousPlace: { keys: ['['], label: 'The same change on the previous capture', where: 'viewer' },
  sideBySide: { keys: ['1'], label: 'Side by side', where: 'viewer' },
  slider: { keys: ['2'], label: 'Slider', where: 'viewer' },
  onionSkin: { keys: ['3'], label: 'Onion skin', where: 'viewer' },
  diffOnly: { keys: ['4'], label: 'Diff only', where: 'viewer' },
  blink: { keys: ['5'], label: 'Blink', where: 'viewer' },
  takes: { keys: ['6'], label: 'The takes of a page that differ from each other', where: 'viewer' },
  nextRegion: { keys: ['n'], label: 'Next changed region', where: 'viewer' },
  previousRegion: { keys: ['p'], label: 'Previous changed region', where: 'viewer' },
  boxes: { keys: ['b'], label: 'Show or hide the boxes around changed regions', where: 'viewer' },
  diffPane: { keys: ['d'], label: 'Show or hide the difference beside the two pictures', where: 'viewer' },
  zoomIn: { keys: ['+', '='], label: 'Zoom in', where: 'viewer' },
  zoomOut: { keys: ['-'], label: 'Zoom out', where: 'viewer' },
  change: { keys: ['z'], label: 'Show the change as large as it fits', where: 'viewer' },
  fit: { keys: ['f'], label: 'Fit the whole picture', where: 'viewer' },
  width: { keys: ['w'], label: 'Fit the width', where: 'viewer' },
  actualPixels: { keys: ['a'], label: 'Actual pixels', where: 'viewer' },
  reviewed: { keys: ['r'], label: 'Mark as reviewed, or take the mark away', where: 'everywhere' },
  accepted: { keys: ['y'], label: 'Mark as to be accepted, or take the mark away', where: 'everywhere' },
  reviewedAndNext: { keys: ['x'], label: 'Mark as reviewed and go to the next change that is not', where: 'everywhere' },
  copyAccept: { keys: ['c'], label: 'Copy the command that accepts what is marked', where: 'everywhere' },
  acceptNow: { keys: ['A'], label: 'Accept what is marked, where visual-capture report shows the page', where: 'everywhere' },
  filter: { keys: ['/'], label: 'Filter by text', where: 'everywhere' },
  back: { keys: ['Escape'], label: 'Back to the overview', where: 'viewer' },
  help: { keys: ['?'], label: 'Show or hide this help', where: 'everywhere' },
} as const satisfies Record<string, Shortcut>;

/** Arrow keys move the pictures; the stage itself listens for them. */
export const panKeys = { keys: ['←', '→', '↑', '↓'], label: 'Move the pictures' } as const;

/** The shortcut of a key, if it has one in this place. */
export function findShortcut(key: string, place: 'overview' | 'viewer'): ShortcutName | undefined {
  const entries = Object.entries(shortcuts) as [ShortcutName, Shortcut][];
  return entries.find(([, { keys, where }]) => keys.includes(key) && (where === 'everywhere' || place === 'viewer'))?.[0];
}
