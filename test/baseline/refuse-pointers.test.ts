import { describe, expect, test } from 'vitest';
import { refusePointers } from '../../src/baseline/refuse-pointers.ts';
import { isUserError } from '../../src/errors/user-error.ts';
import { describeObject, renderPointer } from '../../src/git/lfs/pointer.ts';
import { actionSource, cliSource, createWorkspace, put, runBundle, runStep } from '../helpers/bundle.ts';
import { answers, startFakeService } from '../helpers/fake-service.ts';
import { solidPng } from '../helpers/solid-png.ts';

const picture = solidPng(8, 6, [128, 128, 128]);
const pointer = renderPointer(describeObject(picture));

/** A folder that tells which of its files were read. */
function folderOf(files: Readonly<Record<string, Uint8Array | string>>) {
  const read: string[] = [];
  const bytesOf = (path: string): Buffer | undefined => {
    const content = files[path];
    return content === undefined ? undefined : Buffer.from(content);
  };
  return {
    path: 'visual-baselines',
    asked: read,
    sizeOf: async (path: string) => bytesOf(path)?.length,
    read: async (path: string) => {
      read.push(path);
      return bytesOf(path);
    },
  };
}

describe('baselines that are Git LFS pointers', () => {
  test('are named by the first and by how many there are, with what to do', async () => {
    const folder = folderOf({ 'a/1x1.png': picture, 'b/1x1.png': pointer, 'c/1x1.png': pointer, 'd/1x1.png': pointer });
    const told = async (...ids: string[]): Promise<unknown> => {
      const error: unknown = await refusePointers(folder, ids).catch((thrown: unknown) => thrown);
      return isUserError(error) ? [error.message, error.fix] : error;
    };
    const fix = expect.stringMatching(/with: lfs: true.*git lfs pull/);
    expect(await told('a/1x1', 'b/1x1', 'c/1x1')).toEqual([
      'visual-baselines/b/1x1.png and 1 more baseline are Git LFS pointers instead of pictures, so there is nothing to compare with.',
      fix,
    ]);
    expect(await told('d/1x1')).toEqual([expect.stringContaining('d/1x1.png is a Git LFS pointer instead of a picture'), fix]);
  });

  test('are looked for in small files alone, and other ones do not matter', async () => {
    const folder = folderOf({ 'large/1x1.png': new Uint8Array(50_000), 'small/1x1.png': 'version 2', 'other/1x1.png': pointer });
    await refusePointers(folder, ['large/1x1', 'small/1x1', 'none/1x1']);
    expect(folder.asked).toEqual(['small/1x1.png']);
  });

  test('stop the check before anything is captured, whatever it would do with baselines', async () => {
    await using service = await startFakeService({ script: () => answers.picture(picture) });
    for (const update of ['false', 'true']) {
      await using workspace = await createWorkspace();
      await put(workspace, 'visual-baselines/a/1280x800.png', pointer);
      const step = await runStep({
        entry: actionSource,
        workspace,
        inputs: {
          'api-key': 'sk_live_test',
          'api-url': service.url,
          urls: 'https://preview.example.com/a',
          'page-check': 'off',
          'update-baselines': update,
        },
      });
      expect([step.exitCode, step.outputs]).toEqual([1, { outcome: 'failed' }]);
      expect(step.annotations[0]?.message).toContain('visual-baselines/a/1280x800.png is a Git LFS pointer');
    }
    expect(service.requests).toEqual([]);
  });

  test('are told by the command compare too', async () => {
    await using workspace = await createWorkspace();
    await put(workspace, 'one/a.png', pointer);
    await put(workspace, 'other/a.png', picture);
    const compare = (...args: string[]) => runBundle(cliSource, { cwd: workspace.path, args: ['compare', ...args] });
    const files = await compare('one/a.png', 'other/a.png');
    expect([files.exitCode, files.stderr]).toEqual([
      2,
      expect.stringContaining('one/a.png cannot be read as a PNG: it is a Git LFS'),
    ]);
    const folders = await compare('one', 'other');
    expect([folders.exitCode, folders.stdout]).toEqual([2, expect.stringContaining('it is a Git LFS pointer')]);
  });
});
