/**
 * The runner reads commands from whatever a step prints, on both of its streams: `::name::` at the beginning of a line,
 * after blanks, and `##[name]` anywhere in it (actions/runner, ActionCommand.cs). Text that is not meant as one gets a
 * blank inside of these marks: a reader sees it, and no comparison of texts passes over it as over an invisible
 * character. What is invisible in between or before counts as not there, since .NET may compare by the rules of a language.
 */
export function defuseCommands(text: string): string {
  return text.replace(leadingMark, '$1: :').replace(markAnywhere, '$1 [');
}

/** The same for JSON, whose values stay what they are. Marks that begin a line cannot stand in it. */
export function defuseJson(json: string): string {
  return json.replace(markAnywhere, '$1\\u005b');
}

/** Within one line: what .NET trims, and what cannot be seen. */
const leadingMark = /^((?:(?![\r\n\u2028\u2029])[\s\p{C}])*)::/gmu;
const markAnywhere = /(#\p{C}*#\p{C}*)\[/gu;

/** Whether the text is a whole command on a line of its own, as @actions/core writes one, of one of these names. */
export function isCommandOf(names: readonly string[], text: string): boolean {
  const name = /^::([a-z-]+)(?: [^\r\n]*?)?::[^\r\n]*\r?\n$/.exec(text)?.[1];
  return name !== undefined && names.includes(name);
}
