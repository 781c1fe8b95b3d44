/** The parts of the page that a case may replace. */
export interface Slots {
  readonly head?: string;
  readonly nav?: string;
  readonly hero?: string;
  readonly button?: string;
  readonly icon?: string;
  readonly section?: string;
  readonly side?: string;
  readonly footer?: string;
  readonly end?: string;
}

const cards = ['Fast', 'Exact', 'Calm', 'Open', 'Small', 'Plain'];
export const icon =
  '<svg width="24" height="24" viewBox="0 0 24 24"><circle cx="12" cy="12" r="10" fill="#2563eb"/><path d="M7 12l3 3 7-7" stroke="#fff" stroke-width="2" fill="none"/></svg>';

/** A page as a small shop has one, about 1280 × 1700 with everything in place. */
export function renderPage(slots: Slots): string {
  const slot = (name: keyof Slots, usual: string): string => slots[name] ?? usual;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><style>
body { margin: 0; font: 16px/1.5 sans-serif; color: #1f2937 }
nav { display: flex; gap: 24px; padding: 16px 48px; border-bottom: 1px solid #e5e7eb }
main { width: 1000px; margin: 0 auto }
h1 { font-size: 44px; margin: 56px 0 16px }
.button { display: inline-block; padding: 12px 24px; background: #2563eb; color: #fff; border-radius: 8px }
.cards { display: grid; grid-template-columns: repeat(3, 1fr); gap: 24px; margin: 48px 0 }
.card { border: 1px solid #e5e7eb; border-radius: 12px; padding: 20px }
.side { height: 170px; margin: 24px 0 }
footer { background: #f3f4f6; padding: 32px 48px; margin-top: 48px }
</style>${slot('head', '')}</head><body>
<nav><b>Shop</b><span>Products</span><span>Prices</span><span>Help</span>${slot('nav', '')}</nav>
<main><h1>Everything for your garden</h1>
${slot('hero', '<p>Tools, seeds and advice since 1962. Order by noon and it leaves our house the same day.</p>')}
${slot('button', '<span class="button">Order now</span>')}
<div class="side">${slot('side', '')}</div>
<div class="cards">${cards
    .map(
      (name, index) =>
        `<div class="card">${index === 1 ? slot('icon', icon) : icon}<h3>${name}</h3><p>${`A word about ${name.toLowerCase()} things. `.repeat(4)}</p></div>`,
    )
    .join('')}</div>
${slot('section', `<section><h2>What people say</h2><p>${'It came the next day and fits the shed. '.repeat(8)}</p></section>`)}
<h2>Questions</h2>${Array.from({ length: 6 }, (_, n) => `<p><b>Question ${n + 1}.</b> ${'How long does it take, and what does it cost? '.repeat(3)}</p>`).join('')}
</main><footer>${slot('footer', 'Shop Ltd, 12 Garden Lane')}</footer>${slot('end', '')}</body></html>`;
}
