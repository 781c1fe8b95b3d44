import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Network } from '../../../src/engine/guard/network.ts';
import { type Answer, startTestEngine, type TestEngine } from '../support/engine.ts';
import { type Site, startSite } from '../support/site.ts';

/**
 * The public internet of these tests is one server on this machine: every name below `.example` resolves to a public
 * address, and connections to public addresses lead there. The same server is also the private one, under its real
 * address, so that it sees every request that gets past the guard.
 */
let site: Site;
let udp: UdpSocket;
let udpPackets = 0;
let guarded: TestEngine;

const privateUrl = (path: string): string => `http://127.0.0.1:${site.port}${path}`;

beforeAll(async () => {
  site = await startSite({
    '/page': '<h1>public</h1>',
    '/slow.png': (_, response) => setTimeout(() => response.writeHead(404).end(), 700),
    '/redirect': (_, response) => response.writeHead(302, { location: privateUrl('/secret') }).end(),
    '/metadata': (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end(),
    '/by-script': (_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<script>location.replace('${privateUrl('/secret')}')</script>`),
    '/by-meta': (_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<meta http-equiv="refresh" content="0;url=${privateUrl('/secret')}">`),
  });
  udp = createSocket('udp4', () => {
    udpPackets += 1;
  });
  udp.bind(0, '127.0.0.1');
  await once(udp, 'listening');
  const network: Network = {
    lookup: async (hostname) => {
      if (hostname === 'private.example') {
        return [{ address: '10.0.0.7', family: 4 }];
      }
      if (hostname.endsWith('.example')) {
        return [{ address: '93.184.216.34', family: 4 }];
      }
      throw new Error(`no such name: ${hostname}`);
    },
    connect: () => connect(site.port, '127.0.0.1'),
  };
  guarded = await startTestEngine({ allowPrivate: false, network });
});

afterAll(async () => {
  await guarded[Symbol.asyncDispose]();
  udp.close();
  await site[Symbol.asyncDispose]();
});

const seen = (): string[] => site.requests.filter((request) => request.includes('secret') || request.startsWith('127.'));

test('a public page is captured', async () => {
  expect(await guarded.ask({ url: 'http://site.example/page' })).toMatchObject({ code: 'picture' });
});

test.each([
  [
    'a name that resolves to a private address',
    'http://private.example/',
    'private.example resolves to an address that is not public',
  ],
  ['a name that does not resolve', 'http://nowhere.invalid/', 'no such name'],
  [
    'a redirect to a private address',
    'http://site.example/redirect',
    'leads to an address that is not public: 127.0.0.1 is a loopback',
  ],
  ['a redirect to the metadata service', 'http://site.example/metadata', '169.254.169.254 is a cloud metadata address'],
  ['a script that goes to a private address', 'http://site.example/by-script', 'could not be loaded'],
])('%s is bad_request', async (_, url, message) => {
  expect(await guarded.ask({ url })).toMatchObject({
    status: 400,
    code: 'bad_request',
    message: expect.stringContaining(message),
  });
  expect(seen()).toEqual([]);
});

test('a page that is refreshed to a private address never shows that', async () => {
  // Whether the refresh or the picture comes first is the page's timing; what counts is that nothing private is reached.
  expect(['picture', 'bad_request']).toContain((await guarded.ask({ url: 'http://site.example/by-meta' })).code);
  expect(seen()).toEqual([]);
});

describe('what a page loads', () => {
  /** Each way asks for a path of its own, so that one capture shows which ways are open. */
  const ways = {
    image: `<img src="${secret('image')}">`,
    imageByIpv6: '<img src="http://[::ffff:127.0.0.1]:PORT/secret-imageByIpv6">',
    imageByName: '<img src="http://localhost:PORT/secret-imageByName">',
    frame: `<iframe src="${secret('frame')}"></iframe>`,
    styleSheet: `<link rel="stylesheet" href="${secret('styleSheet')}">`,
    font: `<style>@font-face { font-family: x; src: url(${secret('font')}) } body { font-family: x }</style>text`,
    prefetch: `<link rel="prefetch" href="${secret('prefetch')}">`,
    fetch: `<script>fetch('${secret('fetch')}', { mode: 'no-cors' }).catch(() => 0)</script>`,
    beacon: `<script>navigator.sendBeacon('${secret('beacon')}', 'x')</script>`,
    webSocket: `<script>new WebSocket('${secret('webSocket').replace('http', 'ws')}')</script>`,
    eventSource: `<script>new EventSource('${secret('eventSource')}')</script>`,
    worker: `<script>new Worker(URL.createObjectURL(new Blob(["fetch('${secret('worker')}', { mode: 'no-cors' })"])))</script>`,
    form: `<form id="f" method="post" target="x" action="${secret('form')}"></form><iframe name="x"></iframe><script>f.submit()</script>`,
    window: `<script>open('${secret('window')}')</script>`,
    webRtc: `<script>
      const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:UDP' }] });
      peer.createDataChannel('x');
      peer.createOffer().then((offer) => peer.setLocalDescription(offer));
    </script>`,
  } as const;

  function secret(way: string): string {
    return `http://127.0.0.1:PORT/secret-${way}`;
  }

  /** The ways that led to this machine. The picture at the end keeps the page loading until all had their chance. */
  async function reached(engine: TestEngine, slowPicture: string): Promise<string[]> {
    const from = site.requests.length;
    udpPackets = 0;
    const html = `<!doctype html>${Object.values(ways).join('\n')}<img src="${slowPicture}">`
      .replaceAll('PORT', String(site.port))
      .replaceAll('UDP', String(udp.address().port));
    expect(await engine.ask({ html })).toMatchObject({ code: 'picture' });
    const requests = site.requests.slice(from);
    expect(requests.some((request) => request.endsWith('/slow.png'))).toBe(true);
    const byTcp = Object.keys(ways).filter((way) => requests.some((request) => request.endsWith(`/secret-${way}`)));
    return [...byTcp, ...(udpPackets > 0 ? ['webRtc'] : [])];
  }

  test('cannot reach a private address in any way', async () => {
    expect(await reached(guarded, 'http://site.example/slow.png')).toEqual([]);
  });

  test('reaches it in every way when private addresses are allowed, so the test above can fail', async () => {
    await using open = await startTestEngine();
    expect(await reached(open, `${site.origin}/slow.png`)).toEqual(Object.keys(ways));
  });

  test('never shows a local file, also where private addresses are allowed', async () => {
    await using open = await startTestEngine();
    for (const engine of [guarded, open]) {
      const files = '<img src="file:///PATH"><iframe src="file:///PATH"></iframe><object data="file:///PATH"></object>';
      const of = (path: string): Promise<Answer> => engine.ask({ html: files.replaceAll('PATH', path) });
      const [real, none] = [await of('etc/passwd'), await of('no/such/file')];
      expect([real.code, none.code]).toEqual(['picture', 'picture']);
      // Nothing of the file that exists is in the picture.
      expect(real.bytes.equals(none.bytes)).toBe(true);
    }
  });
});
