import type { Cookie, PageSettings } from '../../plan/page-settings.ts';

/** What a page setting adds to the body of a request; undefined: the service cannot do it. */
type HostedOption<T> = ((value: T, pageUrl: string | undefined) => HostedFields) | undefined;

/** Fields of Cloudflare Browser Rendering, the engine behind the service, which does not document them. */
export interface HostedFields {
  readonly addStyleTag?: readonly { readonly content: string }[];
  readonly waitForSelector?: { readonly selector: string; readonly visible: true };
  /** Milliseconds. */
  readonly waitForTimeout?: number;
  readonly userAgent?: string;
  readonly viewport?: { readonly isMobile?: boolean; readonly hasTouch?: boolean };
  readonly cookies?: readonly (Cookie & { readonly url?: string })[];
}

const styleTag = (content: string): HostedFields => ({ addStyleTag: [{ content }] });

/** A rule for each: a selector that is none takes its own rule with it and no other. */
const rulesOf = (selectors: readonly string[], declaration: string): string =>
  selectors.map((selector) => `${selector} { ${declaration} !important; }`).join('\n');

/**
 * How the hosted service is asked for each setting. Its documentation names none of them, so a run shows first whether
 * they are honoured. A setting that is not in this list does not compile.
 */
const hostedOptions: { readonly [Key in keyof Required<PageSettings>]: HostedOption<NonNullable<PageSettings[Key]>> } = {
  hide: (selectors) => styleTag(rulesOf(selectors, 'visibility: hidden')),
  remove: (selectors) => styleTag(rulesOf(selectors, 'display: none')),
  style: styleTag,
  // It waits for one; `:has` makes one of several.
  waitFor: ([first = '', ...others]) => ({
    waitForSelector: {
      selector: others.length === 0 ? first : `:root${[first, ...others].map((one) => `:has(${one})`).join('')}`,
      visible: true,
    },
  }),
  delayMs: (waitForTimeout) => ({ waitForTimeout }),
  userAgent: (userAgent) => ({ userAgent }),
  cookies: (cookies, url) => ({ cookies: cookies.map((cookie) => ({ ...cookie, ...(url === undefined ? {} : { url }) })) }),
  mobile: (isMobile) => ({ viewport: { isMobile } }),
  touch: (hasTouch) => ({ viewport: { hasTouch } }),
  // It does not tell where elements are.
  maskSelectors: undefined,
  colorScheme: undefined,
  locale: undefined,
  timezone: undefined,
  reducedMotion: undefined,
  clockMs: undefined,
  random: undefined,
  storage: undefined,
  steps: undefined,
  // It does not know of Storybook.
  story: undefined,
};

/** Whether the hosted service can be asked for a setting. */
export function canBeAsked(setting: keyof PageSettings): boolean {
  return hostedOptions[setting] !== undefined;
}

/** What the settings add to the body of a request to the hosted service. `pageUrl`: the page's own, which cookies are for. */
export function renderHostedOptions(settings: PageSettings, pageUrl: string | undefined): HostedFields {
  const parts = (Object.keys(settings) as (keyof PageSettings)[]).map((key) => renderOne(key, settings, pageUrl));
  const styles = parts.flatMap(({ addStyleTag = [] }) => addStyleTag);
  const viewports = parts.flatMap(({ viewport = [] }) => viewport);
  return Object.assign(
    {},
    ...parts,
    styles.length === 0 ? {} : { addStyleTag: styles },
    viewports.length === 0 ? {} : { viewport: Object.assign({}, ...viewports) },
  );
}

function renderOne<Key extends keyof PageSettings>(key: Key, settings: PageSettings, pageUrl: string | undefined): HostedFields {
  const value = settings[key];
  const render: HostedOption<NonNullable<PageSettings[Key]>> = hostedOptions[key];
  return value === undefined || render === undefined ? {} : render(value as NonNullable<PageSettings[Key]>, pageUrl);
}
