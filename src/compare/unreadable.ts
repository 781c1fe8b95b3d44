/**
 * A picture that cannot be used, with the reason as a clause about "it" that names no file, e.g. "it ends within
 * chunk IDAT at byte 1234". Thrown by whatever reads pictures; `compare` and `inspect` turn it into a value.
 */
export class UnreadablePicture extends Error {
  override readonly name = 'UnreadablePicture';
}
