/** Pages as a product's site has them: text, cards, tables, gradients, shadows and pictures. The same seed makes the same page. */

export interface PageOptions {
  readonly seed: number;
  /** Sections below the header; each is about 560 CSS pixels high. */
  readonly sections: number;
  readonly change?: PageChange;
}

/** What a pull request did to a page; 'theme' leaves no pixel its colour, 'shade' changes the background by less than the threshold sees. */
export type PageChange = 'none' | 'small' | 'large' | 'theme' | 'shade';

const words =
  'capture page viewport baseline layout button team pricing deploy preview review merge colour theme header footer table chart ' +
  'search filter invoice credits account settings network engine report artifact shard worker queue budget retry margin grid';

/** Mulberry32: a small generator of known quality; uniform in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function renderPage({ seed, sections, change = 'none' }: PageOptions): string {
  const random = seededRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const vocabulary = words.split(' ');
  const text = (count: number) => Array.from({ length: count }, () => pick(vocabulary)).join(' ');
  const hue = Math.floor(random() * 360);
  const kinds = [hero, cards, table, article, gallery];
  const parts = Array.from({ length: sections }, (_, index) => (kinds[(index + seed) % kinds.length] as typeof hero)(index));
  if (change === 'large') {
    parts.splice(1, 0, '<p style="height:7px"></p>');
  }

  return `<!doctype html><meta charset="utf-8"><style>
    ${change === 'theme' ? 'html { filter: invert(1) }' : ''}
    * { box-sizing: border-box } body { margin: 0; font: 16px/1.5 sans-serif; color: #1c2330; background: ${change === 'shade' ? '#f0f1f5' : '#fff'} }
    header { display: flex; gap: 32px; padding: 20px 48px; border-bottom: 1px solid #dde3ee } section { padding: 48px; min-height: 560px }
    .hero { background: linear-gradient(160deg, hsl(${hue} 70% 94%), #fff) } h1 { font-size: 44px; margin: 0 0 16px } h2 { margin: 0 0 16px }
    .button { display: inline-block; padding: 10px 22px; border-radius: 8px; color: #fff; background: hsl(${hue} 65% 42%) }
    .cards { display: grid; grid-template-columns: repeat(4, 1fr); gap: 24px } .card { padding: 20px; border-radius: 12px; border: 1px solid #e3e8f2; box-shadow: 0 4px 14px #1c233018 }
    table { border-collapse: collapse; width: 100% } td, th { padding: 8px 12px; border-bottom: 1px solid #e8ecf4; text-align: left }
    .columns { columns: 3; column-gap: 40px } .gallery { display: grid; grid-template-columns: repeat(3, 1fr); gap: 16px } .photo { height: 220px; border-radius: 6px }
  </style><body><header><b>Product ${seed}</b>${['Tour', 'Pricing', 'Docs', 'Blog'].map((item) => `<span>${item}</span>`).join('')}
    <span class="button" style="margin-left:auto${change === 'small' ? ';background:#b3261e' : ''}">Sign ${change === 'small' ? 'up' : 'in'}</span></header>${parts.join('')}`;

  function hero(index: number): string {
    const title = change === 'small' && index === 0 ? 'Something else' : text(4);
    return `<section class="hero"><h1>${title}</h1><p style="max-width:640px">${text(50)}</p><span class="button">${text(2)}</span></section>`;
  }
  function cards(): string {
    const card = () => `<div class="card"><h3>${text(3)}</h3><p>${text(24)}</p><span class="button">${text(1)}</span></div>`;
    return `<section><h2>${text(3)}</h2><div class="cards">${Array.from({ length: 8 }, card).join('')}</div></section>`;
  }
  function table(): string {
    const row = () =>
      `<tr>${Array.from({ length: 6 }, () => `<td>${random() < 0.4 ? (random() * 1000).toFixed(2) : text(2)}</td>`).join('')}</tr>`;
    return `<section><h2>${text(2)}</h2><table>${Array.from({ length: 11 }, row).join('')}</table></section>`;
  }
  function article(): string {
    return `<section><h2>${text(4)}</h2><div class="columns">${Array.from({ length: 5 }, () => `<p>${text(60)}</p>`).join('')}</div></section>`;
  }
  function gallery(): string {
    return `<section><h2>${text(3)}</h2><div class="gallery">${Array.from({ length: 6 }, photo).join('')}</div></section>`;
  }
  /** Fractal noise in place of a photograph: it compresses about as badly. */
  function photo(_: unknown, index: number): string {
    const id = `noise${seed}-${index}-${Math.floor(random() * 1e6)}`;
    const [base, octaves] = [(0.004 + random() * 0.02).toFixed(4), 3 + Math.floor(random() * 3)];
    return `<svg class="photo" width="100%"><filter id="${id}"><feTurbulence type="fractalNoise" baseFrequency="${base}" numOctaves="${octaves}" seed="${Math.floor(random() * 999)}"/>
      <feColorMatrix values="1 0 0 0 .1 0 1 0 0 .1 0 0 1 0 .1 0 0 0 0 1"/></filter><rect width="100%" height="100%" filter="url(#${id})"/></svg>`;
  }
}
