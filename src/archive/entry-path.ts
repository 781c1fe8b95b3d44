/** Why an entry's path is not taken, or undefined: only relative paths, with `/`, that stay below the folder. */
export function unsafePathReason(path: string, maxLength: number): string | undefined {
  if (path === '' || path.length > maxLength) {
    return 'a path in it is empty or too long';
  }
  const shown = JSON.stringify(path);
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) {
    return `the path ${shown} in it is absolute`;
  }
  if (/[\\\p{Cc}\p{Bidi_Control}]/u.test(path)) {
    return `the path ${shown} in it holds a character that no path of ours has`;
  }
  const outside = path.split('/').some((segment) => segment === '' || segment === '.' || segment === '..');
  return outside ? `the path ${shown} in it leads elsewhere` : undefined;
}
