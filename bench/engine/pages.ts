/** The sample site's pages: five kinds of page as most sites have them, six of each. The same text at every visit. */
export const allPages = 30;
export const pageCount = Number(process.env['BENCH_PAGES'] ?? allPages);

/** The viewports that each page is captured at. */
export const viewports = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const;

/** `mixed`: every fifth page fetches data after its load event, answered at once. `late`: all do, answered after 600 ms. */
export type SiteKind = 'mixed' | 'late';

const style = `@font-face { font-family: Sample; src: url(/font.ttf) }
* { box-sizing: border-box } body { margin: 0; font: 16px/1.5 Sample, sans-serif; color: #1f2937 }
header { position: sticky; top: 0; display: flex; gap: 24px; padding: 16px 5%; background: #fff; border-bottom: 1px solid #e5e7eb }
main { max-width: 1040px; margin: 0 auto; padding: 24px 5% } h1 { font-size: 40px; line-height: 1.2 }
.hero { padding: 64px 5%; color: #fff; background: #1e3a8a url(/picture/0.svg) center / cover }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 20px }
.card { border: 1px solid #e5e7eb; border-radius: 12px; padding: 16px; box-shadow: 0 2px 8px #0002 }
.card img { width: 100%; height: 140px; object-fit: cover } table { width: 100%; border-collapse: collapse }
td { padding: 6px; border-bottom: 1px solid #e5e7eb } .reveal { opacity: 0; transition: opacity 0.4s } .reveal.seen { opacity: 1 }
footer { padding: 40px 5%; background: #f3f4f6 }`;

const words =
  'rain wind roof harbour station chart morning instrument winter sensor north glass window quiet letter garden'.split(' ');

/** Some text that depends on its number alone. */
function text(seed: number, length: number): string {
  const picked = Array.from({ length }, (_, at) => words[(seed * 7 + at * at + at * 3) % words.length]);
  return `${picked.join(' ')}.`;
}

const repeat = (count: number, render: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => render(at)).join('');

const kinds: readonly ((page: number) => string)[] = [
  (page) =>
    `<main><h1>${text(page, 6)}</h1>${repeat(12, (at) => `<h2>${text(page + at, 4)}</h2><p>${text(page * 3 + at, 90)}</p>`)}</main>`,
  (page) =>
    `<div class="hero"><h1>${text(page, 5)}</h1></div><main><div class="cards">${repeat(
      24,
      (at) =>
        `<div class="card"><img loading="lazy" src="/picture/${page * 24 + at}.svg" alt=""><h3>${text(at, 3)}</h3><p>${text(page + at, 12)}</p></div>`,
    )}</div></main>`,
  (page) =>
    `<main><h1>${text(page, 4)}</h1><table>${repeat(60, (row) => `<tr>${repeat(4, (at) => `<td>${text(page + row * at, 2)}</td>`)}</tr>`)}</table></main>`,
  (page) =>
    `<div class="hero"><h1>${text(page, 5)}</h1></div><main>${repeat(
      6,
      (at) =>
        `<section class="reveal"><h2>${text(page + at, 4)}</h2><img src="/picture/${page + at}.svg" width="320" height="200" alt=""><p>${text(at, 60)}</p></section>`,
    )}</main><script>
const seen = new IntersectionObserver((entries) => entries.forEach((one) => one.isIntersecting && one.target.classList.add('seen')))
document.querySelectorAll('.reveal').forEach((one) => seen.observe(one))</script>`,
  (page) =>
    `<main><h1>${text(page, 4)}</h1><svg viewBox="0 0 800 200">${repeat(
      40,
      (at) => `<rect x="${at * 20}" y="${(at * page * 13) % 150}" width="14" height="200" fill="#2563eb"/>`,
    )}</svg><div class="cards">${repeat(9, (at) => `<div class="card"><h3>${text(at, 3)}</h3><p>${text(page + at, 25)}</p></div>`)}</div></main>`,
];

const data = `<script>addEventListener('load', async () => {
const rows = await (await fetch('/data.json')).json()
document.querySelector('#data').innerHTML = rows.map((row) => '<div class="card">' + row + '</div>').join('') })</script>`;

export function renderPage(kind: SiteKind, page: number): string {
  const fetches = kind === 'late' || page % 5 === 4;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page ${page}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/style.css"></head><body>
<header><b>Sample</b><a href="/">Home</a><a href="/0">News</a></header>${kinds[page % kinds.length]?.(page) ?? ''}
${fetches ? '<main><h2>Today</h2><div class="cards" id="data">Loading</div></main>' : ''}
<footer>${text(page, 12)}</footer>${fetches ? data : ''}</body></html>`;
}

export const renderStyle = (): string => style;

export const renderData = (): string => JSON.stringify(Array.from({ length: 12 }, (_, at) => text(at, 10)));

export function renderPicture(picture: number): string {
  const hue = (picture * 47) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400"><rect width="640" height="400" fill="hsl(${hue} 60% 80%)"/>${repeat(
    12,
    (at) =>
      `<circle cx="${(at * 97 + picture * 31) % 640}" cy="${(at * 61) % 400}" r="${20 + at * 5}" fill="hsl(${hue + at * 9} 60% 50%)"/>`,
  )}</svg>`;
}
