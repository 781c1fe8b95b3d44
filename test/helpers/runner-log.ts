/** A command that the runner took from what a step printed. */
export interface RunnerCommand {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
  readonly line: string;
}

/** The commands of actions/runner (ActionCommandManager.cs and its extensions). */
const registered = [
  ...['stop-commands', 'set-env', 'set-output', 'save-state', 'add-mask', 'add-path', 'add-matcher', 'remove-matcher'],
  ...['debug', 'warning', 'error', 'notice', 'group', 'endgroup', 'echo'],
];

/**
 * Reads the output of a step as actions/runner does: .NET's lines, the newer form of a command at the beginning of one
 * after blanks, else the older form anywhere in it. Whoever stops commands would have stopped those that follow.
 */
export function readAsRunner(output: string): { readonly commands: readonly RunnerCommand[]; readonly text: readonly string[] } {
  const commands: RunnerCommand[] = [];
  const text: string[] = [];
  for (const line of output.split(/\r\n|\r|\n/)) {
    const found = parseNewForm(line) ?? parseOldForm(line);
    if (found === undefined) {
      text.push(line);
    } else {
      commands.push({ ...found, line });
    }
  }
  return { commands, text };
}

type Parsed = Omit<RunnerCommand, 'line'>;

/** `char.IsWhiteSpace` of .NET. */
const leadingBlanks = /^[\p{Z}\t-\r\u0085]+/u;

function parseNewForm(line: string): Parsed | undefined {
  const message = line.replace(leadingBlanks, '');
  const end = message.indexOf('::', 2);
  return message.startsWith('::') && end >= 0
    ? parse(message.slice(2, end), ',', message.slice(end + 2), { ...forData, ...forProperty })
    : undefined;
}

function parseOldForm(line: string): Parsed | undefined {
  const start = line.indexOf('##[');
  const end = line.indexOf(']', start);
  return start >= 0 && end >= 0 ? parse(line.slice(start + 3, end), ';', line.slice(end + 1), forOldForm) : undefined;
}

function parse(info: string, separator: string, data: string, escapes: Record<string, string>): Parsed | undefined {
  const [name = '', ...rest] = info.split(' ');
  if (!registered.includes(name.toLowerCase())) {
    return undefined;
  }
  const pairs = rest
    .join(' ')
    .split(separator)
    .filter((pair) => pair.includes('='));
  return {
    command: name.toLowerCase(),
    properties: Object.fromEntries(
      pairs.map((pair) => [pair.slice(0, pair.indexOf('=')).trim(), unescapeText(pair.slice(pair.indexOf('=') + 1), escapes)]),
    ),
    data: unescapeText(data, separator === ';' ? escapes : forData),
  };
}

const forData = { '%0D': '\r', '%0A': '\n', '%25': '%' };
const forProperty = { '%3A': ':', '%2C': ',' };
const forOldForm = { '%3B': ';', '%5D': ']', ...forData };

function unescapeText(text: string, escapes: Record<string, string>): string {
  const ordered = Object.entries(escapes).toSorted(([a], [b]) => Number(a === '%25') - Number(b === '%25'));
  return ordered.reduce((read, [code, character]) => read.replaceAll(code, character), text);
}
