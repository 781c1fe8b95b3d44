import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { find, page, sitemapIndex, startDiscoverySite, urlset } from './support.ts';

const production = 'https://www.shop.example';

describe('sitemap: true', () => {
  it('reads the sitemaps that robots.txt names, from the preview, and takes the pages of production for the preview’s', async () => {
    await using site = await startDiscoverySite({
      '/robots.txt': `Sitemap: ${production}/one.xml\nSitemap: ${production}/two.xml\n`,
      '/one.xml': urlset(`${production}/`, `${production}/docs?utm_source=x`),
      '/two.xml': urlset(`${production}/about`),
    });
    const found = await find({ sitemap: true }, site.url);
    expect(found.urls).toEqual(['/', '/about', '/docs']);
    expect(site.asked).toEqual(['/robots.txt', '/one.xml', '/two.xml']);
    expect(found.notes).toEqual([
      `The sitemap names ${production} (3 pages); these pages are captured at ${site.url}, the origin of base-url.`,
    ]);
  });

  it('reads /sitemap.xml where robots.txt names none', async () => {
    await using site = await startDiscoverySite({
      '/robots.txt': 'User-agent: *\nDisallow: /',
      '/sitemap.xml': urlset(`${production}/a`),
    });
    expect((await find({ sitemap: true }, site.url)).urls).toEqual(['/a']);
  });

  it('finds nothing rather than something else where robots.txt cannot be had', async () => {
    let times = 0;
    await using site = await startDiscoverySite({
      // The first question is whether the preview is awake.
      '/robots.txt': (_, response) => {
        times += 1;
        response.writeHead(times === 1 ? 200 : 500).end();
      },
      '/sitemap.xml': urlset('/a'),
    });
    expect((await find({ sitemap: true }, site.url)).problems).toEqual([`${site.url}/robots.txt answered with HTTP 500.`]);
  });

  it('reads that of a preview in a folder, and leaves out what lies beside it', async () => {
    await using site = await startDiscoverySite({
      '/pr-7/sitemap.xml': (request, response) =>
        response
          .writeHead(200, { 'content-type': 'application/xml' })
          .end(urlset(`${production}/a`, `http://${request.headers.host}/pr-7/b`, `http://${request.headers.host}/other`)),
    });
    const found = await find({ sitemap: true }, `${site.url}/pr-7/`);
    expect(found.urls).toEqual(['/a', '/b']);
    expect(found.reasons).toEqual([[`${site.url}/other`, 'outside-base']]);
  });
});

describe('sitemap', () => {
  it('follows indexes, each sitemap once, in the order of their addresses', async () => {
    await using site = await startDiscoverySite({
      '/index.xml': sitemapIndex('/b.xml.gz', '/nested.xml', '/index.xml', '/b.xml.gz'),
      '/nested.xml': sitemapIndex('/a.xml'),
      '/a.xml': urlset('/z', '/a'),
      '/b.xml.gz': gzipSync(urlset('/b', '/a')),
    });
    const found = await find({ sitemap: '/index.xml' }, site.url);
    expect([found.urls, found.problems]).toEqual([['/a', '/b', '/z'], []]);
    expect(site.asked.toSorted()).toEqual(['/a.xml', '/b.xml.gz', '/index.xml', '/nested.xml']);
  });

  it('on another host is read there, without what opens the preview', async () => {
    await using other = await startDiscoverySite({ '/sitemap.xml': urlset('/a') });
    await using site = await startDiscoverySite({});
    const found = await find({ sitemap: `${other.url}/sitemap.xml` }, site.url, { 'x-bypass': 'hunter2' });
    expect(found.urls).toEqual(['/a']);
    expect(other.requests.map(({ headers }) => headers['x-bypass'])).toEqual([undefined, undefined]);
    expect(site.requests).toEqual([]);
  });

  it('of a protected preview is read with its headers, and with the query of base-url', async () => {
    await using site = await startDiscoverySite({ '/sitemap.xml?token=t': urlset('/a') });
    const found = await find({ sitemap: '/sitemap.xml' }, `${site.url}/?token=t`, { 'x-bypass': 'hunter2' });
    expect(found.urls).toEqual(['/a']);
    expect(site.requests.map(({ headers }) => headers['x-bypass'])).toEqual(['hunter2', 'hunter2']);
  });

  it('leaves out what is no page, and says why', async () => {
    await using site = await startDiscoverySite({
      '/s.xml': urlset('/a', '/a/', '/report.pdf', '/logout', 'ftp://b.example/a', '/docs/api/x', '/blog'),
    });
    const found = await find(
      { sitemap: '/s.xml', include: ['/a/**', '/docs/**', '/*.pdf', '/logout'], exclude: ['/docs/api/**'] },
      site.url,
    );
    expect(found.urls).toEqual(['/a']);
    expect(found.reasons).toEqual([
      ['/report.pdf', 'no-page'],
      ['/logout', 'sign-out'],
      ['ftp://b.example/a', 'not-web'],
      ['/docs/api/x', 'excluded'],
      ['/blog', 'not-included'],
      ['/a/', 'same-page'],
    ]);
  });

  test.each([
    ['that is not there', {}, 'answered with HTTP 404.'],
    ['that is a page', { '/s.xml': page('Sign in') }, 'is an HTML page, and no sitemap.'],
    ['that ends in the middle', { '/s.xml': urlset('/a', '/b').slice(0, -20) }, 'is not well-formed XML: <loc> is not closed.'],
    ['that is no gzip', { '/s.xml': Buffer.from([0x1f, 0x8b, 0, 0]) }, 'begins as a gzip file and cannot be unpacked.'],
    [
      'that unpacks to more than a sitemap may have',
      { '/s.xml': gzipSync(Buffer.alloc(52_428_801)) },
      'is larger than the 52.4 MB that are read of it, once unpacked.',
    ],
    [
      'of an index whose part is missing',
      { '/s.xml': sitemapIndex('/a.xml', '/b.xml'), '/a.xml': urlset('/a') },
      'answered with HTTP 404.',
    ],
  ])('%s is a problem that names it', async (_, answers, problem) => {
    await using site = await startDiscoverySite(answers);
    const found = await find({ sitemap: '/s.xml' }, site.url);
    expect(found.problems).toEqual([expect.stringMatching(`^The sitemap ${site.url}/[sb].xml `)]);
    expect(found.problems[0]?.replace(/^The sitemap \S+ /, '')).toBe(problem);
  });

  test.each([401, 403])('that is protected with %d tells how it is opened', async (status) => {
    await using site = await startDiscoverySite({ '/s.xml': (_, response) => response.writeHead(status).end() });
    expect((await find({ sitemap: '/s.xml' }, site.url)).problems[0]).toContain('set page-headers');
  });

  it('that leads to a sign-on page elsewhere names it', async () => {
    await using site = await startDiscoverySite({
      '/s.xml': (_, response) => response.writeHead(302, { location: 'http://sso.example/login?back=1' }).end(),
    });
    const [problem] = (await find({ sitemap: '/s.xml' }, site.url)).problems;
    expect(problem).toContain('leads to another site, http://sso.example, most likely a sign-on page');
  });

  it('may have 50,000 entries; how many there are is told', async () => {
    const urls = Array.from({ length: 50_000 }, (_, index) => `/page-${index}`);
    await using site = await startDiscoverySite({
      '/s.xml': gzipSync(urlset(...urls)),
      '/more.xml': gzipSync(urlset(...urls, '/one-more')),
    });
    expect((await find({ sitemap: '/s.xml' }, site.url)).problems).toEqual([
      'discover found 50,000 targets, more than the 500 that its max allows. Leave some out with include and exclude, or raise max.',
    ]);
    expect((await find({ sitemap: '/s.xml', max: 50_000 }, site.url)).urls).toHaveLength(50_000);
    expect((await find({ sitemap: '/more.xml' }, site.url)).problems[0]).toContain('has 50,001 entries, more than the 50,000');
  });

  it('is read of a site of 5,000 pages in parts', async () => {
    const part = (nth: number) => urlset(...Array.from({ length: 100 }, (_, index) => `${production}/${nth}/page-${index}`));
    const parts = Object.fromEntries(Array.from({ length: 50 }, (_, nth) => [`/part-${nth}.xml`, part(nth)]));
    await using site = await startDiscoverySite({
      '/s.xml': sitemapIndex(...Object.keys(parts).map((path) => production + path)),
      ...parts,
    });
    expect((await find({ sitemap: '/s.xml', max: 5_000 }, site.url)).urls).toHaveLength(5_000);
  });

  it('indexes that name each other without end do', async () => {
    await using site = await startDiscoverySite(
      Object.fromEntries(Array.from({ length: 20 }, (_, nth) => [`/${nth}.xml`, sitemapIndex(`/${nth + 1}.xml`)])),
    );
    expect((await find({ sitemap: '/0.xml' }, site.url)).problems).toEqual([
      `The sitemap ${site.url}/3.xml is an index of an index of an index. Name one of its sitemaps in discover: sitemap.`,
    ]);
    expect(site.asked).toHaveLength(4);
  });
});
