import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressReason, privateAddressReason } from '../../src/address/private-address.ts';

describe('what is not public', () => {
  test.each([
    ['http://127.0.0.1/', '127.0.0.1 is a loopback address'],
    ['http://127.1/', '127.0.0.1 is a loopback address'],
    ['http://2130706433/', '127.0.0.1 is a loopback address'],
    ['http://0x7f.0.0.1/', '127.0.0.1 is a loopback address'],
    ['http://0177.0.0.01/', '127.0.0.1 is a loopback address'],
    ['http://127.0.0.1./', '127.0.0.1 is a loopback address'],
    ['http://①②⑦.0.0.1/', '127.0.0.1 is a loopback address'],
    ['http://0/', '0.0.0.0 is an address of this machine'],
    ['http://10.1.2.3:8080/path', '10.1.2.3 is a private address'],
    ['http://172.31.255.255/', '172.31.255.255 is a private address'],
    ['http://192.168.0.1/', '192.168.0.1 is a private address'],
    ['http://100.64.0.1/', '100.64.0.1 is a carrier-grade NAT address'],
    ['http://169.254.1.1/', '169.254.1.1 is a link-local address'],
    ['http://169.254.169.254/latest/meta-data/', '169.254.169.254 is a cloud metadata address'],
    ['http://168.63.129.16/', '168.63.129.16 is a cloud metadata address'],
    ['http://224.0.0.1/', '224.0.0.1 is a multicast address'],
    ['http://255.255.255.255/', '255.255.255.255 is a reserved address'],
    ['http://[::1]/', '::1 is a loopback address'],
    ['http://[0:0:0:0:0:0:0:1]/', '::1 is a loopback address'],
    ['http://[::]/', ':: is an address of this machine'],
    ['http://[fd12:3456::1]/', 'fd12:3456::1 is a unique local address'],
    ['http://[fe80::1]/', 'fe80::1 is a link-local address'],
    ['http://[fd00:ec2::254]/', 'fd00:ec2::254 is a cloud metadata address'],
    ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1 is an IPv4-mapped address of a loopback address'],
    ['http://[::ffff:a9fe:a9fe]/', '::ffff:a9fe:a9fe is an IPv4-mapped address of a cloud metadata address'],
    ['http://[64:ff9b::10.0.0.1]/', '64:ff9b::a00:1 is a NAT64 address of a private address'],
    ['http://[2002:7f00:1::]/', '2002:7f00:1:: is a 6to4 address of a loopback address'],
    ['http://[2001::1]/', '2001::1 is a reserved address'],
    ['http://[::127.0.0.1]/', '::7f00:1 is a reserved address'],
    ['http://[::ffff:0:127.0.0.1]/', '::ffff:0:7f00:1 is a reserved address'],
    ['http://[4000::1]/', '4000::1 is a reserved address'],
    ['http://localhost:3000/', 'localhost is a name of this machine'],
    ['http://LOCALHOST./', 'localhost is a name of this machine'],
    ['http://app.localhost/', 'app.localhost is a name of this machine'],
    ['http://printer.local/', 'printer.local is a name of the local network'],
    ['http://metadata.google.internal/', 'metadata.google.internal is a name of a private network'],
    ['http://intranet/', 'intranet is a name without a domain'],
  ])('%s', (url, reason) => {
    expect(privateAddressReason(new URL(url))).toBe(reason);
  });
});

test.each([
  'https://example.com/',
  'https://notlocalhost.com/',
  'https://localhost.example.com/',
  'https://local.dev/',
  'https://internal.example.com/',
  'http://1.1.1.1/',
  'http://172.32.0.1/',
  'http://100.128.0.1/',
  'http://[2606:4700::1111]/',
  'http://[::ffff:1.1.1.1]/',
  'http://[64:ff9b::1.1.1.1]/',
  'http://[2002:101:101::1]/',
])('%s is public', (url) => {
  expect(privateAddressReason(new URL(url))).toBeUndefined();
});

test('what a name server gives that is no address is refused', () => {
  expect(addressReason('fe80::1%eth0')).toBe('fe80::1%eth0 is not an IP address');
  expect(addressReason('')).toBe(' is not an IP address');
});

test('agrees with node:net on the private ranges, for any address in any spelling', () => {
  const list = new BlockList();
  for (const [network, bits] of [
    ['10.0.0.0', 8],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
    ['100.64.0.0', 10],
  ] as const) {
    list.addSubnet(network, bits, 'ipv4');
  }
  const byte = fc.integer({ min: 0, max: 255 });
  const first = fc.oneof(fc.constantFrom(10, 100, 127, 169, 172, 192), byte);
  fc.assert(
    fc.property(fc.tuple(first, fc.oneof(fc.constantFrom(16, 31, 64, 127, 168, 254), byte), byte, byte), (bytes) => {
      const dotted = bytes.join('.');
      const number = bytes.reduce((value, part) => value * 256 + part, 0);
      if (list.check(dotted)) {
        for (const host of [dotted, String(number), `0x${number.toString(16)}`, `[::ffff:${dotted}]`, `[64:ff9b::${dotted}]`]) {
          expect(privateAddressReason(new URL(`http://${host}/`))).toBeDefined();
        }
      }
    }),
  );
});
