import type { Parsed } from '../basics/parsed.ts';
import type { Place, Problem } from '../errors/problem.ts';
import type { InputSpec } from './input-spec.ts';
import type { Author, Located, LocatedInputs } from './located.ts';
import { type InputName, type InputValue, inputSpec, inputSpecs } from './spec.ts';

/**
 * Reads inputs from layers, the most specific first, and falls back on the table's default. What is wrong is noted
 * once where it was written, however often it is read.
 */
export class Values {
  private readonly layers: readonly LocatedInputs[];
  private readonly problems: Problem[];
  private readonly parsed: Map<Located, Parsed<unknown>>;

  constructor(layers: readonly LocatedInputs[], problems: Problem[], parsed = new Map<Located, Parsed<unknown>>()) {
    this.layers = layers;
    this.problems = problems;
    this.parsed = parsed;
  }

  /** The same values with a more specific layer in front. */
  with(layer: LocatedInputs): Values {
    return new Values([layer, ...this.layers], this.problems, this.parsed);
  }

  /** The value as it was written, from the most specific layer that has it. */
  located(name: InputName): Located | undefined {
    return this.layers.find((layer) => layer.has(name))?.get(name);
  }

  /** Where it was written; the input itself where it was not. */
  placeOf(name: InputName): Place {
    return this.located(name)?.place ?? { kind: 'input', name };
  }

  /** Who wrote it; undefined: nobody did, so the default counts. */
  authorOf(name: InputName): Author | undefined {
    return this.located(name)?.by;
  }

  /** Notes what is wrong with anything that was written, also with what is outranked or nothing reads. */
  checkAll(): void {
    for (const layer of this.layers) {
      for (const [name, located] of layer) {
        this.read(name, inputSpec(name), located);
      }
    }
  }

  /** The value; the default, or undefined without one, where it is not set or wrong. */
  get<Name extends InputName>(name: Name): InputValue<Name> | undefined {
    const spec = inputSpecs[name] as InputSpec<InputValue<Name>>;
    const located = this.located(name);
    if (located !== undefined) {
      const parsed = this.read(name, spec, located);
      if (parsed !== undefined && 'value' in parsed) {
        return parsed.value;
      }
    }
    const fallback = spec.default === undefined ? undefined : spec.type.parse(spec.default);
    return fallback !== undefined && 'value' in fallback ? fallback.value : undefined;
  }

  /** The value of an input that has a default. */
  require<Name extends InputName>(name: Name): InputValue<Name> {
    const value = this.get(name);
    if (value === undefined) {
      throw new TypeError(`The input ${name} has no default in the table.`);
    }
    return value;
  }

  private read<T>(name: InputName, spec: InputSpec<T>, located: Located): Parsed<T> | undefined {
    if (located.unknown !== undefined) {
      this.problems.push(...located.unknown.filter((problem) => !this.problems.includes(problem)));
      return undefined;
    }
    const known = this.parsed.get(located) as Parsed<T> | undefined;
    if (known !== undefined) {
      return known;
    }
    const parsed = spec.type.parse(located.raw, located.items);
    this.parsed.set(located, parsed);
    if ('problem' in parsed) {
      this.problems.push({ place: located.place, message: `${name} ${parsed.problem}` });
    }
    return parsed;
  }
}
