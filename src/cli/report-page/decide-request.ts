import { createHash, timingSafeEqual } from 'node:crypto';

/** What a request says of itself, as far as it decides what it may do. */
export interface PageRequest {
  readonly method: string | undefined;
  /** The path with its query, as it was sent. */
  readonly path: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** By what the page is reached: nobody else knows the token, and no other name leads here. */
export interface PageAddress {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly token: string;
}

/** `presence`: the page is open. `refuse`: says nothing of what there is. */
export type PageAction =
  | { readonly kind: 'page' | 'presence' | 'accept' }
  | { readonly kind: 'refuse'; readonly status: 403 | 404 | 405 };

const places = { '': 'page', presence: 'presence', accept: 'accept' } as const;

/**
 * What a request may do. Whoever asks by another name has been led here by somebody's DNS (rebinding), and a page of another
 * origin may ask for nothing, whatever it knows.
 */
export function decideRequest({ method, path = '', headers }: PageRequest, { host, token }: PageAddress): PageAction {
  if (headers['host'] !== host || !isFromHere(headers, host)) {
    return { kind: 'refuse', status: 403 };
  }
  const [, sent = '', place, ...more] = path.split('/');
  const kind = place === undefined || more.length > 0 ? undefined : findPlace(place);
  if (!isSameText(sent, token) || kind === undefined) {
    return { kind: 'refuse', status: 404 };
  }
  if (method !== (kind === 'accept' ? 'POST' : 'GET')) {
    return { kind: 'refuse', status: 405 };
  }
  // A form of another page can send neither this type nor this origin.
  const isMeant = headers['origin'] === `http://${host}` && headers['content-type'] === 'application/json';
  return kind === 'accept' && !isMeant ? { kind: 'refuse', status: 403 } : { kind };
}

function findPlace(place: string): 'page' | 'presence' | 'accept' | undefined {
  return Object.hasOwn(places, place) ? places[place as keyof typeof places] : undefined;
}

/** A browser says from where it is asked; `none`: the person typed or opened the address. */
function isFromHere({ origin, 'sec-fetch-site': site }: PageRequest['headers'], host: string): boolean {
  return (
    (origin === undefined || origin === `http://${host}`) && (site === undefined || site === 'same-origin' || site === 'none')
  );
}

/** Compares without telling by its duration how much of the text is right. */
function isSameText(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
