import { kernelWasm } from './wasm.generated.ts';

/** The part of the WebAssembly interface that is used here; Node's types leave it out. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

const wasmPageBytes = 65_536;

/** A place in the kernel's memory, in bytes. */
export type Address = number;

/** The functions of src/kernel/assembly. Rows are given by where they start; their pixels are 4 bytes, RGBA. */
interface KernelExports {
  readonly memory: WebAssemblyMemory;
  /** Memory below is the kernel's own. */
  readonly heapBase: { readonly value: Address };
  /** Undoes the PNG filter of a row of RGB (3) or RGBA (4) bytes, as far as `width` pixels from the left. */
  unfilterRow(filtered: Address, bytesPerPixel: 3 | 4, width: number, above: Address, out: Address): void;
  /** 1 when `bytes` bytes are equal, else 0. */
  areEqual(a: Address, b: Address, bytes: number): 0 | 1;
  /** Undoes the PNG filter of a row of bytes in place; `above` is the unfiltered row above. Both with their filter byte. */
  unfilterBytes(row: Address, bytes: number, above: Address): void;
  /** Makes pixels of samples of 1 to 8 bits, by a table of 256 pixels. */
  expandIndexed(samples: Address, bits: number, width: number, colours: Address, out: Address): void;
  /** 1 when none of `count` pixels is translucent, else 0. */
  areOpaque(pixels: Address, count: number): 0 | 1;
  /** Writes a byte for each pixel: its brightness over white, 0 to 7. */
  shadeRow(pixels: Address, width: number, out: Address): void;
  /** Packs bytes below 16 to half as many, the first of two into the upper four bits. */
  packIndexes(indexes: Address, count: number, out: Address): void;
  /** Bytes that an inflater needs. */
  inflaterBytes(): number;
  /** Starts on a stream whose first bytes are from `next` to `end`; `isAll` when they are all. */
  startInflating(inflater: Address, next: Address, end: Address, isAll: 0 | 1): void;
  /** Gives more bytes, of which the first are those from `nextInput` on that are left. Not all: more than 1 KiB. */
  giveInput(inflater: Address, next: Address, end: Address, isAll: 0 | 1): void;
  nextInput(inflater: Address): Address;
  /** Writes from `out` on until `limit` is reached, the stream ends or needs input; returns how far it came. See inflater.ts. */
  inflate(inflater: Address, out: Address, limit: Address, start: Address): Address;
  inflaterState(inflater: Address): number;
}

/** The kernel reads and writes up to so many bytes behind what it is given. */
const spareBytes = 32;

/** A kernel whose memory grew beyond this, for a file of exceptional size, is not kept for the next use. */
const keptBytes = 64 * 1024 * 1024;

const idle: Kernel[] = [];

/**
 * An instance of the compiled kernel with a memory of its own, in which whoever borrowed it reserves buffers. To be used for
 * one thing at a time: `using kernel = Kernel.borrow()`.
 */
export class Kernel implements Disposable {
  readonly call: Omit<KernelExports, 'memory' | 'heapBase'>;
  readonly #memory: WebAssemblyMemory;
  readonly #heapBase: Address;
  #bytes: Uint8Array;
  #reservedEnd: Address;

  private constructor() {
    const module = new WebAssembly.Module(Buffer.from(kernelWasm, 'base64'));
    const exports = new WebAssembly.Instance(module).exports as KernelExports;
    this.call = exports;
    this.#memory = exports.memory;
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#heapBase = exports.heapBase.value;
    this.#reservedEnd = this.#heapBase;
  }

  /** A kernel with nothing reserved; one that was used before where there is one, as its code is optimised by then. */
  static borrow(): Kernel {
    const kernel = idle.pop() ?? new Kernel();
    kernel.#reservedEnd = kernel.#heapBase;
    return kernel;
  }

  /** Gives it back; its buffers are lost. */
  [Symbol.dispose](): void {
    if (this.#bytes.length <= keptBytes) {
      idle.push(this);
    }
  }

  /** A buffer of so many bytes, of any contents, until the kernel is given back. */
  reserve(bytes: number): Address {
    const at = this.#reservedEnd;
    this.#reservedEnd = Math.ceil((at + bytes + spareBytes) / 16) * 16;
    const missing = this.#reservedEnd - this.#bytes.length;
    if (missing > 0) {
      this.#memory.grow(Math.ceil(missing / wasmPageBytes));
      this.#bytes = new Uint8Array(this.#memory.buffer);
    }
    return at;
  }

  /** The bytes at an address, to read and write until something else is reserved. */
  view(at: Address, bytes: number): Uint8Array {
    return this.#bytes.subarray(at, at + bytes);
  }

  /** Copies bytes within the memory; the two places may overlap. */
  copy(to: Address, from: Address, bytes: number): void {
    this.#bytes.copyWithin(to, from, from + bytes);
  }

  write(to: Address, bytes: Uint8Array): void {
    this.#bytes.set(bytes, to);
  }

  fill(at: Address, bytes: number, value: number): void {
    this.#bytes.fill(value, at, at + bytes);
  }
}
