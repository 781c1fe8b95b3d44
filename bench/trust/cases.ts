import { renderPage, type Slots } from './page.ts';

/** What a page answers to one visit. `take` 0 and below are visits of the baseline, 0 the last; 1 and on are those of the check. */
export type Answer =
  | { readonly kind: 'page'; readonly html: string }
  | { readonly kind: 'error'; readonly status: number; readonly html: string }
  /** To the sign-on page, which is another origin. */
  | { readonly kind: 'sign-on' };

export interface Case {
  readonly name: string;
  /** In words, for the table. */
  readonly cause: string;
  /** What a person would want: `quiet`, or to be told. */
  readonly wanted: 'quiet' | 'told';
  readonly answer: (take: number) => Answer;
  /** Settings of the target that steady the page, as in the config file. Everybody's pictures are taken with them. */
  readonly settings?: Readonly<Record<string, string>>;
}

const page = (slots: Slots): Answer => ({ kind: 'page', html: renderPage(slots) });
const quiet = (name: string, cause: string, slots: (take: number) => Slots): Case => ({
  name,
  cause,
  wanted: 'quiet',
  answer: (take) => page(slots(take)),
});
/** The same page but for what the change makes of it. */
const told = (name: string, cause: string, change: Slots, always: (take: number) => Slots = () => ({})): Case => ({
  name,
  cause,
  wanted: 'told',
  answer: (take) => page({ ...always(take), ...(take <= 0 ? {} : change) }),
});

/** Every shade here is less than a threshold of 0.1 sees. */
const pale = '#f0eff5';
const paler = '#e0dfe5';
const onPale: Slots = {
  head: `<style>body { background: ${pale} } .card { background: #fff } footer { background: #e4e3ea }</style>`,
};
const gradient = (from: string): string =>
  `<div style="width:900px;height:150px;background:linear-gradient(160deg, ${from}, #fff)"></div>`;
/** What a photograph is to a comparison: soft areas and grain, encoded by the browser. */
const photograph = (quality: number): Slots => ({
  side: '<img id="photograph" width="480" height="160">',
  end: `<script>const c = document.createElement('canvas'); c.width = 480; c.height = 160; const x = c.getContext('2d');
const sky = x.createLinearGradient(0, 0, 60, 160); sky.addColorStop(0, '#7fa8dc'); sky.addColorStop(1, '#eef3fa'); x.fillStyle = sky; x.fillRect(0, 0, 480, 160);
let seed = 7; const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
for (let n = 0; n < 400; n++) { x.fillStyle = \`hsl(\${90 + random() * 60} 40% \${20 + random() * 40}% / .3)\`; x.beginPath(); x.arc(random() * 480, 100 + random() * 60, random() * 14, 0, 7); x.fill() }
photograph.src = c.toDataURL('image/jpeg', ${quality})</script>`,
});
const restyled = (rules: string): Slots => ({ head: `<style>${rules}</style>` });

const ads = ['#fde68a', '#bfdbfe', '#fecaca', '#bbf7d0', '#fed7aa', '#ddd6fe'];
const ad = (take: number): Slots => ({
  side: `<div style="width:468px;height:90px;background:${ads[(take + ads.length) % ads.length]};font-size:32px;padding:20px">Advertisement ${take * 37 + 11}</div>`,
});
const carousel = (take: number): Slots => ({
  side: '<div id="slide" style="width:500px;height:130px;font-size:40px;padding:16px"></div>',
  end: `<script>let n = ${take + ads.length}; const move = () => { slide.style.background = ${JSON.stringify(ads)}[n % 6]; slide.textContent = 'Offer number ' + n * 7; n += 1 }; move(); setInterval(move, 60_000)</script>`,
});
/** The baseline was taken on another day, at another hour. */
const clock = (take: number): Slots => ({
  nav: '<span id="clock" style="margin-left:auto;font-variant-numeric:tabular-nums"></span>',
  end: `<script>const tick = () => { clock.textContent = new Date(Date.now() - ${take <= 0 ? 19_423_000 : 0}).toISOString().slice(11, 22) }; tick(); setInterval(tick, 10)</script>`,
});
/** A day later than in the baseline, unless the page is given a date: then that differs from what the browser counts by itself. */
const date = (take: number): Slots => ({
  end: `<script>const isReal = Math.abs(Date.now() - performance.timeOrigin - performance.now()) < 60_000;
document.querySelector('footer').textContent = 'Shop Ltd, ' + new Date(Date.now() + (isReal ? ${take <= 0 ? 0 : 86_400_000} : 0)).toDateString()</script>`,
});
/** One of two, as chance has it: often the same one in every take. */
const offer: Slots = {
  side: '<div id="offer" style="width:500px;height:130px;font-size:40px;padding:16px"></div>',
  end: `<script>const n = Math.random() < 0.5 ? 0 : 1; offer.style.background = ${JSON.stringify(ads)}[n]; offer.textContent = 'Offer number ' + (n + 1)</script>`,
};
/** One card, round or not, or what stands in its place until it has loaded. */
const card = (what: 'sharp' | 'round' | 'spinner'): Slots => ({
  side: `<div style="width:150px;height:90px;padding:10px;color:#fff;background:#1d4ed8;border-radius:${what === 'round' ? 24 : 0}px">${
    what === 'spinner'
      ? '<svg width="30" height="30"><circle cx="15" cy="15" r="12" fill="none" stroke="#2563eb" stroke-width="4"/></svg>'
      : 'A word about round things'
  }</div>`,
});
const loading: Slots = {
  side: '<div style="width:150px;height:90px;padding:10px"><svg width="30" height="30"><circle cx="15" cy="15" r="12" fill="none" stroke="#2563eb" stroke-width="4"/></svg></div>',
};
const banner =
  '<div style="position:fixed;left:0;right:0;bottom:0;padding:24px;background:#111827;color:#fff">We use cookies. <b>Accept</b></div>';
const word = '<p>Tools, seeds and advice since 1926. Order by noon and it leaves our house the same day.</p>';
const error: Answer = { kind: 'error', status: 500, html: '<h1>Internal Server Error</h1><p>Reference 4711</p>' };
const empty: Answer = { kind: 'page', html: '<!doctype html><html><body></body></html>' };

/** A number that stands as a placeholder until its data is there. */
const stock = (number: string, afterMs: number): Slots => ({
  side: '<b id="stock" style="font-size:48px;display:inline-block;width:200px;height:70px;background:#e5e7eb"></b>',
  end: `<script>onload = () => setTimeout(() => { stock.style.background = 'none'; stock.textContent = ${JSON.stringify(number)} }, ${afterMs})</script>`,
});
const countUp = (to: number): Slots => ({
  side: '<b id="count" style="font-size:48px">0</b>',
  end: `<script>let begin; const step = (ms) => { begin ??= ms; const part = Math.min(1, (ms - begin) / 400); count.textContent = Math.round(part * ${to}); if (part < 1) requestAnimationFrame(step) }; requestAnimationFrame(step)</script>`,
});
const section = (word: string): string =>
  `<section id="people"><h2>What people say</h2><p>${`It came the next ${word} and fits the shed. `.repeat(8)}</p></section>`;
const reveal: Slots = {
  head: '<style>#people { opacity: 0 } #people.in { opacity: 1 }</style>',
  end: '<script>new IntersectionObserver(([entry]) => people.classList.toggle("in", entry.isIntersecting)).observe(people)</script>',
};

/** Every case with a known cause that is to be judged right. A spinner, a clock and a carousel run by the machine's own time. */
export const cases: readonly Case[] = [
  quiet('spinner-css', 'a spinner, animated by CSS', () => ({
    head: '<style>@keyframes turn { to { rotate: 360deg } } .spin { width: 40px; height: 40px; border: 5px solid #ddd; border-top-color: #2563eb; border-radius: 50%; animation: turn 1s linear infinite }</style>',
    side: '<div class="spin"></div>',
  })),
  quiet('spinner-script', 'a spinner, turned by a script', () => ({
    side: '<canvas id="spin" width="48" height="48"></canvas>',
    end: '<script>const c = spin.getContext("2d"); const draw = () => { const a = (Date.now() % 10000) / 130; c.clearRect(0, 0, 48, 48); c.lineWidth = 6; c.strokeStyle = "#2563eb"; c.beginPath(); c.arc(24, 24, 18, a, a + 1.5); c.stroke(); requestAnimationFrame(draw) }; draw()</script>',
  })),
  quiet('carousel', 'a carousel that starts with another slide at every visit', carousel),
  quiet('late-font', 'a font that is switched to late, once', (take) => ({
    head: '<style>.fonts h1, .fonts h3 { font-family: monospace }</style>',
    end: `<script>setTimeout(() => document.body.classList.add('fonts'), ${take === 1 ? 5000 : 0})</script>`,
  })),
  quiet('random-ad', 'another advertisement at every visit', ad),
  quiet('clock', 'a clock with hundredths of seconds', clock),
  quiet('lazy-image', 'an image that loads when it is seen', () => ({
    section: '<section style="height:300px"><img loading="lazy" src="/picture.svg" width="400" height="260"></section>',
  })),
  quiet('one-px-once', 'a page that is 1 px longer, once', (take) => ({
    head: `<style>h1 { padding-bottom: ${take === 1 ? 1 : 0}px }</style>`,
  })),
  quiet('banner-once', 'a cookie banner that comes and goes', (take) => ({ end: take === 1 ? banner : '' })),
  quiet('counter', 'a number of visitors, another at every visit', (take) => ({
    footer: `Shop Ltd, 12 Garden Lane. You are visitor ${184_220 + take * 13}.`,
  })),

  told('colour', 'a button in another colour', { head: '<style>.button { background: #0f766e }</style>' }),
  told('word', 'a year with two digits swapped', { hero: word }),
  told('icon', 'a missing icon', { icon: '<svg width="24" height="24"></svg>' }),
  told('button', 'a button that moved by 4 px', {
    button: '<span class="button" style="position:relative;left:4px">Order now</span>',
  }),
  told('section', 'a missing section', { section: '' }),
  told('one-px', 'a page that is 1 px longer for good', { head: '<style>h1 { padding-bottom: 1px }</style>' }),
  told('banner', 'a cookie banner that stays', { end: banner }),
  told('word-and-clock', 'a changed word on a page with a clock', { hero: word }, clock),
  told(
    'colour-and-ad',
    'a changed colour on a page with changing advertisements',
    { head: '<style>.button { background: #0f766e }</style>' },
    ad,
  ),
  told(
    'icon-and-banner',
    'a missing icon under a cookie banner that comes and goes',
    { icon: '<svg width="24" height="24"></svg>' },
    (take) => ({ end: take === 1 ? banner : '' }),
  ),

  quiet('rare-state', 'a banner that was there in one take of the baseline', (take) => ({ end: take === -1 ? banner : '' })),
  quiet('clock-and-ad', 'a clock beside changing advertisements', (take) => ({ ...ad(take), ...clock(take) })),
  {
    name: 'spinner-and-change',
    cause: 'a component with round corners, and a spinner in the first take of it',
    wanted: 'told',
    answer: (take) => page(take === 1 ? loading : card(take <= 0 ? 'sharp' : 'round')),
  },
  {
    name: 'spinner-and-change-later',
    cause: 'a component with round corners, and a spinner in the second take of it',
    wanted: 'told',
    answer: (take) => page(take === 2 ? loading : card(take <= 0 ? 'sharp' : 'round')),
  },
  {
    name: 'spinner-small-once',
    cause: 'a component that holds a spinner in the first take, and is as it was',
    wanted: 'quiet',
    answer: (take) => page(card(take === 1 ? 'spinner' : 'sharp')),
  },
  {
    name: 'new-noise',
    cause: 'an advertisement that is new, another at every visit',
    wanted: 'told',
    answer: (take) => page(take <= 0 ? {} : ad(take)),
  },
  {
    name: 'noise-gone',
    cause: 'an advertisement that changed at every visit and is gone',
    wanted: 'told',
    answer: (take) => page(take <= 0 ? ad(take) : {}),
  },
  {
    name: 'noise-in-another-place',
    cause: 'a changed word, another at every visit, beside a known clock',
    wanted: 'told',
    answer: (take) => page({ ...clock(take), ...(take <= 0 ? {} : { hero: `<p>Order number ${take * 37_519}.</p>` }) }),
  },

  // What the engine has to wait for, reach and draw.
  quiet('late-data', 'a list that comes between 300 and 900 ms after the page', (take) =>
    stock('12,500', 300 + ((take + 6) % 3) * 300),
  ),
  {
    name: 'late-number',
    cause: 'another number in data that comes 600 ms after the page',
    wanted: 'told',
    answer: (take) => page(stock(take <= 0 ? '12,500' : '12,050', 600)),
  },
  quiet('count-up', 'a number that counts up', () => countUp(12_500)),
  {
    name: 'count-up-changed',
    cause: 'a number that counts up to another one',
    wanted: 'told',
    answer: (take) => page(countUp(take <= 0 ? 12_500 : 12_050)),
  },
  quiet('fade', 'a part that fades in by script', () => ({
    side: '<div id="fade" style="width:300px;height:100px;background:#166534;opacity:0"></div>',
    end: '<script>let o = 0; const timer = setInterval(() => { fade.style.opacity = o += 0.02; if (o >= 1) clearInterval(timer) }, 16)</script>',
  })),
  quiet('scroll-spy', 'a menu that marks the section that is read', () => ({
    nav: '<span id="spy">Top</span>',
    end: '<script>addEventListener("scroll", () => { spy.textContent = scrollY > 100 ? "Below" : "Top"; spy.style.color = scrollY > 100 ? "red" : "" })</script>',
  })),
  told('reveal', 'a changed word in a part that fades out when it is left', { section: section('quarter') }, () => ({
    section: section('day'),
    ...reveal,
  })),
  told(
    'inner-scroller',
    'a changed word far down in a page that scrolls inside an element',
    { footer: 'Shop Ltd, 21 Garden Lane' },
    () => ({
      head: '<style>html, body { height: 100vh; overflow: hidden } main { height: 60vh; overflow: auto }</style>',
      section: section('day'),
    }),
  ),
  told('glyphs', 'another text in a script that the machine has no font for', { nav: '<span>中国人民币</span>' }, () => ({
    nav: '<span>日本語の文</span>',
  })),
  {
    name: 'error-with-200',
    cause: 'an error page of PHP with status 200, in the baseline too',
    wanted: 'told',
    answer: () =>
      page({ side: '<br />\n<b>Fatal error</b>:  Uncaught Error: no such price in <b>/srv/shop.php</b> on line <b>7</b><br />' }),
  },
  {
    name: 'broken-picture',
    cause: 'a picture that does not load, in the baseline too',
    wanted: 'told',
    answer: () => page({ side: '<img src="/no-such.png" alt="" width="120" height="90">' }),
  },

  // What ends the misses that are told below.
  { ...quiet('date-clock', 'a date, with `clock`', date), settings: { clock: '2026-03-02T12:00:00Z' } },
  { ...quiet('offer-random', 'one of two offers by chance, with `random`', () => offer), settings: { random: 'trust' } },

  // Shades: plain areas that change by less than the threshold sees.
  {
    name: 'shade-page',
    cause: 'the background of the page in another shade',
    wanted: 'told',
    answer: (take) => page(take <= 0 ? onPale : { head: `${onPale.head}<style>body { background: ${paler} }</style>` }),
  },
  told('shade-cards', 'cards in another shade', restyled('.card { background: #f6f7f9 }')),
  told('shade-button', 'a button in a slightly darker blue', restyled('.button { background: #1d4ed8 }')),
  told('shade-footer', 'a footer in another shade', restyled('footer { background: #eaecef }')),
  told(
    'shade-bar',
    'a bar with its entry marked by a shade',
    { nav: '<span style="background:#f3f4f6;padding:6px 14px">Deals</span>' },
    () => ({
      nav: '<span style="padding:6px 14px">Deals</span>',
    }),
  ),
  told('shade-overlay', 'the first screen under an overlay of 4%', {
    end: '<div style="position:absolute;inset:0;background:#00000a0a"></div>',
  }),
  told('shade-gradient', 'a gradient that begins in another shade', { side: gradient('#dbe4f5') }, () => ({
    side: gradient('#e4ecfb'),
  })),
  told('shade-and-clock', 'a footer in another shade on a page with a clock', restyled('footer { background: #eaecef }'), clock),
  quiet('shade-flicker', 'a background that changes between two shades from visit to visit', (take) =>
    restyled(`body { background: ${take % 2 === 0 ? pale : paler} }`),
  ),
  quiet('shade-flicker-once', 'a footer in another shade, once', (take) =>
    restyled(take === 1 ? 'footer { background: #eaecef }' : ''),
  ),
  quiet('shade-fade', 'a pale part whose fading in is seen at any time', (take) => ({
    side: `<div style="width:400px;height:120px;background:#c7d7f5;opacity:${0.5 + ((take + 6) % 4) * 0.12}"></div>`,
  })),
  quiet('shade-rounding', 'colours that are one or two steps off', (take) =>
    restyled(take <= 0 ? '' : 'body { background: #fefeff } footer { background: #f2f3f5 } .button { background: #2462eb }'),
  ),
  quiet('shade-subpixel', 'a gradient that lies half a pixel lower', (take) => ({
    side: `<div style="position:relative;top:${take <= 0 ? 0 : 0.5}px">${gradient('#e4ecfb')}</div>`,
  })),
  quiet('shade-photograph', 'a photograph, encoded anew with another quality', (take) => photograph(take <= 0 ? 0.8 : 0.6)),
  {
    name: 'sso',
    cause: 'a sign-on page instead',
    wanted: 'told',
    answer: (take) => (take <= 0 ? page({}) : { kind: 'sign-on' }),
  },
  { name: 'sso-always', cause: 'a sign-on page, in the baseline too', wanted: 'told', answer: () => ({ kind: 'sign-on' }) },
  { name: 'error', cause: 'an error page (500) instead', wanted: 'told', answer: (take) => (take <= 0 ? page({}) : error) },
  { name: 'error-always', cause: 'an error page (500), in the baseline too', wanted: 'told', answer: () => error },
  { name: 'blank', cause: 'a blank page instead', wanted: 'told', answer: (take) => (take <= 0 ? page({}) : empty) },
  { name: 'blank-always', cause: 'a blank page, in the baseline too', wanted: 'told', answer: () => empty },
];

/** What is known to be judged wrong with the default settings, and why; docs/trust.md says what to do. */
export const limits: readonly Case[] = [
  told('shade-border', 'a border in another shade', restyled('.card { border-color: #d5d9e0 }')),
  told('shade-text', 'text in another shade', restyled('p { color: #111827 }')),
  quiet('same-always', 'another slide in the check, the same one in every take', (take) => carousel(Math.min(take, 1))),
  quiet('rare-kept', 'a banner that was there in the last take of the baseline alone', (take) => ({
    end: take === 0 ? banner : '',
  })),
  {
    name: 'known-place',
    cause: 'a component that was a spinner in one take of the baseline, and has round corners after one more spinner',
    wanted: 'told',
    answer: (take) => page(take === -1 || take === 1 ? loading : card(take <= 0 ? 'sharp' : 'round')),
  },
  quiet('date', 'a date, without `clock`', date),
];
