import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { find, page, startDiscoverySite } from './support.ts';

const links = (...paths: readonly string[]) => page(paths.map((path) => `<a href="${path}">x</a>`).join(''));

describe('crawl', () => {
  it('finds the pages that are so many links away, each asked for once', async () => {
    await using site = await startDiscoverySite({
      '/': links('/a', '/b', '/a#top', '/'),
      '/a': links('/a/deep', '/b'),
      '/b': links('/'),
      '/a/deep': links('/a/deep/deeper'),
      '/a/deep/deeper': links(),
    });
    expect((await find({ crawl: { depth: 1 } }, site.url)).urls).toEqual(['/', '/a', '/b']);
    const before = site.requests.length;
    expect((await find({ crawl: { depth: 2 } }, site.url)).urls).toEqual(['/', '/a', '/a/deep', '/b']);
    expect(site.requests.slice(before + 1).map(({ url }) => url)).toEqual(['/', '/a', '/b', '/a/deep']);
  });

  it('stays at the origin and in the folder of base-url', async () => {
    await using other = await startDiscoverySite({ '/': links() });
    await using site = await startDiscoverySite({
      '/pr-7/': links('/pr-7/a', '/other', `${other.url}/`, 'mailto:a@b.example', 'javascript:void 0'),
      '/pr-7/a': links('..', '../../outside'),
    });
    expect((await find({ crawl: { depth: 3 } }, `${site.url}/pr-7/`)).urls).toEqual(['/', '/a']);
    expect([other.requests, site.asked]).toEqual([[], ['/pr-7/', '/pr-7/a']]);
  });

  it('never asks for what signs out, for files, and for what is excluded', async () => {
    await using site = await startDiscoverySite({
      '/': links('/logout', '/report.pdf', '/docs/api', '/docs'),
      '/docs': links('/auth?action=sign-out'),
    });
    const found = await find({ crawl: { depth: 2 }, exclude: ['/docs/api/**'] }, site.url);
    expect(found.urls).toEqual(['/', '/docs']);
    expect(site.asked).toEqual(['/', '/docs']);
    expect(found.reasons).toEqual([
      ['/logout', 'sign-out'],
      ['/report.pdf', 'no-page'],
      ['/docs/api', 'excluded'],
      ['/auth?action=sign-out', 'sign-out'],
    ]);
  });

  it('goes through pages that are not included to those that are', async () => {
    await using site = await startDiscoverySite({ '/': links('/docs'), '/docs': links('/docs/a'), '/docs/a': links() });
    const found = await find({ crawl: { depth: 2 }, include: ['/docs/*'] }, site.url);
    expect([found.urls, found.reasons]).toEqual([
      ['/docs/a'],
      [
        ['/', 'not-included'],
        ['/docs', 'not-included'],
      ],
    ]);
  });

  it('follows so many queries of one path', async () => {
    const days = Array.from({ length: 40 }, (_, index) => `/calendar?day=${index}`);
    await using site = await startDiscoverySite({ '/': links(...days), '/calendar': links(...days) });
    const found = await find({ crawl: { depth: 5 } }, site.url);
    expect(found.urls).toHaveLength(11);
    expect(found.reasons.filter(([, kind]) => kind === 'queries')).toHaveLength(30);
  });

  it('takes a page under the address that it redirects to, once', async () => {
    await using site = await startDiscoverySite({
      '/': links('/old', '/new', '/older'),
      '/old': (_, response) => response.writeHead(301, { location: '/new' }).end(),
      '/older': (_, response) => response.writeHead(302, { location: '/old' }).end(),
      '/new': links(),
    });
    const found = await find({ crawl: { depth: 1 } }, site.url);
    expect([found.urls, found.reasons]).toEqual([
      ['/', '/new'],
      [
        ['/old', 'same-page'],
        ['/older', 'same-page'],
      ],
    ]);
  });

  it('leaves out a page whose canonical address is another one that was found', async () => {
    await using site = await startDiscoverySite({
      '/': links('/shoes?sort=price', '/shoes', '/alone'),
      '/shoes': page('', '<link rel="canonical" href="https://www.shop.example/shoes">'),
      '/alone': page('', '<link rel="canonical" href="https://www.shop.example/nowhere">'),
    });
    const found = await find({ crawl: { depth: 1 } }, site.url);
    expect([found.urls, found.reasons]).toEqual([['/', '/alone', '/shoes'], [['/shoes?sort=price', 'canonical']]]);
  });

  it('leaves out broken links, what is no HTML, and what leads to a sign-on page', async () => {
    await using site = await startDiscoverySite({
      '/': links('/gone', '/feed', '/account'),
      '/feed': (_, response) => response.writeHead(200, { 'content-type': 'application/rss+xml' }).end('<rss/>'),
      '/account': (_, response) => response.writeHead(302, { location: 'http://sso.example/login' }).end(),
    });
    const found = await find({ crawl: { depth: 1 } }, site.url);
    expect(found.leftOut.map(({ what, reason }) => [what, reason])).toEqual([
      ['/gone', { kind: 'answered', detail: '404' }],
      ['/feed', { kind: 'no-page', detail: 'application/rss+xml' }],
      ['/account', { kind: 'leads-away', detail: 'http://sso.example' }],
    ]);
  });

  it('asks once more for a page that the server cannot give, and then finds nothing rather than less', async () => {
    let times = 0;
    const broken = (until: number) => (_: IncomingMessage, response: ServerResponse) => {
      times += 1;
      response.writeHead(times < until ? 500 : 200, { 'content-type': 'text/html' }).end();
    };
    await using passing = await startDiscoverySite({ '/': links('/a'), '/a': broken(2) });
    expect((await find({ crawl: { depth: 1 } }, passing.url)).urls).toEqual(['/', '/a']);
    times = 0;
    await using lasting = await startDiscoverySite({ '/': links('/a'), '/a': broken(100) });
    expect((await find({ crawl: { depth: 1 } }, lasting.url)).problems).toEqual([
      'The crawl found /a, which answered with HTTP 500.',
    ]);
  });

  it('of a page that is none cannot begin', async () => {
    await using site = await startDiscoverySite({ '/': (_, response) => response.writeHead(401).end() });
    const [problem] = (await find({ crawl: { depth: 1 } }, site.url)).problems;
    expect(problem).toMatch(
      `The crawl cannot begin: ${site.url}/ answered with HTTP 401: it may not be read without signing in.`,
    );
  });

  it('of a site of 5,000 pages ends where there are too many, and says so', async () => {
    const paths = Array.from({ length: 5_000 }, (_, index) => `/page-${index}`);
    await using site = await startDiscoverySite({
      '/': links(...paths.slice(0, 600)),
      ...Object.fromEntries(paths.map((path, index) => [path, links(...paths.slice(index * 7, index * 7 + 7))])),
    });
    expect((await find({ crawl: { depth: 10 } }, site.url)).problems).toEqual([
      'discover found at least 601 targets, more than the 500 that its max allows. Leave some out with include and exclude, or raise max.',
    ]);
    expect(site.asked).toHaveLength(601);
  });
});
