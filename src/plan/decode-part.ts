/** A part of a URL without its percent signs, as far as they mean something. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
