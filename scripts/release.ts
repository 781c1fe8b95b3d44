/**
 * Prepares the release of a tag: looks whether it may be released, packs the package and writes the notes into a folder.
 * It publishes nothing, so running it is the dry run. In a workflow it sets the outputs `major` and `prerelease`.
 *
 * node scripts/release.ts --tag v0.2.0 --output /tmp/release
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { decideRelease } from './release/decide-release.ts';

const root = join(import.meta.dirname, '..');
const { tag, output } = parseArgs({ options: { tag: { type: 'string' }, output: { type: 'string' } } }).values;
if (tag === undefined || output === undefined) {
  console.error('Usage: node scripts/release.ts --tag v1.2.3 --output FOLDER');
  process.exit(2);
}
const { version: packageVersion } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
const release = decideRelease({
  tag,
  packageVersion,
  changelog: readFileSync(join(root, 'CHANGELOG.md'), 'utf8'),
  uncommitted: execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' }),
});
if (release.kind === 'refused') {
  console.error(`${tag} cannot be released:\n${release.problems.map((problem) => `  - ${problem}`).join('\n')}`);
  process.exit(1);
}

const folder = resolve(output);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'notes.md'), `${release.notes}\n`);
// npm is a script on Windows, which starts in a shell alone; the workflow packs on Linux.
const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root, encoding: 'utf8' });
const [{ filename, size, unpackedSize, entryCount }] = JSON.parse(packed) as [PackedPackage];
console.log(`${filename}: ${entryCount} files, ${megabytes(size)} (${megabytes(unpackedSize)} unpacked)`);
console.log(`notes.md: ${release.notes.split('\n').length} lines`);
console.log(release.prerelease ? `${tag} is a prerelease: no other tag moves.` : `The tag ${release.major} moves to ${tag}.`);
if (process.env['GITHUB_OUTPUT'] !== undefined) {
  appendFileSync(process.env['GITHUB_OUTPUT'], `major=${release.major}\nprerelease=${release.prerelease}\n`);
}

/** What `npm pack --json` tells. */
interface PackedPackage {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly entryCount: number;
}

function megabytes(sizeBytes: number): string {
  return `${(sizeBytes / 1e6).toFixed(1)} MB`;
}
