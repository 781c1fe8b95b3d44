import { serve } from '../../test/helpers/serve.ts';

/** What a change does to the site: rules that come last in the style sheet, and other parts of pages. */
export interface SiteChange {
  readonly style?: string;
  readonly banner?: string;
  readonly nav?: readonly string[];
  readonly footer?: string;
  /** What stands in the text of single pages, and what in its place. */
  readonly words?: Readonly<Record<string, readonly [string, string]>>;
  /** Pages whose text says something else, in about as many words. */
  readonly rewritten?: readonly string[];
}

const sections = ['Products', 'Prices', 'Blog', 'Help'];

interface SitePage {
  readonly title: string;
  /** The entry of the menu that is marked as the current one. */
  readonly section?: string;
  readonly body: string;
}

const vocabulary =
  'rain wind roof cloud meter storm sensor chart valley harbour morning signal garden winter copper needle'.split(' ');
const words = (seed: number, count: number): string =>
  Array.from({ length: count }, (_, at) => vocabulary[(seed * 7 + at * (seed + 3)) % vocabulary.length]).join(' ');
/** Each word of the vocabulary becomes the next but four. */
const rewrite = (text: string): string =>
  text.replace(new RegExp(`\\b(${vocabulary.join('|')})\\b`, 'g'), (word) =>
    String(vocabulary[(vocabulary.indexOf(word) + 5) % vocabulary.length]),
  );
const article = (seed: number, paragraphs: number): string =>
  Array.from(
    { length: paragraphs },
    (_, at) => `<h2>${words(seed + at, 3)}</h2><p>${words(seed * 2 + at, 40)}. <a href="#">${words(seed + at, 2)}</a></p>`,
  ).join('');
const cards = (seed: number, count: number): string =>
  `<div class="cards">${Array.from({ length: count }, (_, at) => `<div class="card"><h3>${words(seed + at, 2)}</h3><p>${words(seed + 2 * at, 12)}</p><a class="button" href="#">Order</a></div>`).join('')}</div>`;

/** Ten pages, each of its own length, of which most have an entry in the menu. */
const pages: Readonly<Record<string, SitePage>> = {
  index: {
    title: 'Know the weather',
    body: `<div class="hero"><h1>Know the weather</h1><p>${words(1, 14)}</p><a class="button" href="#">Order</a></div>${cards(3, 6)}`,
  },
  products: { title: 'Products', section: 'Products', body: `<h1>Products</h1>${cards(11, 9)}` },
  'products/roof': { title: 'Roof station', section: 'Products', body: `<h1>Roof station</h1>${article(5, 4)}` },
  'products/garden': { title: 'Garden station', section: 'Products', body: `<h1>Garden station</h1>${article(8, 6)}` },
  prices: { title: 'Prices', section: 'Prices', body: `<h1>Prices</h1><p class="price">€19 a month</p>${cards(21, 3)}` },
  blog: { title: 'Blog', section: 'Blog', body: `<h1>Blog</h1>${article(13, 8)}` },
  'blog/winter': { title: 'A winter on the roof', section: 'Blog', body: `<h1>A winter on the roof</h1>${article(17, 5)}` },
  help: { title: 'Help', section: 'Help', body: `<h1>Help</h1>${article(23, 7)}` },
  about: { title: 'About', body: `<h1>About</h1><p>Three people and a roof in Bergen.</p>${article(29, 3)}` },
  imprint: { title: 'Imprint', body: `<h1>Imprint</h1>${article(31, 2)}` },
};

export const pageNames: readonly string[] = Object.keys(pages);

function render(
  name: string,
  { title, section, body }: SitePage,
  { style = '', banner = '', nav = sections, footer, words: swapped, rewritten = [] }: SiteChange,
): string {
  const [from, to] = swapped?.[name] ?? ['', ''];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>
* { box-sizing: border-box }
body { margin: 0; font: 16px/24px sans-serif; color: #1f2937 }
header { display: flex; gap: 24px; align-items: center; height: 64px; padding: 0 32px; border-bottom: 1px solid #e5e7eb; background: #fff }
header b { margin-right: auto }
header span[aria-current] { color: #1d4ed8; font-weight: bold }
main { max-width: 960px; margin: 0 auto; padding: 32px 24px }
h1 { font-size: 36px; line-height: 44px; margin: 0 0 16px }
a { color: #1d4ed8 }
.hero { margin: -32px -24px 32px; padding: 48px 24px; background: #eff6ff }
.price { font-size: 28px }
.button { display: inline-block; padding: 8px 20px; border-radius: 6px; background: #1d4ed8; color: #fff; text-decoration: none }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 24px }
.card { border: 1px solid #e5e7eb; border-radius: 10px; padding: 20px }
.banner { padding: 10px 32px; background: #fef3c7 }
footer { padding: 32px; background: #f3f4f6; color: #4b5563 }
@media (max-width: 600px) { header { gap: 10px; padding: 0 12px; font-size: 14px } .cards { grid-template-columns: 1fr } }
${style}</style></head><body>
${banner === '' ? '' : `<div class="banner">${banner}</div>`}
<header><b>Nimbus</b>${nav.map((entry) => `<span${entry === section ? ' aria-current="page"' : ''}>${entry}</span>`).join('')}</header>
<main>${rewritten.includes(name) ? rewrite(body) : from === '' ? body : body.replace(from, to)}</main>
<footer>${footer ?? 'Nimbus Weather Instruments, Bergen. © 2025'}</footer></body></html>`;
}

export interface Site extends AsyncDisposable {
  readonly url: string;
  /** From now on the site has this change. */
  show(change: SiteChange): void;
}

export async function startSite(): Promise<Site> {
  let shown: SiteChange = {};
  const server = await serve((request, response) => {
    const name = (request.url ?? '/').slice(1) || 'index';
    const found = pages[name];
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(found === undefined ? 'No such page' : render(name, found, shown));
  });
  return {
    url: server.url,
    show: (change) => {
      shown = change;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
