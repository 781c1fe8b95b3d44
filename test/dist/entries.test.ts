import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { explainOldNode, oldestNode } from '../../src/system/require-node.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Node tells the version of an old one; everything else is as it is. */
const pretendOld = 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.20.2"})';

describe('with a Node that is too old', () => {
  it.each([
    ['dist/index.js', '22.19'],
    ['dist/cli/index.js', '22.19'],
    ['bench/run.js', '24.0'],
    ['examples/demo/run.js', '24.0'],
  ])('%s says in one line which is needed', (entry, needed) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', pretendOld, join(root, entry)], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '' },
    });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      `Visual Capture needs Node ${needed} or newer; this is 20.20.2. Get it from https://nodejs.org/en/download, or by: nvm install 24\n`,
    );
  });

  it('a workflow shows that line as an annotation', () => {
    const { stderr } = spawnSync(process.execPath, ['--import', pretendOld, join(root, 'dist/index.js')], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', GITHUB_ACTIONS: 'true' },
    });
    expect(stderr).toMatch(/^::error::Visual Capture needs Node/);
  });

  it.each(['dist/index.js', 'dist/cli/index.js', 'bench/run.js', 'examples/demo/run.js'])(
    '%s loads nothing before it has looked',
    async (entry) => {
      const loaded = /(?:^|\n)\s*import\s[^(]*?from\s*'([^']+)'/g;
      const code = await readFile(join(root, entry), 'utf8');
      expect([...code.matchAll(loaded)].map(([, path]) => path?.split('/').at(-1))).toEqual(['require-node.js']);
      expect(await readFile(join(root, 'dist/system/require-node.js'), 'utf8')).not.toMatch(/\bimport\b[\s('"]/);
    },
  );

  it('nothing is loaded either before signals are listened for', async () => {
    expect(await readFile(join(root, 'dist/system/stop-signal.js'), 'utf8')).not.toMatch(/^\s*import\b|\bimport\(/m);
    for (const entry of ['dist/index.js', 'dist/cli/index.js']) {
      const loaded = [...(await readFile(join(root, entry), 'utf8')).matchAll(/await import\('([^']+)'\)/g)];
      expect(loaded.map(([, path]) => path?.split('/').at(-1))[0]).toBe('stop-signal.js');
    }
  });
});

describe('the oldest Node', () => {
  it.each([
    ['22.18.9', true],
    ['20.20.2', true],
    ['22.19.0', false],
    ['22.20.0', false],
    ['24.0.0', false],
  ])('%s is too old: %s', (version, old) => {
    expect(explainOldNode(version, oldestNode) !== undefined).toBe(old);
  });

  it('is the one that package.json tells', () => {
    expect(manifest.engines.node).toBe(`>=${oldestNode}`);
  });
});

it('the command line works through a link, as npm installs it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bin-'));
  try {
    await symlink(join(root, 'dist/cli/index.js'), join(folder, 'visual-capture'));
    const { status, stdout } = spawnSync(process.execPath, [join(folder, 'visual-capture'), '--version'], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, `${manifest.version}\n`]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
