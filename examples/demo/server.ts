import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { renderSite, type Version } from './site.ts';

/** The demo's site behind an address of this machine. */
export interface DemoSite {
  readonly url: string;
  /** From now on it is served as of this version. */
  show(version: Version): void;
  close(): void;
}

/** Serves the site; port 0 takes any that is free. */
export async function startSite(version: Version, port = 0): Promise<DemoSite> {
  const style = await readFile(new URL('style.css', import.meta.url));
  let pages = renderSite(version);
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const html = pages.get(path);
    if (path === '/style.css') {
      response.writeHead(200, { 'content-type': 'text/css' }).end(style);
    } else {
      response.writeHead(html === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(html ?? 'Not found');
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    show: (shown) => {
      pages = renderSite(shown);
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
