/** Chrome's switches beyond the driver's defaults, each with its reason. */
interface Flag {
  readonly flag: string;
  readonly why: string;
}

/** The same page gives the same bytes. */
export const steadyFlags: readonly Flag[] = [
  { flag: '--disable-gpu', why: 'drawn in software, so that no graphics card or driver shows, and pages may be any height' },
  { flag: '--force-color-profile=srgb', why: 'colours do not follow the screen' },
  { flag: '--font-render-hinting=none', why: 'glyphs keep their shape and place whatever the system’s font settings' },
  { flag: '--disable-skia-runtime-opts', why: 'the same drawing code on every processor, not the fastest for each' },
  { flag: '--disable-lcd-text', why: 'grey anti-aliasing: no coloured fringes that depend on the screen' },
  { flag: '--disable-checker-imaging', why: 'a picture is drawn when it is decoded, not a frame later' },
  { flag: '--disable-smooth-scrolling', why: 'a page that scrolls is at its new place at once' },
  { flag: '--hide-scrollbars', why: 'no scrollbars in the picture' },
  { flag: '--lang=en-US', why: 'one locale everywhere' },
  { flag: '--accept-lang=en-US,en', why: 'one Accept-Language everywhere' },
  {
    flag: '--blink-settings=imageAnimationPolicy=2',
    why: 'animated pictures (GIF, APNG, WebP) and SVGs (SMIL) stay at their first moment',
  },
  { flag: '--autoplay-policy=user-gesture-required', why: 'media with sound does not start by itself' },
];

/** Certificates with these keys are taken. */
export function trustFlags(keys: readonly string[]): readonly Flag[] {
  return keys.length === 0
    ? []
    : [
        {
          flag: `--ignore-certificate-errors-spki-list=${keys.join()}`,
          why: 'what NODE_EXTRA_CA_CERTS names is trusted here too',
        },
      ];
}

/** Nothing goes around the guarded proxy. */
export function guardFlags(proxyUrl: string): readonly Flag[] {
  return [
    { flag: `--proxy-server=${proxyUrl}`, why: 'every connection is made by the address guard' },
    { flag: '--proxy-bypass-list=<-loopback>', why: 'also those to this machine, which Chrome would make itself' },
    { flag: '--webrtc-ip-handling-policy=disable_non_proxied_udp', why: 'WebRTC, which is UDP, may not go around it' },
    { flag: '--force-webrtc-ip-handling-policy=disable_non_proxied_udp', why: 'the same for a Chrome that knows the older name' },
  ];
}

/**
 * Chrome refuses to start as root with its sandbox, and some systems (Ubuntu since 23.10, many containers) give an
 * unpackaged browser no user namespace to build one from.
 */
export const withoutSandbox: Flag = { flag: '--no-sandbox', why: 'the system gives the browser no sandbox' };
