/** An archive that is not taken: broken, lying, or above a limit. The message says what about it, as a clause about "it". */
export class UnreadableArchive extends Error {
  override readonly name = 'UnreadableArchive';
}
