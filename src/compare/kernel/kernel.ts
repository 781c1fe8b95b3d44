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

/** A place in the kernel's memory, in bytes. */
export type Address = number;

/** The functions of kernel/assembly. Rows are given by where they start; their pixels are 4 bytes, RGBA. */
interface KernelExports {
  readonly memory: WebAssemblyMemory;
  /** Undoes the PNG filter of a row of RGB (3) or RGBA (4) bytes, as far as `width` pixels from the left. */
  unfilterRow(filtered: Address, bytesPerPixel: 3 | 4, width: number, above: Address, out: Address): void;
  /** 1 when `bytes` bytes are equal, else 0. */
  areEqual(a: Address, b: Address, bytes: number): 0 | 1;
  /** Sets what `compareRow` works on. `even` are `evenBytes(width)` bytes for its own use. */
  setComparison(width: number, height: number, threshold: number, includeAntiAliasing: 0 | 1, even: Address): void;
  /** Compares two rows as pixelmatch does; sets bits from the lowest on in the zeroed bytes at `bits`; returns how many. */
  compareRow(a: Address, b: Address, y: number, bits: Address): number;
  /** Writes a byte for each pixel: its brightness over white, 0 to 7. */
  shadeRow(pixels: Address, width: number, out: Address): void;
  /** Packs bytes below 16 to half as many, the first of two into the upper four bits. */
  packIndexes(indexes: Address, count: number, out: Address): void;
}

/** The kernel reads and writes up to so many bytes behind what it is given. */
export const spareBytes = 32;

/** Where the first buffer starts; the kernel itself keeps nothing in memory below. */
const firstAddress: Address = 1024;

const wasmPageBytes = 65_536;

export function evenBytes(width: number): number {
  return 3 * (width + 16);
}

/** One instance of the compiled kernel with a memory of its own, to be used for one thing at a time. */
export class Kernel {
  readonly call: Omit<KernelExports, 'memory'>;
  readonly #memory: WebAssemblyMemory;
  #bytes: Uint8Array;

  constructor() {
    const module = new WebAssembly.Module(Buffer.from(kernelWasm, 'base64'));
    const exports = new WebAssembly.Instance(module).exports as KernelExports;
    this.call = exports;
    this.#memory = exports.memory;
    this.#bytes = new Uint8Array(this.#memory.buffer);
  }

  /**
   * Lays out buffers of these sizes in bytes, zeroed, in place of all that were laid out before.
   * The memory grows as needed and never shrinks, so keep them small.
   */
  allocate<Name extends string>(sizes: Readonly<Record<Name, number>>): Record<Name, Address> {
    const addresses: Partial<Record<string, Address>> = {};
    let end = firstAddress;
    for (const [name, size] of Object.entries<number>(sizes)) {
      addresses[name] = end;
      end += Math.ceil((size + spareBytes) / 16) * 16;
    }
    const missing = end - this.#bytes.length;
    if (missing > 0) {
      this.#memory.grow(Math.ceil(missing / wasmPageBytes));
      this.#bytes = new Uint8Array(this.#memory.buffer);
    }
    this.#bytes.fill(0, firstAddress, end);
    return addresses as Record<Name, Address>;
  }

  /** The bytes at an address, to read and write until the next `allocate`. */
  view(at: Address, bytes: number): Uint8Array {
    return this.#bytes.subarray(at, at + bytes);
  }

  /** Copies bytes within the memory; the two places may overlap. */
  copy(to: Address, from: Address, bytes: number): void {
    this.#bytes.copyWithin(to, from, from + bytes);
  }

  fill(at: Address, bytes: number, value: number): void {
    this.#bytes.fill(value, at, at + bytes);
  }
}
