import { execFile } from 'node:child_process';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, test } from 'vitest';
import { decideRelease, type ReleaseFacts, readSections } from '../../scripts/release/decide-release.ts';
import { createWorkspace } from '../helpers/bundle.ts';

const run = promisify(execFile);

const changelog = `# Changelog

## [Unreleased]

## [1.2.0] - 2026-11-26

### Added

- A thing.

## [1.1.0] - 2026-10-01

### Fixed

- Another.

[Unreleased]: https://github.com/visual-capture/visual-capture/compare/v1.2.0...main
`;
const facts: ReleaseFacts = { tag: 'v1.2.0', packageVersion: '1.2.0', changelog, uncommitted: '' };

describe('a release', () => {
  it('has the notes of its version, and moves the tag of its major version', () => {
    expect(decideRelease(facts)).toEqual({
      kind: 'release',
      version: '1.2.0',
      notes: '### Added\n\n- A thing.',
      major: 'v1',
      prerelease: false,
    });
  });

  it('before its version is known as that', () => {
    const early = { tag: 'v1.2.0-rc.1', packageVersion: '1.2.0-rc.1', changelog: changelog.replace('[1.2.0]', '[1.2.0-rc.1]') };
    expect(decideRelease({ ...facts, ...early })).toMatchObject({ kind: 'release', prerelease: true });
  });

  it.each<[Partial<ReleaseFacts>, string]>([
    [{ tag: 'v1.2' }, 'The tag must be of the form v1.2.3, not v1.2.'],
    [{ packageVersion: '1.1.9' }, 'package.json says version 1.1.9, the tag 1.2.0.'],
    [{ changelog: changelog.replace('[1.2.0]', '[1.3.0]') }, 'no section "## [1.2.0] - DATE"'],
    [{ changelog: changelog.replace('- A thing.', '').replace('### Added', '') }, 'no section "## [1.2.0] - DATE"'],
    [{ changelog: changelog.replace('[Unreleased]\n', '[Unreleased]\n\n- More.\n') }, 'lines under "## [Unreleased]"'],
    [{ uncommitted: ' M dist/index.js\n' }, 'changes that are not committed:\n M dist/index.js'],
  ])('is refused with %o', (wrong, problem) => {
    const release = decideRelease({ ...facts, ...wrong });
    expect(release).toMatchObject({ kind: 'refused', problems: [expect.stringContaining(problem)] });
  });

  it('is prepared in a folder, and nothing is published', async () => {
    await using workspace = await createWorkspace();
    const project = join(workspace.path, 'project');
    await cp('scripts', join(project, 'scripts'), { recursive: true });
    const manifest = JSON.parse(await readFile('package.json', 'utf8'));
    await writeFile(join(project, 'package.json'), JSON.stringify({ ...manifest, version: '1.2.0' }));
    await writeFile(join(project, 'CHANGELOG.md'), changelog);
    const git = (...args: string[]) =>
      run('git', ['-C', project, '-c', 'user.name=Octo', '-c', 'user.email=octo@example.com', ...args]);
    await git('init', '--quiet');
    await git('add', '--all');
    await git('commit', '--quiet', '--message', 'Release');

    const outputs = join(workspace.path, 'outputs');
    const env = { ...process.env, GITHUB_OUTPUT: outputs };
    const prepared = join(workspace.path, 'release');
    const { stdout } = await run(process.execPath, ['scripts/release.ts', '--tag', 'v1.2.0', '--output', prepared], {
      cwd: project,
      env,
    });
    expect(stdout).toContain('The tag v1 moves to v1.2.0.');
    expect((await readdir(prepared)).toSorted()).toEqual(['notes.md', 'visual-capture-1.2.0.tgz']);
    expect(await readFile(join(prepared, 'notes.md'), 'utf8')).toBe('### Added\n\n- A thing.\n');
    expect(await readFile(outputs, 'utf8')).toBe('major=v1\nprerelease=false\n');
    expect((await git('tag')).stdout).toBe('');
  });
});

test('CHANGELOG.md keeps its form, and its newest version is that of the package', async () => {
  const sections = readSections(await readFile('CHANGELOG.md', 'utf8'));
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  expect(sections.map((section) => section.version).slice(0, 2)).toEqual(['Unreleased', version]);
  for (const { date } of sections.slice(1)) {
    expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
  }
});
