import type { LeftOutReason } from './discovery.ts';

/** Why something was not taken, as words that go behind it. */
export function describeLeftOut(reason: LeftOutReason): string {
  switch (reason.kind) {
    case 'excluded':
      return 'excluded by exclude';
    case 'not-included':
      return 'no glob of include matches it';
    case 'skip-tag':
      return 'tagged skip-visual';
    case 'docs-page':
      return 'a docs page, and no story';
    case 'story-test':
      return 'a test of a story, and no story';
    case 'sign-out':
      return 'it looks as if it signed the visitor out';
    case 'outside-base':
      return 'not below base-url';
    case 'not-web':
      return 'not an http or https address';
    case 'too-long':
      return 'the address is too long';
    case 'no-page':
      return `not a page (${reason.detail})`;
    case 'same-page':
      return `the same page as ${reason.detail}`;
    case 'canonical':
      return `its canonical address is ${reason.detail}`;
    case 'answered':
      return `it answered with HTTP ${reason.detail}`;
    case 'leads-away':
      return `it leads to another site, ${reason.detail}, most likely a sign-on page`;
    case 'unreachable':
      return `it could not be reached: ${reason.detail}`;
    case 'queries':
      return `more than ${reason.detail} different queries of one path`;
  }
}
