/** A part of a URL without its percent codes; as it is written, where they are none, as in a password that holds a bare `%`. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
