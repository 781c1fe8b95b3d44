import type { SiteChange } from './site.ts';

/** A pull request that changes the whole site, and how many things a person would say it changed. */
export interface Case {
  readonly name: string;
  readonly cause: string;
  readonly realChanges: number;
  readonly change: SiteChange;
  /** It is no change of the whole site, but one in which the rules could see more in common than there is; not in the total. */
  readonly isTrap?: true;
}

const nav = ['Products', 'Prices', 'Blog', 'Help'];

export const cases: readonly Case[] = [
  {
    name: 'footer-year',
    cause: 'another year in the footer',
    realChanges: 1,
    change: { footer: 'Nimbus Weather Instruments, Bergen. © 2026' },
  },
  {
    name: 'footer-line',
    cause: 'a second line in the footer',
    realChanges: 1,
    change: { footer: 'Nimbus Weather Instruments, Bergen. © 2025<br>Made with rain' },
  },
  {
    name: 'footer-colour',
    cause: 'a footer in another colour',
    realChanges: 1,
    change: { style: 'footer { background: #111827; color: #e5e7eb }' },
  },
  {
    name: 'logo',
    cause: 'another name beside the menu',
    realChanges: 1,
    change: { style: 'header b { font-style: italic; color: #0f766e }' },
  },
  {
    name: 'header-colour',
    cause: 'a header in another colour, with the current page marked in it',
    realChanges: 1,
    change: { style: 'header { background: #111827; color: #e5e7eb }' },
  },
  { name: 'header-entry', cause: 'one more entry in the menu', realChanges: 1, change: { nav: [...nav, 'Jobs'] } },
  { name: 'header-height', cause: 'a header that is 16 px higher', realChanges: 1, change: { style: 'header { height: 80px }' } },
  { name: 'banner', cause: 'a banner above every page', realChanges: 1, change: { banner: 'Free shipping until Sunday' } },
  {
    name: 'button-colour',
    cause: 'buttons in another colour',
    realChanges: 1,
    change: { style: '.button { background: #0f766e }' },
  },
  {
    name: 'link-colour',
    cause: 'links in another colour',
    realChanges: 1,
    change: { style: 'main a:not(.button) { color: #0f766e }' },
  },
  { name: 'spacing', cause: 'cards with 4 px more inside', realChanges: 1, change: { style: '.card { padding: 24px }' } },
  { name: 'font', cause: 'another font', realChanges: 1, change: { style: 'body { font-family: serif }' } },
  {
    name: 'header-and-footer',
    cause: 'a header and a footer in other colours',
    realChanges: 2,
    change: { style: 'header b { color: #0f766e } footer { background: #111827; color: #e5e7eb }' },
  },
  {
    name: 'banner-and-price',
    cause: 'a banner above every page, and one price',
    realChanges: 2,
    change: { banner: 'Free shipping until Sunday', words: { prices: ['€19', '€24'] } },
  },
  {
    name: 'touching',
    cause: 'a header with a shadow of another colour and, right below it, another hero on one page',
    realChanges: 2,
    change: { style: 'header { background: #ecfdf5; color: #064e3b } .hero { background: #fde68a }' },
  },
  {
    name: 'year-and-words',
    cause: 'another year in the footer, and words on three pages',
    realChanges: 4,
    change: {
      footer: 'Nimbus Weather Instruments, Bergen. © 2026',
      words: { about: ['Three', 'Four'], prices: ['€19', '€24'], 'blog/winter': ['A winter', 'A summer'] },
    },
  },
  {
    name: 'rewritten',
    cause: 'three pages with other text',
    realChanges: 3,
    isTrap: true,
    change: { rewritten: ['help', 'imprint', 'products/roof'] },
  },
  {
    name: 'links-and-buttons',
    cause: 'links and buttons, each in another colour, which is the same',
    realChanges: 2,
    isTrap: true,
    change: { style: '.button { background: #0f766e } main a:not(.button) { color: #0f766e }' },
  },
];
