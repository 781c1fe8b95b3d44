import { cp, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { manifestFile, parseManifest } from '../../src/baseline/manifest.ts';
import { sha256 } from '../../src/system/sha256.ts';
import { cliSource, createWorkspace, type Finished, put, runBundle, type Workspace } from '../helpers/bundle.ts';
import { solidPng } from '../helpers/solid-png.ts';

const fixtures = join(import.meta.dirname, '../fixtures/import');

/** Pictures of the sample projects, by their paths, with their sizes. Each has a colour of its own. */
const samples: Readonly<Record<string, Readonly<Record<string, readonly [width: number, height: number]>>>> = {
  backstop: {
    'backstop_data/bitmaps_reference/shop_Home_page_0_document_0_phone.png': [320, 600],
    'backstop_data/bitmaps_reference/shop_Home_page_0_document_1_tablet_v.png': [1024, 800],
    'backstop_data/bitmaps_reference/shop_Cart___empty_0_viewport_0_wide.png': [1600, 900],
    'backstop_data/bitmaps_reference/shop_Cart___empty_1_totalsum_0_wide.png': [40, 20],
    'backstop_data/bitmaps_reference/shop_Cart___empty_2_totalsum__n1_0_wide.png': [40, 20],
    'backstop_data/bitmaps_reference/shop_HOME_PAGE_0_document_0_phone.png': [320, 500],
  },
  'lost-pixel': {
    '.lostpixel/baseline/home__[chromium].png': [1280, 900],
    '.lostpixel/baseline/pricing__[w360px|chromium].png': [360, 900],
    '.lostpixel/baseline/pricing__[w360px|webkit].png': [360, 900],
    '.lostpixel/baseline/about.png': [1600, 900],
  },
  playwright: {
    'tests/home.spec.ts-snapshots/hero-chromium-linux.png': [1280, 2000],
    'tests/home.spec.ts-snapshots/hero-chromium-darwin.png': [1280, 2000],
    'tests/home.spec.ts-snapshots/hero-Mobile-Chrome-linux.png': [393, 727],
    'tests/home.spec.ts-snapshots/hero-webkit-linux.png': [1280, 720],
    'tests/shop/cart.test.mjs-snapshots/part/one-1-chromium-linux.png': [200, 100],
  },
};

const pictureAt = (index: number, [width, height]: readonly [number, number]): Uint8Array =>
  solidPng(width, height, [index, 80, 160]);

/** The sample project in a folder `old` of a workspace. */
async function sampleOf(source: string): Promise<Workspace> {
  const workspace = await createWorkspace();
  await cp(join(fixtures, source), join(workspace.path, 'old'), { recursive: true });
  for (const [index, [path, size]] of Object.entries(samples[source]!).entries()) {
    await put(workspace, `old/${path}`, pictureAt(index, size));
  }
  return workspace;
}

const run = (cwd: string, ...args: string[]): Promise<Finished> => runBundle(cliSource, { args, cwd });
const read = (workspace: Workspace, path: string): Promise<Buffer> => readFile(join(workspace.path, path));
const configOf = async (workspace: Workspace): Promise<string> => {
  const [head, ...lines] = (await read(workspace, 'visual-capture.yml')).toString('utf8').split('\n');
  expect(head).toMatch(/^# Imported from old\/?\S*\. All settings: https:/);
  return lines.join('\n').trim();
};
const baselinesOf = async (workspace: Workspace): Promise<string[]> =>
  (await readdir(join(workspace.path, 'visual-baselines'), { recursive: true })).filter((path) => path.endsWith('.png')).sort();

describe('import backstop', () => {
  it('carries scenarios, selectors, interactions and reference pictures over', async () => {
    await using workspace = await sampleOf('backstop');
    const { exitCode, stdout, stderr } = await run(workspace.path, 'import', 'backstop', 'old/backstop.json');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(await configOf(workspace)).toBe(`base-url: https://shop.example.com
engine: local
hide: [.clock]
targets:
  - url: /
    name: Home page
    viewports: [phone=320x480, tablet v=1024x768]
    full-page: true
    max-diff-ratio: 0.001
  - url: /cart?items=0#top
    name: Cart/empty/viewport
    viewports: [wide=1600x900]
    full-page: false
    remove: [.ad]
    steps:
      - wait-for: .cart
      - wait: 250
      - fill:
          "#voucher": $\${VOUCHER}
      - hover: .menu
      - click: .open
      - click: .more
      - wait: 500
      - scroll-to: "#total"
    max-diff-ratio: 0.015
  - url: /cart?items=0#top
    name: Cart/empty/total .sum
    viewports: [wide=1600x900]
    full-page: false
    selector: "#total .sum"
    remove: [.ad]
    steps:
      - wait-for: .cart
      - wait: 250
      - fill:
          "#voucher": $\${VOUCHER}
      - hover: .menu
      - click: .open
      - click: .more
      - wait: 500
      - scroll-to: "#total"
    max-diff-ratio: 0.015
  - url: https://blog.example.com/
    name: HOME PAGE-2
    viewports: [phone=320x480, tablet v=1024x768]
    full-page: true
    delay: 10000
    max-diff-ratio: 0.001`);
    expect(await baselinesOf(workspace)).toEqual([
      'Cart/empty/total .sum/wide.png',
      'Cart/empty/viewport/wide.png',
      'HOME PAGE-2/phone.png',
      'Home page/phone.png',
      'Home page/tablet v.png',
    ]);
    expect(new Uint8Array(await read(workspace, 'visual-baselines/Home page/tablet v.png'))).toEqual(
      new Uint8Array(pictureAt(1, [1024, 800])),
    );
    expect(stdout).toContain('Written: 5 baselines in visual-baselines');
    expect(stdout).toContain('The pictures of BackstopJS were taken by another browser');
    expect(stdout).toContain('visual-capture check --update-baselines');
  });

  it('lists what is lost, each with its place and the reason', async () => {
    await using workspace = await sampleOf('backstop');
    const { stdout } = await run(workspace.path, 'import', 'backstop', 'old');
    const lost = stdout
      .split('\n')
      .filter((line) => line.startsWith('  - '))
      .map((line) => line.slice(4));
    expect(lost).toEqual([
      expect.stringMatching(/^engineOptions: /),
      expect.stringMatching(/^scenarios\[2\] "Local file": its url is no address of the web; the scenario was left out/),
      expect.stringMatching(/^onBeforeScript: a script is not carried over/),
      expect.stringMatching(/^onReadyScript: a script is not carried over/),
      expect.stringMatching(/^scenarios\[0\] "Home page"\.cookiePath: cookies may be secrets and were not copied/),
      expect.stringMatching(/^scenarios\[1\] "Cart \/ empty"\.selectorExpansion: only the first element/),
      'scenarios[3] "HOME PAGE": another page has the name "HOME PAGE" already; this one is called "HOME PAGE-2"',
      expect.stringMatching(/^scenarios\[3\] "HOME PAGE"\.delay: waits longer than the 10000 ms/),
      expect.stringMatching(/^scenarios\[3\] "HOME PAGE"\.readyEvent: a text in the console cannot be waited for/),
      expect.stringMatching(/^scenarios\[3\] "HOME PAGE"\.requireSameDimensions: false has no counterpart/),
      expect.stringMatching(
        /^backstop_data\/bitmaps_reference\/shop_Cart___empty_2_totalsum__n1_0_wide\.png: no scenario has this/,
      ),
    ]);
  });

  it('writes a manifest that says what is known of the pictures, and a plan finds them', async () => {
    await using workspace = await sampleOf('backstop');
    await run(workspace.path, 'import', 'backstop', 'old');
    const entry = parseManifest(await read(workspace, `visual-baselines/${manifestFile}`)).get('Home page/phone');
    expect(entry).toMatchObject({
      sha256: sha256(pictureAt(0, [320, 600])),
      environment: { browser: 'that of BackstopJS', viewport: '320x480@1', options: { 'full-page': 'true', hide: '.clock' } },
    });
    const { exitCode, stdout } = await run(workspace.path, 'plan');
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').filter((line) => line.endsWith('(new)'))).toEqual([
      expect.stringMatching(/^HOME PAGE-2\/tablet v /),
    ]);
  });

  it('finds pictures of a configuration without an id, which are called by a number', async () => {
    await using workspace = await createWorkspace();
    const config = {
      viewports: [{ label: 'phone', width: 320, height: 480 }],
      scenarios: [{ label: 'Home', url: 'https://a.example/' }],
    };
    await put(workspace, 'backstop.json', JSON.stringify(config));
    await put(workspace, 'backstop_data/bitmaps_reference/1837290_Home_0_document_0_phone.png', pictureAt(0, [320, 600]));
    expect((await run(workspace.path, 'import', 'backstop', '.')).exitCode).toBe(0);
    expect(await baselinesOf(workspace)).toEqual(['Home/phone.png']);
  });

  it('leaves a picture out that is none, and says so', async () => {
    await using workspace = await sampleOf('backstop');
    const path = 'backstop_data/bitmaps_reference/shop_Home_page_0_document_0_phone.png';
    await put(workspace, `old/${path}`, 'no picture');
    const { exitCode, stdout } = await run(workspace.path, 'import', 'backstop', 'old');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`${path}: cannot be a baseline: it is no PNG`);
    expect(await baselinesOf(workspace)).not.toContain('Home page/phone.png');
  });

  it('reads nothing through links that lead out of the folder', async () => {
    await using outside = await sampleOf('backstop');
    await using workspace = await createWorkspace();
    await cp(join(fixtures, 'backstop/backstop.json'), join(workspace.path, 'old/backstop.json'));
    await mkdir(join(workspace.path, 'old/backstop_data'));
    const folder = 'backstop_data/bitmaps_reference';
    await symlink(join(outside.path, 'old', folder), join(workspace.path, 'old', folder));
    const { exitCode, stdout } = await run(workspace.path, 'import', 'backstop', 'old');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('cannot be a baseline: it is a link that leads out of');
    expect(await readdir(workspace.path)).not.toContain('visual-baselines');
  });
});

describe('import lost-pixel', () => {
  it('reads a TypeScript configuration without running it, and carries pages and baselines over', async () => {
    await using workspace = await sampleOf('lost-pixel');
    const { exitCode, stdout, stderr } = await run(workspace.path, 'import', 'lost-pixel', 'old');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(await configOf(workspace)).toBe(`base-url: http://172.17.0.1:3000
engine: local
full-page: true
wait-for: [main]
targets:
  - url: /app/
    name: home
    viewports: [1280x720]
    mask: [time]
    max-diff-ratio: 0.01
  - url: /app/pricing?plan=all
    name: pricing
    viewports: [360x720, 768x720]
    mask: [time, .price]
    max-diff-pixels: 25
  - url: /app/about
    name: about
    viewports: [1600x720]
    mask: [time]
    delay: 2000
    max-diff-ratio: 0.01`);
    expect(await baselinesOf(workspace)).toEqual(['about/1600x720.png', 'home/1280x720.png', 'pricing/360x720.png']);
    expect(stdout.split('\n').filter((line) => line.startsWith('  - '))).toEqual([
      '  - beforeScreenshot: is a program, and is not carried over; see steps, style and wait-for',
      '  - pageShots.pagesJsonUrl: pages that are listed elsewhere are not read; see discover, or list them as targets',
      '  - browser: pictures are taken by Chrome alone',
      '  - failOnDifference (line 22): is computed when the file runs, and is not known',
      '  - pageShots.pages[3] "extra": has no path and name that are written out, and was left out',
      '  - .lostpixel/baseline/pricing__[w360px|webkit].png: no page has this picture',
    ]);
  });

  it('finds stories by discover, at the widths of the configuration', async () => {
    await using workspace = await createWorkspace();
    const config =
      "module.exports = { storybookShots: { storybookUrl: './storybook-static', breakpoints: [320, 768], mask: [{ selector: '.clock' }] }, ladleShots: { ladleUrl: 'x' }, apiKey: 'secret-of-mine' };";
    await put(workspace, 'old/lostpixel.config.js', config);
    await put(workspace, 'old/.lostpixel/baseline/button--primary.png', pictureAt(0, [320, 200]));
    const { exitCode, stdout } = await run(workspace.path, 'import', 'lost-pixel', 'old');
    expect(exitCode).toBe(0);
    expect(await configOf(workspace)).toBe(`base-url: http://localhost:6006
engine: local
discover:
  storybook: true
viewports: [320x720, 768x720]
mask: [.clock]`);
    expect(stdout).toContain('Written: visual-capture.yml with all stories');
    expect(stdout).toContain('the folder ./storybook-static is not served by itself; serve it at http://localhost:6006');
    expect(stdout).toContain(
      '.lostpixel/baseline/button--primary.png: pictures of stories are named in another way here; take new ones',
    );
    expect(stdout).toContain('ladleShots: stories of Ladle are not found by themselves');
    expect(stdout).not.toContain('secret-of-mine');
  });
});

describe('import playwright', () => {
  it('takes the pictures of Chrome on one system, by file, name and project, and leaves the addresses to be filled in', async () => {
    await using workspace = await sampleOf('playwright');
    const { exitCode, stdout, stderr } = await run(workspace.path, 'import', 'playwright', 'old');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(await configOf(workspace)).toBe(`base-url: http://localhost:4000
engine: local
targets:
  # FILL IN: the page that tests/home.spec.ts looks at there
  - url: /
    name: tests/home/hero
    viewports: [mobile-chrome=393x727, chromium=1280x720]
    full-page: true
  # FILL IN: the page that tests/shop/cart.test.mjs looks at there
  - url: /
    name: tests/shop/cart/part/one-1
    viewports: [200x100]`);
    expect(await baselinesOf(workspace)).toEqual([
      'tests/home/hero/chromium.png',
      'tests/home/hero/mobile-chrome.png',
      'tests/shop/cart/part/one-1/200x100.png',
    ]);
    expect(new Uint8Array(await read(workspace, 'visual-baselines/tests/home/hero/chromium.png'))).toEqual(
      new Uint8Array(pictureAt(0, [1280, 2000])),
    );
    expect(stdout).toContain('hero-webkit-linux.png: pictures are taken by Chrome alone');
    expect(stdout).toContain('hero-chromium-darwin.png: a baseline is of one system');
  });
});

test.each([
  ['visual-capture.yml', 'visual-capture.yml is there already.'],
  ['.github/visual-capture.yml', '.github/visual-capture.yml is there already.'],
  ['visual-baselines/Home page/phone.png', 'visual-baselines/Home page/phone.png is there already.'],
])('import never overwrites: %s is named, and nothing is written', async (path, message) => {
  await using workspace = await sampleOf('backstop');
  await put(workspace, path, 'mine');
  const before = await readdir(workspace.path, { recursive: true });
  const { exitCode, stdout, stderr } = await run(workspace.path, 'import', 'backstop', 'old');
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`Error: ${message} Nothing was written, and nothing is ever overwritten.\n`);
  expect((await readdir(workspace.path, { recursive: true })).sort()).toEqual(before.sort());
  expect((await read(workspace, path)).toString()).toBe('mine');
});

describe('what cannot be imported is one error with its place and the remedy, and nothing is written', () => {
  const scenario = '{"label": "a", "url": "https://a.example/"}';
  it.each([
    [
      'backstop',
      'a.json',
      '{"scenarios": [',
      'a.json is not valid JSON: Unexpected token (line 1, column 16).',
      'Correct the file.',
    ],
    ['backstop', 'a.json', '[]', 'a.json holds no object at its top (line 1).', 'Correct the file.'],
    ['backstop', 'a.json', '['.repeat(200_000), 'a.json is nested too deeply', 'Correct the file.'],
    ['backstop', 'a.json', '{}', 'Nothing in a.json can be carried over.', 'by hand'],
    [
      'backstop',
      'a.js',
      'module.exports = make()',
      'a.js computes what it exports (line 1), and is not run.',
      'JSON.stringify(require(',
    ],
    ['lost-pixel', 'a.ts', 'export const other = {}', 'a.ts exports no object', 'print its object as JSON'],
    [
      'lost-pixel',
      'a.ts',
      '\n\nexport default {{',
      'a.ts cannot be read as JavaScript or TypeScript: Unexpected token (line 3, column 17).',
      'JSON',
    ],
    [
      'backstop',
      'a.json',
      `{"scenarios": [${scenario}], "paths": {"bitmaps_reference": "../pictures"}}`,
      'a.json keeps its pictures at ../pictures, outside of its folder.',
      'Move the pictures',
    ],
    [
      'backstop',
      'a.json',
      `{"scenarios": [${scenario}], "paths": {"bitmaps_reference": "/etc"}}`,
      'a.json keeps its pictures at /etc, outside of its folder.',
      'Move the pictures',
    ],
    ['backstop', 'missing.json', '', 'There is no file or folder other.json.', 'Give the configuration'],
    ['playwright', 'a.txt', '', 'There is no picture in a folder …-snapshots below this folder.', 'Give the folder of the tests'],
  ])('%s %s %#', async (source, file, text, message, fix) => {
    await using workspace = await createWorkspace();
    await put(workspace, file, text);
    const path = source === 'playwright' ? '.' : file.replace('missing', 'other');
    const { exitCode, stdout, stderr } = await run(workspace.path, 'import', source, path);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).toContain('Nothing was written.');
    expect(stderr).toContain(fix);
    expect(await readdir(workspace.path)).toEqual([file]);
  });

  it('a source that is not known', async () => {
    await using workspace = await createWorkspace();
    const { exitCode, stderr } = await run(workspace.path, 'import', 'playwrite', '.');
    expect([exitCode, stderr]).toEqual([2, 'Error: import knows nothing of "playwrite". Did you mean "playwright"?\n']);
  });
});

test('the documentation shows what becomes of a configuration', async () => {
  const page = await readFile(join(import.meta.dirname, '../../docs/import.md'), 'utf8');
  const [before = '', after = ''] = ['json', 'yaml'].map((language) => page.split(`\`\`\`${language}\n`)[1]?.split('\n```')[0]);
  await using workspace = await createWorkspace();
  await put(workspace, 'old/backstop.json', before);
  expect((await run(workspace.path, 'import', 'backstop', 'old/backstop.json')).exitCode).toBe(0);
  expect(await configOf(workspace)).toBe(after);
});
