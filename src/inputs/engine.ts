import { isLoopbackHost } from '../address/loopback.ts';
import { docsUrl } from '../basics/product.ts';
import { defined } from '../basics/record.ts';
import type { Problem } from '../errors/problem.ts';
import type { BrowserChoice } from '../plan/browser.ts';
import type { CaptureApi } from '../services/capture-api.ts';
import { captureApiOf } from '../services/registry.ts';
import type { EngineChoice } from './inputs.ts';
import type { Values } from './values.ts';
import { readWebUrl } from './web-url.ts';

/** What tells whether a key is needed, and where it may come from. */
export interface KeyContext {
  /** The run belongs to a pull request from a fork, which is given no secrets. */
  readonly fork: boolean;
  /** Whether the captures will be made; a plan needs no key. */
  readonly purpose: 'check' | 'plan';
  /** The environment variable that may hold the key, on the command line. */
  readonly apiKeyVariable?: string;
}

export interface EngineContext extends KeyContext {
  /** The address of the preview, where it has one. */
  readonly base: URL | undefined;
}

/** Reads what captures the pages; notes what is wrong with it. */
export function readEngine(
  values: Values,
  { fork, purpose, apiKeyVariable, base }: EngineContext,
  problems: Problem[],
): EngineChoice {
  const kind = values.require('engine');
  if (kind === 'local') {
    return {
      kind: 'local',
      browser: readBrowser(values, problems),
      ...(values.require('accept-certificates') ? { acceptCertificates: { baseHost: base?.hostname } } : {}),
    };
  }
  if (values.require('accept-certificates')) {
    problems.push({
      place: values.placeOf('accept-certificates'),
      message: `accept-certificates goes only with engine: local; with engine: ${kind} the service visits the page, and takes no untrusted certificate. Take it out, or set engine: local`,
    });
  }
  const apiKey = values.get('api-key')?.trim() ?? '';
  if (apiKey === '' && purpose === 'check' && values.located('api-key')?.unknown === undefined) {
    problems.push({ place: values.placeOf('api-key'), message: renderMissingKey(fork, apiKeyVariable, captureApiOf(kind)) });
  } else if (/[^\x21-\x7e]/.test(apiKey)) {
    problems.push({
      place: values.placeOf('api-key'),
      message: 'api-key holds a space, a line break or another character that no key has. Check the secret behind it',
    });
  }
  return {
    kind,
    apiKey,
    apiUrl: readApiUrl(values, captureApiOf(kind), problems),
    ...defined({ withoutEffect: readUnused(values) }),
  };
}

function readBrowser(values: Values, problems: Problem[]): BrowserChoice {
  const browser = values.require('browser');
  const path = values.get('browser-path');
  if (browser.kind === 'system') {
    return { ...browser, ...defined({ path }) };
  }
  if (path !== undefined) {
    problems.push({
      place: values.placeOf('browser'),
      message:
        'browser names a browser that is downloaded, and browser-path one of this machine. Take out one of them, or set browser: system to use browser-path',
    });
  }
  return browser;
}

/**
 * What says which browser captures, beside a service that has its own. No mistake: a workflow may choose the engine by
 * whether a pull request comes from a fork.
 */
function readUnused(values: Values): string[] | undefined {
  const unused = [
    ...(values.require('browser').kind === 'system' ? [] : ['browser']),
    ...(values.get('browser-path') === undefined ? [] : ['browser-path']),
  ];
  return unused.length === 0 ? undefined : unused;
}

function renderMissingKey(fork: boolean, variable: string | undefined, { key }: CaptureApi): string {
  if (fork) {
    return `api-key is not set: this pull request comes from a fork, and GitHub hands no secrets to forks. Set engine: local for forks (${docsUrl('forks.md')})`;
  }
  const remedy =
    variable === undefined
      ? `Set api-key: \${{ secrets.${key.secret} }} and make sure that the secret exists`
      : `Set the environment variable ${variable} to the key`;
  return `api-key is not set. ${remedy}, or set engine: local to capture with the Chrome of this machine`;
}

function readApiUrl(values: Values, api: CaptureApi, problems: Problem[]): URL {
  // The table's default is that of the default service.
  const url = values.located('api-url') === undefined ? new URL(api.url) : readWebUrl(values, 'api-url', problems);
  if (url === undefined) {
    return new URL('https://api-url.invalid');
  }
  const place = values.placeOf('api-url');
  if (url.protocol !== 'https:' && !isLoopbackHost(url.hostname)) {
    problems.push({
      place,
      message: `api-url must be https, because the key is sent to it, not "${url.protocol}//${url.host}…". Plain http is taken for loopback only`,
    });
  }
  if (url.username !== '' || url.password !== '') {
    problems.push({ place, message: 'api-url must not hold a user name or password' });
  }
  return url;
}
