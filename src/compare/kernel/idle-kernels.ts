import { Kernel } from './kernel.ts';

/** Kernels that wait for their next use; a worker has one, and more exist only where pictures are compared side by side in a thread. */
const idle: Kernel[] = [];

/** Lends a kernel, which keeps its memory and its optimised code from use to use. */
export async function withKernel<T>(use: (kernel: Kernel) => Promise<T>): Promise<T> {
  const kernel = idle.pop() ?? new Kernel();
  try {
    return await use(kernel);
  } finally {
    idle.push(kernel);
  }
}
