/** A small, plausible web site in two versions: what the sample report is made of. */

export type Version = 'before' | 'after';

/** The pages by name; absent in a version: the page does not exist there. */
export const pages: Readonly<Record<string, (version: Version) => string | undefined>> = {
  index: (version) =>
    layout(
      version,
      'Home',
      `<section class="hero"><h1>${version === 'before' ? 'Tea that arrives fresh' : 'Fresh tea, every month'}</h1>
       <p>Small harvests from four gardens, packed the week they are picked and at your door within ten days.</p>
       <a class="button">Start a subscription</a></section>${cards(['Sencha', 'Darjeeling', 'Oolong'])}`,
    ),
  pricing: (version) =>
    layout(
      version,
      'Pricing',
      `<h1>Pricing</h1><div class="plans">
       ${plan('Taster', '$9', ['2 teas a month', 'Free brewing guide'])}
       ${plan('Regular', version === 'before' ? '$19' : '$21', ['4 teas a month', 'Free brewing guide', 'First pick of new harvests'], version === 'after')}
       ${plan('Office', '$79', ['20 teas a month', 'A pot for the kitchen', 'Invoice by mail'])}</div>
       <p class="small">Prices include shipping. Cancel any time.</p>`,
    ),
  'blog/harvest-report': (version) =>
    layout(
      version,
      'Harvest report',
      `<article><h1>Harvest report, spring</h1>${Array.from({ length: 34 }, (_, index) =>
        index === 11 && version === 'after'
          ? `<h2>${headings[index % headings.length]}</h2><p><mark>Correction: the second flush was picked in May, not in June.</mark> ${paragraph(index)}</p>`
          : index === 27 && version === 'after'
            ? `<h2>Where to buy</h2><p>${paragraph(index + 3)}</p>`
            : `<h2>${headings[index % headings.length]}</h2><p>${paragraph(index)}</p>`,
      ).join('')}</article>`,
    ),
  gardens: (version) =>
    layout(version, 'Gardens', `<h1>Our gardens</h1>${cards(['Uji', 'Makaibari', 'Nantou', 'Wuyi', 'Boseong', 'Ilam'])}`),
  teas: (version) =>
    layout(
      version,
      'Teas',
      `<h1>Teas</h1>${cards(['Sencha', 'Gyokuro', 'Darjeeling', 'Assam', 'Oolong', 'Keemun', 'Matcha', 'Hojicha', 'Puerh'])}`,
    ),
  'teas/page-2': (version) => layout(version, 'Teas', `<h1>Teas, page 2</h1>${cards(['Genmaicha', 'Bancha', 'Nilgiri'])}`),
  'teas/page-10': (version) => layout(version, 'Teas', `<h1>Teas, page 10</h1>${cards(['Lapsang', 'Yunnan', 'Ceylon'])}`),
  'docs/brewing': () =>
    layout(
      'before',
      'Brewing',
      `<article><h1>Brewing</h1>${Array.from({ length: 4 }, (_, index) => `<h2>${headings[index]}</h2><p>${paragraph(index)}</p>`).join('')}</article>`,
    ),
  contact: () =>
    layout(
      'before',
      'Contact',
      '<h1>Contact</h1><p>Write to us at hello@leaf.example, or come by on a weekday.</p><form><label>Your message<textarea></textarea></label><a class="button">Send</a></form>',
    ),
  gifts: (version) =>
    version === 'before' ? undefined : layout(version, 'Gifts', `<h1>Gifts</h1>${cards(['A month', 'Half a year', 'A year'])}`),
  careers: (version) =>
    version === 'before' ? layout(version, 'Careers', '<h1>Careers</h1><p>We have no open positions.</p>') : undefined,
};

const headings = ['The weather', 'First flush', 'What we tasted', 'The people', 'On the road', 'Next month'];

const sentences = [
  'The rain came late and stayed for three weeks, so the first leaves opened slowly.',
  'Slow leaves taste sweeter, and the pickers had time to choose them one by one.',
  'At the end of the month the drying rooms were full, and the road to the valley was open again.',
  'We tasted forty samples in two days and took eleven of them.',
  'The oolong of the upper slope is the best we have had in years: apricot, butter, and a long finish.',
  'Most of it will be in the boxes that go out next month.',
];

function paragraph(seed: number): string {
  return Array.from({ length: 4 }, (_, index) => sentences[(seed * 5 + index * (seed + 1)) % sentences.length]).join(' ');
}

function plan(name: string, price: string, features: readonly string[], highlighted = false): string {
  const list = features.map((feature) => `<li>${feature}</li>`).join('');
  return `<div class="plan${highlighted ? ' highlighted' : ''}"><h2>${name}</h2><p class="price">${price}<small> a month</small></p><ul>${list}</ul><a class="button">Choose ${name}</a></div>`;
}

function cards(names: readonly string[]): string {
  return `<div class="cards">${names
    .map(
      (name, index) =>
        `<div class="card"><div class="photo hue${index % 6}"></div><h2>${name}</h2><p>${sentences[index % sentences.length]}</p></div>`,
    )
    .join('')}</div>`;
}

function banner(version: Version, title: string): string {
  return version === 'after' && title === 'Gardens'
    ? '<div class="banner">The gardens are open to visitors from May on. Book a day with the pickers.</div>'
    : '';
}

/** The header has another link, and the footer another address, in the second version. */
function layout(version: Version, title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style></head>
<body><header><b>Leaf &amp; Kettle</b><nav><a>Teas</a><a>Gardens</a><a>Pricing</a><a>${version === 'before' ? 'Blog' : 'Journal'}</a></nav></header>${banner(version, title)}<main>${body}</main>
<footer>Leaf &amp; Kettle, ${version === 'before' ? '12 Harbour Street' : '7 Mill Lane'} · Imprint · Privacy</footer></body></html>`;
}

const style = `
.banner{padding:16px 6vw;line-height:24px;background:#f1e3c4;color:#4a3b12;font-weight:600}
*{box-sizing:border-box;margin:0}body{font:16px/1.6 "Open Sans",sans-serif;color:#23302a;background:#fbfaf6}
header{display:flex;justify-content:space-between;align-items:center;padding:18px 6vw;background:#1f4d3a;color:#fff}
nav{display:flex;gap:24px;font-size:14px}main{padding:48px 6vw;min-height:560px}h1{font-size:40px;line-height:1.2;margin-bottom:20px}
h2{font-size:20px;margin:12px 0 6px}.hero{padding:56px 0 64px;max-width:640px}.hero p{font-size:19px;margin-bottom:28px}
.button{display:inline-block;padding:11px 22px;border-radius:6px;background:#c8742b;color:#fff;font-weight:600}
.cards,.plans{display:grid;grid-template-columns:repeat(auto-fit,minmax(230px,1fr));gap:24px}
.card,.plan{background:#fff;border:1px solid #e4e0d4;border-radius:10px;padding:20px}.photo{height:130px;border-radius:6px;margin-bottom:8px}
.hue0{background:linear-gradient(135deg,#9cbf7c,#4c7a4a)}.hue1{background:linear-gradient(135deg,#e0b070,#9a5c2c)}.hue2{background:linear-gradient(135deg,#b9c7a0,#5c6f4b)}
.hue3{background:linear-gradient(135deg,#d9a58c,#8c4a3a)}.hue4{background:linear-gradient(135deg,#a8c3bf,#3f6f6a)}.hue5{background:linear-gradient(135deg,#d8c27a,#8a7430)}
.price{font-size:34px;font-weight:700;margin-bottom:12px}.price small{font-size:14px;font-weight:400}.plan ul{padding-left:20px;margin-bottom:22px;min-height:84px}
.highlighted{border:2px solid #c8742b;box-shadow:0 8px 24px #c8742b33}.small{margin-top:24px;font-size:14px;color:#6c756f}
article{max-width:720px}mark{background:#ffe08a}label{display:block;margin:20px 0}textarea{display:block;width:100%;max-width:480px;height:140px;margin-top:8px;border:1px solid #cfc9b8;border-radius:6px}
footer{padding:24px 6vw;border-top:1px solid #e4e0d4;font-size:13px;color:#6c756f}
@media(max-width:600px){h1{font-size:30px}main{padding:28px 20px}header{padding:14px 20px}nav{gap:12px}.hero{padding:20px 0 32px}}
`;
