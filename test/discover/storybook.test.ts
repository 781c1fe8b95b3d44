import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it, test } from 'vitest';
import type { Report } from '../../src/results/model.ts';
import { cliSource, createWorkspace, put, runBundle } from '../helpers/bundle.ts';
import { serveFolder } from '../helpers/serve-folder.ts';
import { browserPath } from '../helpers/test-browser.ts';
import { find } from './support.ts';

/** Built by scripts/build-test-sites.ts: each version that is supported, since the canvas of each tells its state in its own way. */
const storybooks = Object.fromEntries(
  ['7', '8', '9', '10'].map((version) => [version, join(import.meta.dirname, `sites/storybook-${version}`)]),
);

const names = [
  'broken/nothing',
  'broken/portal',
  'broken/slow',
  'broken/throws',
  'ui/alert/info',
  'ui/alert/warning',
  'ui/alert/with-a-long-name',
  'ui/form/filled',
  'ui/form/play-fails',
];

describe.each(Object.entries(storybooks))('Storybook %s', (version, folder) => {
  it('is found by its index, with stories and no docs pages', async () => {
    await using storybook = await serveFolder(folder);
    const found = await find({ storybook: true }, storybook.url);
    expect(found.found.map(({ story }) => story?.name)).toEqual(names);
    expect(found.reasons).toContainEqual(['UI/Form/Not For Pictures', 'skip-tag']);
    expect(found.urls[4]).toBe('/iframe.html?viewMode=story&id=ui-alert--info');
  });

  test.each(['/', '/index.json', '/index.html?path=/story/ui-alert--info', '/stories.json'])('is found at %s', async (path) => {
    await using storybook = await serveFolder(folder);
    // The newer ones write no older form.
    const { problems, found } = await find({ storybook: storybook.url + path }, undefined);
    const isThere = path !== '/stories.json' || version === '7';
    expect([problems.length, found.length]).toEqual(isThere ? [0, names.length] : [1, 0]);
  });

  it('is captured story by story: the canvas alone, once the play function is done; errors are failures with their text', async () => {
    await using storybook = await serveFolder(folder);
    await using workspace = await createWorkspace();
    await put(
      workspace,
      'visual-capture.yml',
      `engine: local
discover: {storybook: true, exclude: ["*/*/with*"]}
targets: [{url: "/iframe.html?viewMode=story&id=ui-alert--gone", name: ui/alert/gone}, {name: ui/alert/warning, viewports: 400x300}]
`,
    );
    // Each canvas loads all of Storybook: on a small machine many at once would not be ready in their time.
    const args = ['check', '--base-url', storybook.url, '--browser-path', browserPath, '--concurrency', '2'];
    const { exitCode, stderr } = await runBundle(cliSource, { cwd: workspace.path, args });
    expect([exitCode, stderr.includes('discover has found 8 targets')]).toEqual([1, true]);
    const read = (path: string) => readFile(join(workspace.path, 'visual-capture', path));
    const report: Report = JSON.parse(await readFile(join(workspace.path, 'visual-capture/results.json'), 'utf8'));
    const of = (name: string) => report.captures.find((capture) => capture.name === name);
    const sizeOf = async (name: string) => {
      const { width, height } = PNG.sync.read(await read(of(name)?.files.actual ?? ''));
      return [width, height];
    };
    expect(report.captures.filter(({ status }) => status === 'added').map(({ name }) => name)).toEqual([
      'ui/alert/warning',
      'broken/nothing',
      'broken/portal',
      'broken/slow',
      'ui/alert/info',
      'ui/form/filled',
    ]);
    // Storybook puts 16 pixels around a story.
    expect(await Promise.all(['ui/alert/info', 'ui/alert/warning', 'broken/slow', 'broken/portal'].map(sizeOf))).toEqual([
      [1248, 48],
      [368, 48],
      [1248, 40],
      [1280, 800],
    ]);
    const filled = PNG.sync.read(await read(of('ui/form/filled')?.files.actual ?? ''));
    expect([...filled.data.subarray(0, 4)]).toEqual([0x1a, 0x7f, 0x37, 255]);
    const errors = Object.fromEntries(report.captures.flatMap(({ name, error }) => (error === undefined ? [] : [[name, error]])));
    expect(errors).toMatchObject({
      'broken/throws': { code: 'page_error', message: 'The story threw an error: No theme was given.' },
      'ui/form/play-fails': {
        code: 'page_error',
        message: 'The play function of the story failed: The field "name" has no label.',
      },
    });
    expect(Object.keys(errors).sort()).toEqual(['broken/throws', 'ui/alert/gone', 'ui/form/play-fails']);
    expect(of('broken/throws')?.files.actual).toBe('actual/broken/throws/1280x800.png');
  });
});

test('a place without a Storybook is a problem that names it', async () => {
  await using folder = await serveFolder(join(import.meta.dirname, 'sites'));
  expect((await find({ storybook: '/6' }, folder.url)).problems).toEqual([
    `The index of the Storybook, ${folder.url}/6/index.json, answered with HTTP 404.`,
  ]);
});
