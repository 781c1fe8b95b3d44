/**
 * The built-in engine once it runs: as many requests at once as it takes, after a first picture that is not counted.
 * Started by run.ts with the site's address and the browser's path; prints how long the captures took.
 */
import { locateBundles } from '../../src/check/bundles.ts';
import { pageCount, viewports } from './pages.ts';

const [siteUrl = '', browserPath = ''] = process.argv.slice(2);
const log = { debug() {}, info() {}, warn: console.error, error: console.error, startGroup() {}, endGroup() {} };
const { startEngine } = await locateBundles(new URL('../../dist/', import.meta.url)).engine();
await using engine = await startEngine({ log, browserPath, allowPrivate: true });
const captures = Array.from({ length: pageCount }, (_, page) => viewports.map((viewport) => ({ page, viewport }))).flat();

async function capture({ page, viewport }: (typeof captures)[number]): Promise<void> {
  const response = await fetch(engine.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${engine.apiKey}` },
    body: JSON.stringify({ url: `${siteUrl}/${page}`, viewport, fullPage: true }),
  });
  if (!response.ok) {
    throw new Error(await response.text());
  }
  await response.bytes();
}

const [first] = captures;
if (first !== undefined) {
  await capture(first);
}
const startMs = performance.now();
let next = 0;
async function work(): Promise<void> {
  for (let one = captures[next++]; one !== undefined; one = captures[next++]) {
    await capture(one);
  }
}
await Promise.all(Array.from({ length: engine.capacity }, work));
console.log(JSON.stringify({ capturesMs: performance.now() - startMs }));
