import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type Served, serve } from './serve.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.css': 'text/css',
};

/** A folder as a static host serves it. */
export function serveFolder(folder: string): Promise<Served> {
  return serve(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const path = join(folder, decodeURIComponent(pathname), pathname.endsWith('/') ? 'index.html' : '');
    const bytes = await readFile(path).catch(() => undefined);
    response.writeHead(bytes === undefined ? 404 : 200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' });
    response.end(bytes ?? 'Not found');
  });
}
