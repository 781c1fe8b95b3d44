import { describe, expect, it } from 'vitest';
import { openZip } from '../../src/archive/read-zip.ts';
import { refusedArtifact } from '../../src/archive/refused.ts';
import { UnreadableArchive } from '../../src/archive/unreadable.ts';
import { UserError } from '../../src/errors/user-error.ts';
import type { Report } from '../../src/results/model.ts';
import { copyPictures, readUploadedResults } from '../../src/results/take-results.ts';
import { openFolder } from '../../src/system/folder.ts';
import { sha256 } from '../../src/system/sha256.ts';
import { createWorkspace } from '../helpers/bundle.ts';
import { changedCapture, grey, red, uploadedFiles } from '../helpers/uploaded-results.ts';
import { makeZip, type ZipFile } from '../helpers/zip.ts';
import { everyStatus, makeReport, outOfCredits, withTimeline } from '../report/support/reports.ts';

/** Reads an artifact and every picture that it tells of, as the modes do. */
async function read(zip: Uint8Array): Promise<{ report: Report; pictures: (Uint8Array | undefined)[] }> {
  const source = { sizeBytes: zip.length, read: async (offset: number, length: number) => zip.subarray(offset, offset + length) };
  const archive = await openZip(source).catch((error: unknown) => {
    throw error instanceof UnreadableArchive ? refusedArtifact('visual-capture', error.message, error) : error;
  });
  const { report, picture } = await readUploadedResults(archive, (reason, cause) =>
    refusedArtifact('visual-capture', reason, cause),
  );
  const pictures: (Uint8Array | undefined)[] = [];
  for (const capture of report.captures) {
    for (const kind of ['actual', 'baseline', 'diff'] as const) {
      pictures.push(await picture(capture, kind));
    }
  }
  return { report, pictures };
}

describe('the artifact of a check', () => {
  it.each([
    ['a change', makeReport([changedCapture('pricing')])],
    ['every status', everyStatus()],
    ['out of credits', outOfCredits()],
    ['a timeline', withTimeline()],
  ])('is read as it was written: %s', async (_, report) => {
    expect((await read(makeZip(uploadedFiles(report)))).report).toEqual(report);
  });

  it('gives the pictures that its hashes tell', async () => {
    const { pictures } = await read(makeZip(uploadedFiles(makeReport([changedCapture('pricing')]))));
    expect(pictures.map((bytes) => Buffer.from(bytes ?? []))).toEqual([red, grey, red].map((bytes) => Buffer.from(bytes)));
  });

  it('may hold fields that this version does not know, which are left out', async () => {
    const report = makeReport([changedCapture('pricing')]);
    const files = [{ path: 'results.json', content: JSON.stringify({ ...report, later: 1 }) }, ...uploadedFiles(report).slice(1)];
    expect((await read(makeZip(files))).report).toEqual(report);
  });

  const report = makeReport([changedCapture('pricing')]);
  const honest = uploadedFiles(report);
  const lying = (change: (results: Record<string, unknown>) => void): ZipFile[] => {
    const results = structuredClone(report) as unknown as Record<string, unknown>;
    change(results);
    return [{ path: 'results.json', content: JSON.stringify(results) }, ...honest.slice(1)];
  };
  const first = (results: Record<string, unknown>): Record<string, unknown> =>
    (results['captures'] as Record<string, unknown>[])[0]!;
  const hostile: readonly [string, Uint8Array, string][] = [
    ['no archive', Buffer.from('PK nothing'), 'it is no zip archive'],
    [
      'a time that is none',
      makeZip(lying((results) => Object.assign(results['run'] as object, { startedAt: '2026-99-99T10:00:00Z' }))),
      'startedAt must be a time in UTC',
    ],
    [
      'a scale that would need all memory',
      makeZip(lying((results) => Object.assign(first(results)['viewport'] as object, { scale: 100 }))),
      'scale must be a number from 0.1 to 5',
    ],
    [
      'a region outside of the picture',
      makeZip(
        lying((results) =>
          Object.assign(first(results)['comparison'] as object, {
            regions: [{ x: 0, y: 60, width: 80, height: 60, diffPixels: 1 }],
          }),
        ),
      ),
      'a region outside of its pictures',
    ],
    ['a path out of the folder', makeZip([...honest, { path: '../../.bashrc', content: 'x' }]), 'leads elsewhere'],
    [
      'a bomb',
      makeZip([...honest, { path: 'bomb', content: 'x', declare: { sizeBytes: 4_000_000_000 } }]),
      'more than it may or can have',
    ],
    ['too many files', makeZip(honest, { entries: 20_000 }), 'above the limit'],
    ['no results', makeZip(honest.slice(1)), 'it holds no results.json'],
    ['results that are no JSON', makeZip([{ path: 'results.json', content: '{' }]), 'no JSON'],
    ['results of another form', makeZip([{ path: 'results.json', content: '[]' }]), 'must be an object'],
    [
      'another version',
      makeZip(lying((results) => Object.assign(results, { version: 2 }))),
      'results.json.version must be one of 1',
    ],
    [
      'a number as text',
      makeZip(lying((results) => Object.assign(first(results), { attempts: '1' }))),
      'attempts must be a whole number',
    ],
    [
      'a script as the address',
      makeZip(lying((results) => Object.assign(first(results), { url: 'javascript:alert(1)' }))),
      'must be an http(s) URL',
    ],
    [
      'a picture elsewhere',
      makeZip(lying((results) => Object.assign(first(results), { files: { actual: '../../../etc/passwd' } }))),
      'none of its pictures',
    ],
    [
      'a take elsewhere',
      makeZip(lying((results) => Object.assign(first(results), { files: { takes: ['takes/pricing/1280x800/../1.png'] } }))),
      'a take that is none of its own',
    ],
    [
      'more takes than there can be',
      makeZip(lying((results) => Object.assign(first(results), { files: { takes: Array.from({ length: 12 }, () => '') } }))),
      'files.takes must be a list of up to 11',
    ],
    [
      'a name that leads elsewhere',
      makeZip(lying((results) => Object.assign(first(results), { name: '../x', id: '../x/1280x800' }))),
      'a name that no capture can have',
    ],
    [
      'a picture that was swapped',
      makeZip([...honest.slice(0, 1), ...honest.slice(1).map((file) => ({ ...file, content: grey }))]),
      'is not the picture that results.json tells the hash of',
    ],
    ['a picture that is missing', makeZip(honest.slice(0, 2)), 'is not in it'],
  ];
  it.each(hostile)('is refused with %s', async (_, zip, message) => {
    const refused = await read(zip).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UserError);
    expect((refused as UserError).message).toContain(message);
    expect((refused as UserError).message).toMatch(/^The artifact "visual-capture" is not taken: .*\.$/);
  });
});

describe('the takes of a capture', () => {
  const takes = ['takes/pricing/1280x800/1.png', 'takes/pricing/1280x800/2.png'];
  const { files } = changedCapture('pricing');
  const zip = (hash: string): Uint8Array =>
    makeZip(
      uploadedFiles(makeReport([changedCapture('pricing', { files: { ...files, takes }, sha256: { takes: [hash, hash] } })])),
    );

  /** Copies the pictures of an artifact as a merge does, or but for those that cannot be shown. */
  async function copy(bytes: Uint8Array, isShown = true): Promise<{ named: unknown; written: readonly string[] }> {
    await using workspace = await createWorkspace();
    const output = openFolder(workspace.path, '');
    const source = { sizeBytes: bytes.length, read: async (at: number, length: number) => bytes.subarray(at, at + length) };
    const results = await readUploadedResults(await openZip(source), (reason) => new UserError(reason, ''));
    const [capture] = await copyPictures(results, output, async () => isShown);
    return { named: capture?.files.takes, written: (await output.list()).filter((path) => path.startsWith('takes/')) };
  }

  it('are copied with it', async () => {
    expect(await copy(zip(sha256(red)))).toEqual({ named: takes, written: takes });
  });

  it('are left out where they cannot be shown, and refused where they are others than was told', async () => {
    expect(await copy(zip(sha256(red)), false)).toEqual({ named: undefined, written: [] });
    await expect(copy(zip(sha256(grey)))).rejects.toThrow('is not the picture that results.json tells the hash of');
  });
});
