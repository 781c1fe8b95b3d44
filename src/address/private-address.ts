import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * Which addresses are not on the public internet. Pure: it looks at what is written, never at a name server; of node:net
 * it takes the arithmetic of addresses alone.
 * Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and its updates), RFC 6761, RFC 8375.
 */

interface Range {
  readonly range: string;
  readonly is: string;
}

const privateUse = 'a private address';
const loopback = 'a loopback address';
const linkLocal = 'a link-local address';
const documentation = 'an address for documentation';
const metadata = 'a cloud metadata address';
const reserved = 'a reserved address';

/** The first range that holds an address names it, so narrow ranges stand before wide ones. */
const ipv4Ranges: readonly Range[] = [
  { range: '169.254.169.254/32', is: metadata },
  { range: '100.100.100.200/32', is: metadata },
  // Azure's wire server: a public address that every virtual machine there sees as its host.
  { range: '168.63.129.16/32', is: metadata },
  { range: '0.0.0.0/8', is: 'an address of this machine' },
  { range: '10.0.0.0/8', is: privateUse },
  { range: '100.64.0.0/10', is: 'a carrier-grade NAT address' },
  { range: '127.0.0.0/8', is: loopback },
  { range: '169.254.0.0/16', is: linkLocal },
  { range: '172.16.0.0/12', is: privateUse },
  { range: '192.0.0.0/24', is: reserved },
  { range: '192.0.2.0/24', is: documentation },
  { range: '192.88.99.0/24', is: reserved },
  { range: '192.168.0.0/16', is: privateUse },
  { range: '198.18.0.0/15', is: 'an address for benchmarks' },
  { range: '198.51.100.0/24', is: documentation },
  { range: '203.0.113.0/24', is: documentation },
  { range: '224.0.0.0/4', is: 'a multicast address' },
  { range: '240.0.0.0/4', is: reserved },
];

const ipv6Ranges: readonly Range[] = [
  { range: 'fd00:ec2::254/128', is: metadata },
  { range: '::/128', is: 'an address of this machine' },
  { range: '::1/128', is: loopback },
  { range: '64:ff9b:1::/48', is: 'a local NAT64 address' },
  { range: '2001::/23', is: reserved },
  { range: '2001:db8::/32', is: documentation },
  { range: '3fff::/20', is: documentation },
  { range: 'fc00::/7', is: 'a unique local address' },
  { range: 'fe80::/10', is: linkLocal },
  { range: 'fec0::/10', is: 'a site-local address' },
  { range: 'ff00::/8', is: 'a multicast address' },
];

/** IPv6 forms that carry an IPv4 address, and the first of the two groups of 16 bits that hold it. */
const carriers = [
  { range: '::ffff:0:0/96', as: 'an IPv4-mapped address', group: 6 },
  { range: '64:ff9b::/96', as: 'a NAT64 address', group: 6 },
  { range: '2002::/16', as: 'a 6to4 address', group: 1 },
] as const;

const globalUnicast = blockList('2000::/3');
const ipv4Lists = ipv4Ranges.map(({ range, is }) => ({ is, list: blockList(range) }));
const ipv6Lists = ipv6Ranges.map(({ range, is }) => ({ is, list: blockList(range) }));
const carrierLists = carriers.map((carrier) => ({ ...carrier, list: blockList(carrier.range) }));

/** Names that never leave the machine or its network. A suffix stands for itself and everything below it. */
const localNames: readonly { readonly suffix: string; readonly is: string }[] = [
  { suffix: 'localhost', is: 'a name of this machine' },
  { suffix: 'local', is: 'a name of the local network' },
  { suffix: 'internal', is: 'a name of a private network' },
  { suffix: 'home.arpa', is: 'a name of the home network' },
];

/**
 * Why the URL cannot be public, e.g. `10.0.0.1 is a private address`; undefined when nothing in it says so. A public
 * name may still resolve to a private address: that takes a name server.
 */
export function privateAddressReason(url: URL): string | undefined {
  return privateHostReason(url.hostname);
}

/** The same for a host name as `URL.hostname` spells it: lower case, IPv4 in four decimals, IPv6 in brackets. */
export function privateHostReason(hostname: string): string | undefined {
  if (hostname.startsWith('[')) {
    return addressReason(hostname.slice(1, -1));
  }
  if (isIPv4(hostname)) {
    return addressReason(hostname);
  }
  const name = hostname.toLowerCase().replace(/\.$/, '');
  const local = localNames.find(({ suffix }) => name === suffix || name.endsWith(`.${suffix}`));
  if (local !== undefined) {
    return `${name} is ${local.is}`;
  }
  return name.includes('.') ? undefined : `${name} is a name without a domain`;
}

/** Why an IP address (without brackets, as a name server gives it) is not public; undefined when it is. */
export function addressReason(address: string): string | undefined {
  const is = classify(address);
  return is === undefined ? undefined : `${address} is ${is}`;
}

function classify(address: string): string | undefined {
  if (isIPv4(address)) {
    return classifyIpv4(address);
  }
  // A zone means something on this machine alone.
  if (!isIPv6(address) || address.includes('%')) {
    return 'not an IP address';
  }
  const carrier = carrierLists.find(({ list }) => list.check(address, 'ipv6'));
  if (carrier !== undefined) {
    const inner = classifyIpv4(readIpv4(groupsOf(address), carrier.group));
    return inner === undefined ? undefined : `${carrier.as} of ${inner}`;
  }
  const special = ipv6Lists.find(({ list }) => list.check(address, 'ipv6'))?.is;
  return special ?? (globalUnicast.check(address, 'ipv6') ? undefined : reserved);
}

function classifyIpv4(address: string): string | undefined {
  return ipv4Lists.find(({ list }) => list.check(address, 'ipv4'))?.is;
}

function blockList(range: string): BlockList {
  const [address = '', prefix = ''] = range.split('/');
  const list = new BlockList();
  list.addSubnet(address, Number(prefix), isIPv4(address) ? 'ipv4' : 'ipv6');
  return list;
}

/** The eight groups of an IPv6 address in any spelling. */
function groupsOf(address: string): readonly number[] {
  // The URL parser brings every spelling into one: hexadecimal groups with at most one `::`.
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const split = (side: string): string[] => (side === '' ? [] : side.split(':'));
  const [left, right] = [split(head), split(tail)];
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16));
}

/** The IPv4 address in two groups, as four decimals. */
function readIpv4(groups: readonly number[], at: number): string {
  return groups
    .slice(at, at + 2)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');
}
