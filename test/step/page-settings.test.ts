import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Site, startSite } from '../engine/support/site.ts';
import { type ArtifactServer, startArtifactServer } from '../helpers/artifact-server.ts';
import { actionSource, createWorkspace, type FinishedStep, put, runStep, type Workspace } from '../helpers/bundle.ts';
import { browserPath } from '../helpers/test-browser.ts';

let site: Site;
let visits = 0;

/**
 * Taller than any window, in dark where the visitor likes that; a banner, a bar as long as the time is late and a block by
 * chance keep two visits from being alike, and a menu opens on hover.
 */
const page = (visit: number): string => `<!doctype html><meta name="viewport" content="width=device-width"><style>
  body { margin: 0; background: white } @media (prefers-color-scheme: dark) { body { background: black } }
  div { height: 40px } #menu { background: gray } #open { display: none; background: teal } #menu:hover + #open { display: block }
  #banner { position: fixed; bottom: 0; left: 0; right: 0; background: hsl(${visit * 40} 90% 50%) }
  #clock, #chance { background: orange } main { height: 1800px }
</style><div id="menu"></div><div id="open"></div><div id="clock"></div><div id="chance"></div><main></main><div id="banner"></div><script>
  clock.style.width = (Date.now() / 100) % 300 + 'px';
  chance.style.width = Math.random() * 300 + 'px';
</script>`;

beforeAll(async () => {
  const answer: Parameters<typeof startSite>[0][string] = (_, response) => {
    visits += 1;
    response.writeHead(200, { 'content-type': 'text/html' }).end(page(visits));
  };
  site = await startSite({ '/a': answer, '/b': answer });
});
afterAll(() => site[Symbol.asyncDispose]());

const settings = `full-page: true
viewports: [400x300, Pixel 5]
color-schemes: [light, dark]
hide: "#banner"
clock: 2026-01-01T12:00:00Z
random: seed
`;
const targets = `targets:
  - /a
  - url: /b
    viewports: [400x300]
    selector: "#open"
    full-page: false
    steps: [{hover: "#menu"}, {wait-for: "#open"}]
`;
const ids = ['a/400x300', 'a/400x300-dark', 'a/pixel-5', 'a/pixel-5-dark', 'b/400x300', 'b/400x300-dark'];

function run(workspace: Workspace, inputs: Record<string, string>, env: Record<string, string> = {}): Promise<FinishedStep> {
  return runStep({
    entry: actionSource,
    workspace,
    env,
    inputs: {
      engine: 'local',
      'browser-path': browserPath,
      'base-url': site.origin,
      'page-check': 'off',
      'upload-artifact': 'false',
      retakes: '0',
      'baseline-takes': '1',
      ...inputs,
    },
  });
}

async function pixelsOf({ path }: Workspace, id: string) {
  const { width, height, data } = PNG.sync.read(await readFile(join(path, 'visual-baselines', `${id}.png`)));
  return { width, height, first: [...data.subarray(0, 3)], last: [...data.subarray(-4, -1)] };
}

describe('settings of a page together', () => {
  it('make equal pictures of pages that are never alike, also in shards', async () => {
    await using artifacts: ArtifactServer = await startArtifactServer();
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-capture.yml', settings + targets);
    const first = await run(workspace, { 'update-baselines': 'true' });
    expect([first.exitCode, first.report?.captures.map(({ id }) => id)], first.stdout).toEqual([0, ids]);

    const [gray, white, black, teal] = [
      [128, 128, 128],
      [255, 255, 255],
      [0, 0, 0],
      [0, 128, 128],
    ];
    expect(await pixelsOf(workspace, 'a/400x300')).toEqual({ width: 400, height: 1920, first: gray, last: white });
    expect(await pixelsOf(workspace, 'a/400x300-dark')).toEqual({ width: 400, height: 1920, first: gray, last: black });
    expect(await pixelsOf(workspace, 'a/pixel-5')).toMatchObject({ width: 3 * 393, last: white });
    expect(await pixelsOf(workspace, 'b/400x300')).toEqual({ width: 400, height: 40, first: teal, last: teal });

    for (const shard of ['1/2', '2/2']) {
      expect((await run(workspace, { shard, 'upload-artifact': 'true' }, artifacts.env)).report?.captures).toHaveLength(3);
    }
    await using merging = await createWorkspace();
    const merged = await runStep({ entry: actionSource, workspace: merging, env: artifacts.env, inputs: { mode: 'merge' } });
    expect(
      merged.report?.captures.map(({ id, status }) => [id, status]),
      merged.stdout,
    ).toEqual(ids.map((id) => [id, 'unchanged']));
  });

  it.each(['hide: "#banner"\n', 'clock: 2026-01-01T12:00:00Z\n', 'random: seed\n'])('differ without %s', async (line) => {
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-capture.yml', `${settings.replace(line, '')}targets: [/a]\n`);
    await run(workspace, { 'update-baselines': 'true', viewports: '400x300' });
    const { report } = await run(workspace, { viewports: '400x300' });
    expect(report?.totals).toMatchObject({ captures: 2, changed: 2 });
  });
});
