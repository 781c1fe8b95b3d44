import { describe, expect, it } from 'vitest';
import { type DiscoverySite, sitemapIndex, startDiscoverySite, urlset } from '../discover/support.ts';
import { cliSource, createWorkspace, put, runBundle } from '../helpers/bundle.ts';

const config =
  'engine: local\ndiscover:\n  sitemap: true\n  exclude: ["/docs/api/**"]\ntargets: [{url: /pricing, name: prices}]\n';

async function run(command: string, yaml: string, site: DiscoverySite, ...args: readonly string[]) {
  await using workspace = await createWorkspace();
  await put(workspace, 'visual-capture.yml', yaml);
  await put(workspace, 'visual-baselines/docs/1280x800.png', 'a picture');
  const finished = await runBundle(cliSource, { cwd: workspace.path, args: [command, '--base-url', site.url, ...args] });
  return { ...finished, lines: finished.stdout.split('\n') };
}

const startShop = (): Promise<DiscoverySite> =>
  startDiscoverySite({ '/sitemap.xml': urlset('/', '/docs', '/docs/api/a', '/docs/api/b', '/pricing', '/files/a.pdf') });

describe('discover', () => {
  it('prints what is found, a target a line, as urls takes it', async () => {
    await using site = await startShop();
    const { exitCode, stdout, stderr } = await run('discover', config, site);
    expect([exitCode, stdout]).toEqual([0, `prices = ${site.url}/pricing\nindex = ${site.url}/\ndocs = ${site.url}/docs\n`]);
    expect(stderr).toBe('discover has found 3 targets, and left out 3 others.\n');
  });

  it('says with --verbose what was left out, and why', async () => {
    await using site = await startShop();
    expect((await run('discover', config, site, '--verbose')).stderr).toContain(
      'Left out:\n/docs/api/a  (sitemap: excluded by exclude)\n/docs/api/b  (sitemap: excluded by exclude)\n/files/a.pdf  (sitemap: not a page (.pdf))\n',
    );
  });

  it('prints both with --json', async () => {
    await using site = await startShop();
    const { found, leftOut } = JSON.parse((await run('discover', config, site, '--json')).stdout);
    expect(found[1]).toEqual({ name: 'index', url: `${site.url}/`, by: 'sitemap' });
    expect(leftOut[2]).toEqual({ what: '/files/a.pdf', by: 'sitemap', kind: 'no-page', reason: 'not a page (.pdf)' });
  });

  it('takes its sources from the command line as well', async () => {
    await using site = await startDiscoverySite({ '/': '<a href="/a">a</a>', '/a': '' });
    const { stdout } = await run('discover', 'engine: local\n', site, '--discover', 'crawl');
    expect(stdout).toBe(`index = ${site.url}/\na = ${site.url}/a\n`);
  });

  it('says so where it is not set', async () => {
    await using site = await startShop();
    const { exitCode, stderr } = await run('discover', 'engine: local\nallow-empty: true\n', site);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('discover is not set. Say where to look, for example --discover sitemap'),
    ]);
  });

  it('tells all that cannot be read in one message, with the line of discover, and captures nothing', async () => {
    await using site = await startDiscoverySite({
      '/sitemap.xml': sitemapIndex('/a.xml', '/b.xml'),
      '/a.xml': 'Sign in, please',
    });
    for (const command of ['discover', 'plan', 'check']) {
      const { exitCode, stderr, stdout } = await run(command, config.replace('true', 'true\n  storybook: true'), site);
      expect([exitCode, stdout]).toEqual([2, '']);
      expect(stderr).toBe(
        `Error: 3 inputs are wrong; nothing was captured:
  - visual-capture.yml:2: The sitemap ${site.url}/a.xml is neither XML nor a list of addresses, one a line.
  - visual-capture.yml:2: The sitemap ${site.url}/b.xml answered with HTTP 404.
  - visual-capture.yml:2: The index of the Storybook, ${site.url}/index.json, answered with HTTP 404.
`,
      );
    }
  });
});

describe('plan', () => {
  it('tells how each page was found, and what was left out', async () => {
    await using site = await startShop();
    const { lines, exitCode } = await run('plan', config, site);
    expect(exitCode).toBe(0);
    expect(lines.slice(0, 11)).toEqual([
      `prices/1280x800  ${site.url}/pricing  (new, found by sitemap)`,
      `index/1280x800   ${site.url}/  (new, found by sitemap)`,
      `docs/1280x800    ${site.url}/docs  (has a baseline, found by sitemap)`,
      '',
      'Browser: one of this machine, which a run looks for when it starts.',
      '',
      'Left out by discover (visual-capture discover --verbose tells all of it):',
      '  /docs/api/a  (sitemap: excluded by exclude)',
      '  /docs/api/b  (sitemap: excluded by exclude)',
      '  /files/a.pdf  (sitemap: not a page (.pdf))',
      '',
    ]);
  });

  it('of a shard takes its share of what is found', async () => {
    await using site = await startShop();
    const shards = await Promise.all(['1/3', '2/3', '3/3'].map((shard) => run('plan', config, site, '--shard', shard)));
    expect(shards.map(({ lines }) => lines[0]?.split('/')[0]).sort()).toEqual(['docs', 'index', 'prices']);
  });
});
