/** Scripts as Unicode names them, each with what people call it. What is in none of them is told as symbols. */
const scripts: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\p{Script=Han}|[\u3000-\u303f\uff00-\uffef]/u, 'Chinese characters'],
  [/\p{Script=Hiragana}|\p{Script=Katakana}/u, 'Japanese'],
  [/\p{Script=Hangul}/u, 'Korean'],
  [/\p{Script=Arabic}/u, 'Arabic'],
  [/\p{Script=Hebrew}/u, 'Hebrew'],
  [/\p{Script=Devanagari}/u, 'Devanagari'],
  [/\p{Script=Bengali}/u, 'Bengali'],
  [/\p{Script=Tamil}/u, 'Tamil'],
  [/\p{Script=Telugu}/u, 'Telugu'],
  [/\p{Script=Thai}/u, 'Thai'],
  [/\p{Script=Armenian}/u, 'Armenian'],
  [/\p{Script=Georgian}/u, 'Georgian'],
  [/\p{Script=Khmer}/u, 'Khmer'],
  [/\p{Script=Ethiopic}/u, 'Ethiopic'],
  [/\p{Extended_Pictographic}|\p{Regional_Indicator}/u, 'emoji'],
  // Icon fonts put their pictures there, so what is missing is a font of the page.
  [/\p{Co}/u, 'icons of a font that did not load'],
];

/** What people call the scripts of the characters. */
export function nameScripts(codePoints: readonly number[]): string[] {
  const names = codePoints.map((codePoint) => {
    const char = String.fromCodePoint(codePoint);
    return scripts.find(([pattern]) => pattern.test(char))?.[1] ?? 'symbols';
  });
  return [...new Set(names)];
}
