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
import { docsUrl } from '../basics/product.ts';
import { defined } from '../basics/record.ts';
import type { Place, Problem } from '../errors/problem.ts';
import { expandEnvironment, explainMissing, type ProcessVariables } from './expand-variables.ts';
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
export function parseConfigFile(text: string, file: string, env: ProcessVariables): ConfigFile {
  return new ConfigReader(text, file, env).read();
}

class ConfigReader {
  private readonly problems: Problem[] = [];
  private readonly lines = new LineCounter();
  private readonly document: Document.Parsed;
  private readonly file: string;
  private readonly env: ProcessVariables;

  constructor(text: string, file: string, env: ProcessVariables) {
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false, customTags: withoutHex });
    this.file = file;
    this.env = env;
  }

  read(): ConfigFile {
    const { problems, document } = this;
    for (const error of document.errors) {
      const message =
        error.code === 'MULTIPLE_DOCS'
          ? 'holds more than one YAML document. Keep one, without a line of --- between'
          : `is not valid YAML: ${error.message}`;
      problems.push({ place: this.placeAt(error.pos[0]), message });
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
    return { place, page: this.readPage(own, place), settings, ...defined({ name: own.get('name') }) };
  }

  private readShortForm(item: Node, place: Place): LocatedTarget {
    const { value, unknown } = this.plain(item, place);
    const target =
      typeof value === 'string' && value.trim() !== ''
        ? parseTarget(value.trim(), place)
        : { problem: `a target must be a path, a URL or a mapping with url, html or html-file, not ${JSON.stringify(value)}` };
    if (unknown !== undefined) {
      return { place, page: { kind: 'refused' }, settings: new Map() };
    }
    return 'problem' in target ? { place, page: this.refuse(place, target.problem), settings: new Map() } : target;
  }

  private refuse(place: Place, message: string): LocatedPage {
    this.problems.push({ place, message });
    return { kind: 'refused' };
  }

  /** `own` has undefined for what was written and is wrong, which is noted then. */
  private readPage(own: ReadonlyMap<TargetKey, Located<string> | undefined>, place: Place): LocatedPage {
    const kinds = targetOwnKeys.filter((key) => key !== 'name' && own.has(key));
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
    own.set(key, filled && unknown === undefined ? { raw: key === 'html' ? raw : raw.trim(), place } : undefined);
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
    if (inputSpec(key).secret && !/^\$\{\w+\}$/.test(String(isScalar(value) ? value.value : ''))) {
      this.problems.push({
        place,
        message: `${key} must not stand in a file. Write ${key}: \${NAME} and set NAME in the environment from a secret`,
      });
      return;
    }
    const { value: raw, unknown } = this.plain(value, place);
    if (unknown !== undefined) {
      into.set(key, { raw, place, unknown });
    } else if (raw !== null && raw !== '') {
      into.set(key, { raw, place });
    }
  }

  /** The pairs of a mapping, with the place of each key. */
  private entries(map: YAMLMap): { key: string; value: Node | null; place: Place }[] {
    return map.items.map((pair) => {
      const { key, value } = pair as Pair<Node, Node | null>;
      return { key: String(isScalar(key) ? key.value : key), value, place: this.placeOf(key) };
    });
  }

  /** A node as a plain value, with the environment put in. Unknown: what the environment lacks of it, which is noted. */
  private plain(node: Node | null, place: Place): { value: unknown; unknown: readonly Problem[] | undefined } {
    const written: unknown = node === null ? null : node.toJS(this.document);
    const { value, missing } = expandEnvironment(written, this.env);
    const lacking = missing.map((name): Problem => ({ place, message: explainMissing(name), environment: true }));
    this.problems.push(...lacking);
    return { value, unknown: lacking.length === 0 ? undefined : lacking };
  }

  private placeOf(node: Node): Place {
    return this.placeAt(node.range?.[0] ?? 0);
  }

  private placeAt(offset: number): Place {
    return { kind: 'file', file: this.file, line: Math.max(1, this.lines.linePos(offset).line) };
  }
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
