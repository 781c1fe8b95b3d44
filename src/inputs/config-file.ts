import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { type Environment, expandEnvironment } from './environment.ts';
import type { Located, LocatedInputs, LocatedPage, LocatedTarget } from './located.ts';
import { suggestKnown } from './nearest.ts';
import type { Place, Problem } from './problem.ts';
import { configInputNames, type InputName, inputSpec, isInputName, targetInputNames } from './spec.ts';

export interface ConfigFile {
  readonly inputs: LocatedInputs;
  readonly targets: readonly LocatedTarget[];
  readonly problems: readonly Problem[];
}

export const targetOwnKeys = ['url', 'html', 'html-file', 'name'] as const;
type TargetKey = (typeof targetOwnKeys)[number];

/** Reads the text of a config file. Nothing is thrown: what is wrong comes back as problems with their lines. */
export function parseConfigFile(text: string, file: string, env: Environment): ConfigFile {
  return new ConfigReader(text, file, env).read();
}

class ConfigReader {
  private readonly problems: Problem[] = [];
  private readonly lines = new LineCounter();
  private readonly document: Document.Parsed;
  private readonly file: string;
  private readonly env: Environment;

  constructor(text: string, file: string, env: Environment) {
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false });
    this.file = file;
    this.env = env;
  }

  read(): ConfigFile {
    const { problems, document } = this;
    for (const error of document.errors) {
      problems.push({ place: this.placeAt(error.pos[0]), message: `is not valid YAML: ${error.message}` });
    }
    const root = document.contents;
    if (problems.length > 0 || root === null) {
      return { inputs: new Map(), targets: [], problems };
    }
    if (!isMap(root)) {
      problems.push({ place: this.placeOf(root), message: 'must be a mapping such as "targets: [/]"' });
      return { inputs: new Map(), targets: [], problems };
    }
    const inputs = new Map<InputName, Located>();
    let targets: LocatedTarget[] = [];
    for (const { key, value, place } of this.entries(root)) {
      if (key === 'targets') {
        targets = this.readTargets(value, place);
      } else {
        this.readInput(inputs, key, value, place, configInputNames, ['targets']);
      }
    }
    return { inputs, targets, problems };
  }

  private readTargets(value: Node | null, place: Place): LocatedTarget[] {
    if (!isSeq(value)) {
      this.problems.push({
        place,
        message: 'targets must be a list, each entry a path, a URL or a mapping with url, html or html-file',
      });
      return [];
    }
    return value.items.map((item) => this.readTarget(item as Node)).filter((target) => target !== undefined);
  }

  private readTarget(item: Node): LocatedTarget | undefined {
    const place = this.placeOf(item);
    if (!isMap(item)) {
      const url = this.plain(item, place);
      if (typeof url === 'string' && url.trim() !== '') {
        return { place, page: { kind: 'url', url: url.trim() }, settings: new Map() };
      }
      this.problems.push({
        place,
        message: `a target must be a path, a URL or a mapping with url, html or html-file, not ${JSON.stringify(url)}`,
      });
      return undefined;
    }
    const own = new Map<TargetKey, Located<string>>();
    const settings = new Map<InputName, Located>();
    for (const entry of this.entries(item)) {
      const ownKey = targetOwnKeys.find((known) => known === entry.key);
      if (ownKey === undefined) {
        this.readInput(settings, entry.key, entry.value, entry.place, targetInputNames, targetOwnKeys);
      } else {
        this.readOwn(own, ownKey, entry.value, entry.place);
      }
    }
    const page = this.readPage(own, place);
    const name = own.get('name');
    return page === undefined ? undefined : { place, page, settings, ...(name === undefined ? {} : { name }) };
  }

  private readPage(own: ReadonlyMap<TargetKey, Located<string>>, place: Place): LocatedPage | undefined {
    const kinds = targetOwnKeys.filter((key) => key !== 'name' && own.has(key));
    if (kinds.length !== 1) {
      this.problems.push({
        place,
        message: `a target needs exactly one of url, html and html-file${kinds.length === 0 ? '' : `, not ${kinds.join(' and ')}`}`,
      });
      return undefined;
    }
    const url = own.get('url');
    const html = own.get('html');
    const path = own.get('html-file');
    if (url !== undefined) {
      return { kind: 'url', url: url.raw };
    }
    if (own.get('name') === undefined) {
      this.problems.push({ place, message: 'a target with html or html-file needs a name' });
    }
    return html === undefined ? { kind: 'html-file', path: path?.raw ?? '' } : { kind: 'html', html: html.raw };
  }

  private readOwn(own: Map<TargetKey, Located<string>>, key: TargetKey, value: Node | null, place: Place): void {
    const plain = this.plain(value, place);
    const raw = typeof plain === 'number' ? String(plain) : plain;
    if (typeof raw === 'string' && raw.trim() !== '') {
      own.set(key, { raw: key === 'html' ? raw : raw.trim(), place });
    } else {
      this.problems.push({ place, message: `${key} must be text, not ${JSON.stringify(plain)}` });
      own.set(key, { raw: '', place });
    }
  }

  private readInput(
    into: Map<InputName, Located>,
    key: string,
    value: Node | null,
    place: Place,
    allowed: readonly InputName[],
    others: readonly string[],
  ): void {
    if (!isInputName(key) || !allowed.includes(key)) {
      const why = isInputName(key) ? this.whyNotHere(key) : `unknown key "${key}". ${suggestKnown(key, [...allowed, ...others])}`;
      this.problems.push({ place, message: why });
      return;
    }
    if (inputSpec(key).secret && !/^\$\{\w+\}$/.test(String(isScalar(value) ? value.value : ''))) {
      this.problems.push({
        place,
        message: `${key} must not stand in a file. Write ${key}: \${NAME} and set NAME in the environment from a secret`,
      });
      return;
    }
    const raw = this.plain(value, place);
    if (raw !== null && raw !== '') {
      into.set(key, { raw, place });
    }
  }

  private whyNotHere(key: InputName): string {
    return inputSpec(key).scope === 'invocation'
      ? `${key} is an input of the workflow or the command line, not of the config file`
      : `${key} holds for the whole run: move it to the top of the file`;
  }

  /** The pairs of a mapping, with the place of each key. */
  private entries(map: YAMLMap): { key: string; value: Node | null; place: Place }[] {
    return map.items.map((pair) => {
      const { key, value } = pair as Pair<Node, Node | null>;
      return { key: String(isScalar(key) ? key.value : key), value, place: this.placeOf(key) };
    });
  }

  /** A node as a plain value, with the environment put in. */
  private plain(node: Node | null, place: Place): unknown {
    const written: unknown = node === null ? null : node.toJS(this.document);
    const { value, missing } = expandEnvironment(written, this.env);
    for (const name of missing) {
      this.problems.push({
        place,
        message: `\${${name}} is not set in the environment. Set it with env: on the step, or write $\${${name}} for the text itself`,
      });
    }
    return value;
  }

  private placeOf(node: Node): Place {
    return this.placeAt(node.range?.[0] ?? 0);
  }

  private placeAt(offset: number): Place {
    return { kind: 'file', file: this.file, line: Math.max(1, this.lines.linePos(offset).line) };
  }
}
