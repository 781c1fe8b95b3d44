/** The demo's site: a small shop for weather stations, as it is on the main branch and as a pull request changes it. */
export type Version = 'before' | 'after';

/** What no two visits show alike: `clock` and `hide` in the config keep it out of the verdicts. */
const unsteady = `<div id="cookies">We use cookies, visitor <b></b>. <a class="button">Accept</a></div>
<script>
const tick = () => { document.querySelector('#clock').textContent = new Date().toISOString().slice(0, 19).replace('T', ' ') };
tick();
setInterval(tick, 1000);
document.querySelector('#cookies b').textContent = Math.random().toString(36).slice(2, 8);
</script>`;

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Nimbus</title><link rel="stylesheet" href="/style.css"></head>
<body>
<header>
  <a class="logo" href="/"><svg width="28" height="28" viewBox="0 0 28 28"><circle cx="10" cy="12" r="7" fill="#f5b83d"/><rect x="7" y="12" width="19" height="10" rx="5" fill="#3257d6"/></svg>Nimbus</a>
  <nav><a href="/pricing">Pricing</a><a href="/blog">Blog</a><a href="/contact">Contact</a></nav>
  <time id="clock"></time>
</header>
${body}
<footer>Nimbus Weather Instruments · Bergen · All times are UTC</footer>
${unsteady}
</body></html>`;

function chart(values: readonly number[]): string {
  const points = values.map((value, index) => `${40 + index * 74},${170 - value * 6}`).join(' ');
  return `<svg class="chart" viewBox="0 0 800 200" role="img" aria-label="Rain per month">
<polyline points="${points}" fill="none" stroke="#3257d6" stroke-width="3"/>
${values.map((value, index) => `<circle cx="${40 + index * 74}" cy="${170 - value * 6}" r="5" fill="#3257d6"/>`).join('')}
<line x1="30" y1="180" x2="790" y2="180" stroke="#e3e7ee"/></svg>`;
}

function pricing(version: Version): string {
  const plan = (name: string, price: string, lines: readonly string[], best = false): string =>
    `<div class="card${best ? ' best' : ''}"><h3>${name}</h3><p class="price">${price}</p><ul>${lines.map((line) => `<li>${line}</li>`).join('')}</ul></div>`;
  const teamPrice = version === 'before' ? '€19' : '€24';
  return page(
    'Pricing',
    `<section id="plans"><h2>Plans for every roof</h2><div class="cards">
${plan('Home', '€0', ['One station', 'Seven days of history'])}
${plan('Team', teamPrice, ['Ten stations', 'A year of history', 'Alerts by mail'], true)}
${plan('City', '€190', ['Every station you have', 'All history', 'An engineer to call'])}
</div></section>`,
  );
}

const home = page(
  'Home',
  `<div class="hero"><h1>Know the weather on your own street</h1>
<p>A station on your roof, a chart on your wall. Set it up in ten minutes and watch the rain come in.</p>
<a class="button pulse" href="/pricing">See the plans</a></div>
<section><h2>Rain, month by month</h2>${chart([12, 18, 9, 22, 14, 7, 5, 9, 16, 24, 21, 15])}</section>
<section><h2>Why Nimbus</h2><div class="cards">
<div class="card"><h3>Honest readings</h3><p>Every sensor is checked against the one beside it.</p></div>
<div class="card"><h3>Yours to keep</h3><p>Readings are plain files on your own disk.</p></div>
<div class="card"><h3>Quiet alerts</h3><p>One message when it matters, none when it does not.</p></div></div></section>`,
);

const blog = page(
  'Blog',
  `<section><h2>From the workshop</h2>${[
    ['2 March', 'How we measure wind without moving parts'],
    ['14 February', 'A winter on the roof of the harbour office'],
    ['30 January', 'What a falling barometer does not tell you'],
  ]
    .map(([date, title]) => `<article class="post"><time>${date}</time><h3>${title}</h3><p>Five minutes to read.</p></article>`)
    .join('')}</section>`,
);

/** The button moved below a new line of text: a change that is easy to miss by eye. */
const contact = (version: Version): string =>
  page(
    'Contact',
    `<section><h2>Write to us</h2><form><input placeholder="Your name"><input placeholder="Mail address"><textarea rows="4" placeholder="What can we do for you?"></textarea>${
      version === 'after' ? '<p>We answer within a day.</p>' : ''
    }<a class="button">Send</a></form></section>`,
  );

const about = page(
  'About',
  '<section><h2>Three people and a roof</h2><p>We build weather stations in Bergen, where there is enough weather.</p></section>',
);
const changelog = page(
  'Changelog',
  '<section><h2>What is new</h2><div class="card"><h3>Version 4</h3><p>Alerts by mail, and a year of history for teams.</p></div></section>',
);

/** The site's pages by path. `about` goes with the pull request, `changelog` comes with it. */
export function renderSite(version: Version): ReadonlyMap<string, string> {
  return new Map([
    ['/', home],
    ['/pricing', pricing(version)],
    ['/blog', blog],
    ['/contact', contact(version)],
    version === 'before' ? ['/about', about] : ['/changelog', changelog],
  ]);
}
