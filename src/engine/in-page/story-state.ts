import type { StoryState } from './api.ts';

/** What Storybook puts into its canvas: the last arguments of each event of its channel, and what it renders. */
interface StorybookGlobals {
  readonly __STORYBOOK_ADDONS_CHANNEL__?: { last?(event: string): readonly unknown[] | undefined };
  readonly __STORYBOOK_PREVIEW__?: { readonly currentRender?: { readonly phase?: unknown } };
}

/** Events of Storybook 7 to 10 whose argument is an error, or a list of them, in the order that they are told in. */
const errorEvents = [
  ['storyThrewException', 'The story threw an error'],
  ['storyErrored', 'Storybook could not render the story'],
  ['playFunctionThrewException', 'The play function of the story failed'],
  ['unhandledErrorsWhilePlaying', 'An error was thrown while the play function ran'],
  ['configError', 'The preview of the Storybook could not be started'],
] as const;

/**
 * What Storybook says of the one story that its canvas shows. It is asked in the page's own world, where its channel is;
 * the page may say what it likes there, as it may show what it likes.
 */
export function readStory(): StoryState {
  const page = globalThis as StorybookGlobals;
  const channel = page.__STORYBOOK_ADDONS_CHANNEL__;
  const last = (event: string): readonly unknown[] | undefined => channel?.last?.(event);
  for (const [event, what] of errorEvents) {
    const args = last(event);
    if (args !== undefined) {
      return { kind: 'failed', what, message: describe(args[0]) };
    }
  }
  if (last('storyMissing') !== undefined) {
    return { kind: 'missing' };
  }
  const shown = readErrorDisplay();
  if (shown !== undefined) {
    return shown;
  }
  if (last('storyRendered') !== undefined) {
    return { kind: 'rendered' };
  }
  return {
    kind: 'waiting',
    phase: channel === undefined ? undefined : String(page.__STORYBOOK_PREVIEW__?.currentRender?.phase ?? 'starting'),
  };
}

/** Errors that come before there is a channel are shown all the same. */
function readErrorDisplay(): StoryState | undefined {
  const isShown = document.body?.classList.contains('sb-show-errordisplay') === true;
  const message = document.querySelector('#error-message')?.textContent?.trim() ?? '';
  return isShown && message !== '' ? { kind: 'failed', what: 'Storybook shows an error', message: asLine(message) } : undefined;
}

/** An error as Storybook sends it: `{message}`, `{title, description}`, a list of such, or a text. */
function describe(error: unknown): string {
  const [first] = Array.isArray(error) ? error : [error];
  if (typeof first !== 'object' || first === null) {
    return asLine(String(first ?? ''));
  }
  const { message, title, description } = first as Record<string, unknown>;
  return asLine([message, title, description].filter((part) => typeof part === 'string' && part !== '').join(': '));
}

/** Longer ones are cut, in characters: stacks and whole documents stand in messages of test libraries. */
const longest = 500;

function asLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest)}…`;
}
