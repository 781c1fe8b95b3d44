import { stat } from 'node:fs/promises';

/** Whether there is something that can be seen at a path. */
export async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
