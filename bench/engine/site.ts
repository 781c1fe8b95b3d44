import { readFile } from 'node:fs/promises';
import { type Served, serve } from '../../test/helpers/serve.ts';
import { renderData, renderPage, renderPicture, renderStyle, type SiteKind } from './pages.ts';

/** How long after the request the data of a `late` site comes. */
const lateMs = 600;

/** Serves the sample site on this machine: page n at `/n`. */
export async function startSite(kind: SiteKind, fontPath: string): Promise<Served> {
  const font = await readFile(fontPath);
  return serve(({ url = '/' }, response) => {
    const send = (type: string, body: string | Buffer): void => void response.writeHead(200, { 'content-type': type }).end(body);
    const picture = /^\/picture\/(\d+)\.svg$/.exec(url)?.[1];
    const page = /^\/(\d+)$/.exec(url)?.[1];
    if (page !== undefined) {
      send('text/html; charset=utf-8', renderPage(kind, Number(page)));
    } else if (picture !== undefined) {
      send('image/svg+xml', renderPicture(Number(picture)));
    } else if (url === '/style.css') {
      send('text/css', renderStyle());
    } else if (url === '/font.ttf') {
      send('font/ttf', font);
    } else if (url === '/data.json') {
      setTimeout(() => send('application/json', renderData()), kind === 'late' ? lateMs : 0);
    } else {
      response.writeHead(404).end();
    }
  });
}
