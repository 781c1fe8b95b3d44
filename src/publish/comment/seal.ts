import { listBoxes, untickAll } from '../../report/markdown/boxes.ts';
import { sha256 } from '../../system/sha256.ts';

const seal = /\n\n<!-- visual-capture text ([0-9a-f]{64}) -->$/;

/** What the seal adds to a comment, in characters. */
export const sealLength = sealed('').length;

/**
 * The text with its hash behind it, in which ticks do not count: so it can be told whether somebody edited more than a tick, now
 * or at any time before. A text without boxes needs none.
 */
export function sealComment(body: string): string {
  return listBoxes(body).length === 0 ? body : sealed(withoutSeal(body));
}

/** Whether the text is as it was sealed, but for ticks. */
export function isSealed(body: string): boolean {
  return seal.exec(plain(body))?.[1] === hashOf(withoutSeal(body));
}

/** Whether two texts are the same but for ticks. */
export function sameButTicks(one: string, other: string): boolean {
  return untickAll(plain(one)) === untickAll(plain(other));
}

function sealed(body: string): string {
  return `${plain(body)}\n\n<!-- visual-capture text ${hashOf(body)} -->\n`;
}

function withoutSeal(body: string): string {
  return plain(body).replace(seal, '');
}

function hashOf(body: string): string {
  return sha256(untickAll(plain(body)));
}

/** A browser sends lines that end in CR LF, and what stands at the end may be cut off. */
function plain(body: string): string {
  return body.replaceAll('\r\n', '\n').trimEnd();
}
