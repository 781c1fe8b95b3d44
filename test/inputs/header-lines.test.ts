import { describe, expect, it } from 'vitest';
import { headerLines } from '../../src/inputs/header-lines.ts';

describe('page-headers', () => {
  it('are lines of name and value', () => {
    expect(headerLines.parse('X-Bypass: open:sesame\n\n  CF-Access-Client-Id:  id  \n')).toEqual({
      value: { 'x-bypass': 'open:sesame', 'cf-access-client-id': 'id' },
    });
    expect(headerLines.parse('')).toEqual({ value: {} });
  });

  it.each([
    ['no colon', 'X-Bypass secret-value'],
    ['no value', 'X-Bypass:'],
    ['a name that is none', 'X Bypass: secret-value'],
    ['a control character', 'X-Bypass: secret-\u0007value'],
    ['a header of the connection', 'Host: secret-value'],
  ])('with %s are told by their line, never by their content', (_, line) => {
    const parsed = headerLines.parse(`Accept: text/html\n${line}`);
    expect(parsed).toEqual({ problem: 'must be lines of "Name: value"; line 2 is not, or names a header that may not be sent' });
  });
});
