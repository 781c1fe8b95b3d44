/** Bytes of a font file: big-endian numbers, one after the other. */
class Bytes {
  readonly #bytes: number[] = [];

  get length(): number {
    return this.#bytes.length;
  }

  u8(...values: readonly number[]): this {
    this.#bytes.push(...values.map((value) => value & 0xff));
    return this;
  }

  /** Signed and unsigned alike: the low 16 bits. */
  u16(...values: readonly number[]): this {
    return this.u8(...values.flatMap((value) => [value >> 8, value]));
  }

  u32(...values: readonly number[]): this {
    return this.u8(...values.flatMap((value) => [value >>> 24, value >>> 16, value >>> 8, value]));
  }

  zeros(count: number): this {
    return this.u8(...Array.from({ length: count }, () => 0));
  }

  text(ascii: string): this {
    return this.u8(...Buffer.from(ascii, 'latin1'));
  }

  add(other: Bytes): this {
    for (const byte of other.#bytes) {
      this.#bytes.push(byte);
    }
    return this;
  }

  /** Zeros up to a multiple of four. */
  pad(): this {
    return this.zeros((4 - (this.length % 4)) % 4);
  }

  toBuffer(): Buffer {
    return Buffer.from(this.#bytes);
  }
}

/** A closed line of straight pieces, in units of the em. Filled clockwise, cut out the other way round. */
export type Contour = readonly (readonly [x: number, y: number])[];

export interface Outline {
  readonly codePoint: number;
  readonly contours: readonly Contour[];
}

export interface FontMetrics {
  readonly family: string;
  readonly unitsPerEm: number;
  /** Of every glyph. */
  readonly advance: number;
  readonly ascent: number;
  /** Below the line, as a positive number. */
  readonly descent: number;
}

/**
 * A TrueType font with the outlines, smallest code point first; glyph 0, which stands for what is missing, is empty.
 * Format: OpenType 1.9 (https://learn.microsoft.com/typography/opentype/spec/otff), with the tables that Chrome asks for.
 */
export function writeTrueType(outlines: readonly Outline[], metrics: FontMetrics): Buffer {
  const glyphs = [new Bytes(), ...outlines.map(({ contours }) => writeGlyph(contours))];
  const glyf = new Bytes();
  const loca = new Bytes().u32(0);
  for (const glyph of glyphs) {
    glyf.add(glyph).pad();
    loca.u32(glyf.length);
  }
  const { family, unitsPerEm, advance, ascent, descent } = metrics;
  const tables: Readonly<Record<string, Bytes>> = {
    'OS/2': writeOs2(metrics, outlines),
    cmap: writeCmap(outlines),
    glyf,
    head: new Bytes()
      .u32(0x00010000, 0x00010000, 0, 0x5f0f3cf5)
      .u16(3, unitsPerEm)
      .zeros(16)
      .u16(0, -descent, advance, ascent, 0, 8, 2, 1, 0),
    hhea: new Bytes().u32(0x00010000).u16(ascent, -descent, 0, advance, 0, 0, advance, 1, 0, 0).zeros(8).u16(0, 1),
    hmtx: new Bytes().u16(advance, 0).u16(...glyphs.slice(1).map(() => 0)),
    loca,
    maxp: new Bytes()
      .u32(0x00010000)
      .u16(glyphs.length, mostPoints(outlines), Math.max(...outlines.map(({ contours }) => contours.length)))
      .u16(0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
    name: writeName(family),
    post: new Bytes().u32(0x00030000, 0).u16(0, 0).u32(1).zeros(16),
  };
  return assemble(tables);
}

function writeGlyph(contours: readonly Contour[]): Bytes {
  const points = contours.flat();
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  let last = -1;
  const ends = contours.map(({ length }) => (last += length));
  const deltas = (values: readonly number[]): number[] => values.map((value, index) => value - (values[index - 1] ?? 0));
  return (
    new Bytes()
      .u16(contours.length, Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys))
      .u16(...ends, 0)
      // Every point lies on the line, and its distance from the one before takes two bytes.
      .u8(...points.map(() => 1))
      .u16(...deltas(xs), ...deltas(ys))
  );
}

function mostPoints(outlines: readonly Outline[]): number {
  return Math.max(...outlines.map(({ contours }) => contours.flat().length));
}

/** Format 12: a group for each code point. */
function writeCmap(outlines: readonly Outline[]): Bytes {
  const groups = outlines.flatMap(({ codePoint }, index) => [codePoint, codePoint, index + 1]);
  return new Bytes()
    .u16(0, 1, 3, 10)
    .u32(12)
    .u16(12, 0)
    .u32(16 + groups.length * 4, 0, outlines.length, ...groups);
}

function writeOs2({ advance, ascent, descent }: FontMetrics, outlines: readonly Outline[]): Bytes {
  const codes = outlines.map(({ codePoint }) => Math.min(codePoint, 0xffff));
  return new Bytes()
    .u16(4, advance, 400, 5, 0)
    .zeros(20)
    .u16(0)
    .zeros(10)
    .u32(0, 0, 0, 0)
    .text('NONE')
    .u16(0x40, Math.min(...codes), Math.max(...codes), ascent, -descent, 0, ascent, descent)
    .u32(0, 0)
    .u16(0, 0, 0, 0x20, 1);
}

function writeName(family: string): Bytes {
  const entries = [
    [1, family],
    [2, 'Regular'],
    [4, family],
    [6, family],
  ] as const;
  const header = new Bytes().u16(0, entries.length, 6 + entries.length * 12);
  const texts = new Bytes();
  for (const [id, text] of entries) {
    const utf16 = [...text].flatMap((char) => [0, char.charCodeAt(0)]);
    header.u16(3, 1, 0x409, id, utf16.length, texts.length);
    texts.u8(...utf16);
  }
  return header.add(texts);
}

function assemble(tables: Readonly<Record<string, Bytes>>): Buffer {
  const names = Object.keys(tables);
  const power = Math.floor(Math.log2(names.length));
  const directory = new Bytes().u32(0x00010000).u16(names.length, 2 ** power * 16, power, (names.length - 2 ** power) * 16);
  const body = new Bytes();
  for (const name of names) {
    const table = tables[name] ?? new Bytes();
    const { length } = table;
    table.pad();
    directory.text(name).u32(checksum(table.toBuffer()), 12 + names.length * 16 + body.length, length);
    body.add(table);
  }
  return directory.add(body).toBuffer();
}

function checksum(table: Buffer): number {
  let sum = 0;
  for (let at = 0; at < table.length; at += 4) {
    sum = (sum + table.readUInt32BE(at)) >>> 0;
  }
  return sum;
}
