import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Tags,
  type YAMLMap,
} from 'yaml';
import type { Parsed } from '../basics/parsed.ts';
import { docsUrl } from '../basics/product.ts';
import { defined } from '../basics/record.ts';
import type { Place, Problem } from '../errors/problem.ts';
import { reasonOf } from '../errors/user-error.ts';
import { findStructureProblems } from './config-structure.ts';
import { expandVariables } from './expand-variables.ts';
import type { FileVariables } from './file-variables.ts';
import type { Located, LocatedInputs, LocatedPage, LocatedTarget } from './located.ts';
import { suggestKnown } from './nearest.ts';
import { configInputNames, type InputName, inputSpec, isInputName, targetInputNames } from './spec.ts';
import { parseTarget } from './urls.ts';

export interface ConfigFile {
  readonly inputs: LocatedInputs;
  readonly targets: readonly LocatedTarget[];
  readonly problems: readonly Problem[];
}

export const targetOwnKeys = ['url', 'html', 'html-file', 'name'] as const;
type TargetKey = (typeof targetOwnKeys)[number];

/** YAML's numbers without 0x10, which would make one of a viewport such as 0x100 before its fault can be told. */
const withoutHex = (tags: Tags): Tags => tags.filter((tag) => typeof tag === 'string' || tag.format !== 'HEX');

/** Reads the text of a config file. Nothing is thrown: what is wrong comes back as problems with their lines. */
export function parseConfigFile(text: string, file: string, variables: FileVariables): ConfigFile {
  return new ConfigReader(text, file, variables).read();
}

class ConfigReader {
  private readonly problems: Problem[] = [];
  private readonly lines = new LineCounter();
  private readonly document: Document.Parsed;
  private readonly file: string;
  private readonly variables: FileVariables;
  /** What the file's own secret settings are set to, and nothing else may be. */
  private readonly secretVariables = new Set<string>();

  constructor(text: string, file: string, variables: FileVariables) {
    this.document = parseDocument(text, {
      lineCounter: this.lines,
      prettyErrors: false,
      customTags: withoutHex,
      // The library's own search for keys that stand there twice takes minutes for a file of some megabytes.
      uniqueKeys: false,
    });
    this.file = file;
    this.variables = variables;
  }

  read(): ConfigFile {
    const { problems, document } = this;
    for (const error of document.errors) {
      const message =
        error.code === 'MULTIPLE_DOCS'
          ? 'holds more than one YAML document. Keep one, without a line of --- between'
          : `is not valid YAML: ${isTooDeep(error) ? 'it is nested too deeply' : error.message}`;
      problems.push({ place: this.placeAt(error.pos[0]), message });
    }
    if (problems.length === 0) {
      problems.push(...findStructureProblems(document).map(({ node, message }) => ({ place: this.placeOf(node), message })));
    }
    const root = document.contents;
    if (problems.length > 0 || root === null) {
      return { inputs: new Map(), targets: [], problems };
    }
    if (!isMap(root)) {
      problems.push({ place: this.placeOf(root), message: 'must be a mapping such as "targets: [/]"' });
      return { inputs: new Map(), targets: [], problems };
    }
    this.findSecretVariables(root);
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

  private findSecretVariables(root: YAMLMap): void {
    for (const { key, value } of root.items) {
      const setting = isScalar(key) ? String(key.value) : '';
      const variable = isScalar(value) ? wholeVariable(value.value) : undefined;
      if (variable !== undefined && isInputName(setting) && inputSpec(setting).secret === true) {
        this.secretVariables.add(variable);
      }
    }
  }

  private readTargets(value: Node | null, place: Place): LocatedTarget[] {
    if (!isSeq(value)) {
      this.problems.push({
        place,
        message: 'targets must be a list, each entry a path, a URL or a mapping with url, html or html-file',
      });
      return [];
    }
    return value.items.map((item) => this.readTarget(item as Node));
  }

  private readTarget(item: Node): LocatedTarget {
    const place = this.placeOf(item);
    if (!isMap(item)) {
      return this.readShortForm(item, place);
    }
    const own = new Map<TargetKey, Located<string> | undefined>();
    const settings = new Map<InputName, Located>();
    for (const entry of this.entries(item)) {
      const ownKey = targetOwnKeys.find((known) => known === entry.key);
      if (ownKey === undefined) {
        this.readInput(settings, entry.key, entry.value, entry.place, targetInputNames, targetOwnKeys);
      } else {
        this.readOwn(own, ownKey, entry.value, entry.place);
      }
    }
    return { place, by: 'config-file', page: this.readPage(own, place), settings, ...defined({ name: own.get('name') }) };
  }

  private readShortForm(item: Node, place: Place): LocatedTarget {
    const { value, unknown } = this.plain(item, place);
    const target =
      typeof value === 'string' && value.trim() !== ''
        ? parseTarget(value.trim(), place, 'config-file')
        : { problem: `a target must be a path, a URL or a mapping with url, html or html-file, not ${JSON.stringify(value)}` };
    if (unknown !== undefined) {
      return { place, by: 'config-file', page: { kind: 'refused' }, settings: new Map() };
    }
    return 'problem' in target
      ? { place, by: 'config-file', page: this.refuse(place, target.problem), settings: new Map() }
      : target;
  }

  private refuse(place: Place, message: string): LocatedPage {
    this.problems.push({ place, message });
    return { kind: 'refused' };
  }

  /** `own` has undefined for what was written and is wrong, which is noted then. */
  private readPage(own: ReadonlyMap<TargetKey, Located<string> | undefined>, place: Place): LocatedPage {
    const kinds = targetOwnKeys.filter((key) => key !== 'name' && own.has(key));
    if (kinds.length === 0 && own.has('name')) {
      return own.get('name') === undefined ? { kind: 'refused' } : { kind: 'found' };
    }
    if (kinds.length !== 1) {
      const found = kinds.length === 0 ? '' : `, not ${kinds.join(' and ')}`;
      return this.refuse(place, `a target needs exactly one of url, html and html-file${found}`);
    }
    if (!own.has('url') && !own.has('name')) {
      return this.refuse(place, 'a target with html or html-file needs a name');
    }
    if ([...own.values()].includes(undefined)) {
      return { kind: 'refused' };
    }
    const url = own.get('url');
    const html = own.get('html');
    if (url !== undefined) {
      return { kind: 'url', url: url.raw };
    }
    return html === undefined ? { kind: 'html-file', path: own.get('html-file')?.raw ?? '' } : { kind: 'html', html: html.raw };
  }

  private readOwn(own: Map<TargetKey, Located<string> | undefined>, key: TargetKey, value: Node | null, place: Place): void {
    const { value: plain, unknown } = this.plain(value, place);
    const raw = typeof plain === 'number' ? String(plain) : plain;
    const filled = typeof raw === 'string' && raw.trim() !== '';
    own.set(
      key,
      filled && unknown === undefined ? { raw: key === 'html' ? raw : raw.trim(), place, by: 'config-file' } : undefined,
    );
    if (!filled && unknown === undefined) {
      const empty = raw === null || typeof raw === 'string';
      this.problems.push({
        place,
        message: empty ? `${key} must not be empty` : `${key} must be text, not ${JSON.stringify(plain)}`,
      });
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
      this.problems.push({ place, message: whyNotHere(key, [...allowed, ...others]) });
      return;
    }
    const variable = isScalar(value) ? wholeVariable(value.value) : undefined;
    if (inputSpec(key).secret && variable === undefined) {
      this.problems.push({
        place,
        message: `${key} must not stand in a file. Write ${key}: \${NAME} and set NAME in the environment from a secret`,
      });
      return;
    }
    const { value: raw, unknown, variables } = this.plain(value, place, inputSpec(key).secret === true ? key : undefined);
    const more = { ...defined({ items: this.itemPlaces(value) }), ...(variables.length === 0 ? {} : { variables }) };
    // A secret of the invocation stays one when the file names it.
    const by = variable !== undefined && this.variables.isWithheld(variable) ? 'invocation' : 'config-file';
    if (unknown !== undefined) {
      into.set(key, { raw, place, by, ...more, unknown });
    } else if (raw !== null && raw !== '') {
      into.set(key, { raw, place, by, ...more });
    }
  }

  /** The pairs of a mapping, with the place of each key. */
  private entries(map: YAMLMap): { key: string; value: Node | null; place: Place }[] {
    return map.items.map((pair) => {
      const { key, value } = pair as Pair<Node, Node | null>;
      return { key: String(isScalar(key) ? key.value : key), value, place: this.placeOf(key) };
    });
  }

  /**
   * A node as a plain value, with the environment put in. Unknown: what is wrong with it or the environment lacks of it,
   * which is noted. `secret`: the secret setting that it is for.
   */
  private plain(
    node: Node | null,
    place: Place,
    secret?: InputName,
  ): { value: unknown; unknown: readonly Problem[] | undefined; variables: readonly string[] } {
    const written = this.toValue(node);
    if ('problem' in written) {
      const problem = { place, message: written.problem };
      this.problems.push(problem);
      return { value: null, unknown: [problem], variables: [] };
    }
    const { value, missing, found } = expandVariables(written.value, (name) => this.readVariable(name, secret));
    const lacking = missing.map((name): Problem => ({ place, message: this.explainMissing(name, secret), environment: true }));
    for (const problem of lacking) {
      this.problems.push(problem);
    }
    return { value, unknown: lacking.length === 0 ? undefined : lacking, variables: found };
  }

  /** Where the items of a list stand, or of the list in a mapping. */
  private itemPlaces(node: Node | null): readonly Place[] | undefined {
    const list = isMap(node) ? node.items.map(({ value }) => value).find(isSeq) : node;
    return isSeq(list) ? list.items.map((item) => this.placeOf(item as Node)) : undefined;
  }

  private toValue(node: Node | null): Parsed<unknown> {
    try {
      return { value: node === null ? null : node.toJS(this.document) };
    } catch (error) {
      // Aliases of aliases, which become more than memory holds.
      return { problem: `cannot be read: ${reasonOf(error)}. Write the values out instead of using aliases` };
    }
  }

  private readVariable(name: string, secret: InputName | undefined): string | undefined {
    if (secret !== undefined) {
      return this.variables.readFor(secret, name);
    }
    return this.secretVariables.has(name) ? undefined : this.variables.read(name);
  }

  private explainMissing(name: string, secret: InputName | undefined): string {
    return secret === undefined && this.secretVariables.has(name) && !this.variables.isWithheld(name)
      ? `\${${name}} is set for a secret of this file, and stands nowhere else in it. Hand what is needed here over in a variable of its own`
      : this.variables.explainMissing(name);
  }

  private placeOf(node: Node): Place {
    return this.placeAt(node.range?.[0] ?? 0);
  }

  private placeAt(offset: number): Place {
    return { kind: 'file', file: this.file, line: Math.max(1, this.lines.linePos(offset).line) };
  }
}

/** The name of the variable that a value consists of: `${NAME}`, and nothing else. */
function wholeVariable(value: unknown): string | undefined {
  return typeof value === 'string' ? /^\$\{(\w+)\}$/.exec(value)?.[1] : undefined;
}

/** What the library says where its recursion ends. */
function isTooDeep({ message }: Error): boolean {
  return /call stack|stack overflow/i.test(message);
}

/** What is wrong with a key that is none of those `allowed` where it stands. */
function whyNotHere(key: string, allowed: readonly string[]): string {
  if (isInputName(key)) {
    return inputSpec(key).scope === 'invocation'
      ? `${key} is an input of the workflow or the command line, not of the config file`
      : `${key} holds for the whole run: move it to the top of the file`;
  }
  if (key === 'targets') {
    return 'targets stands at the top of the file, not in a target';
  }
  if (targetOwnKeys.some((own) => own === key)) {
    return `${key} belongs to a target: put it into one of the list "targets"`;
  }
  return key === '<<'
    ? 'YAML merge keys (<<) are not supported. Write the settings out, or put them at the top of the file, where they count for all targets'
    : `unknown key "${key}". ${suggestKnown(key, allowed, docsUrl('inputs.md'))}`;
}
