// Loaded before a process of a test: names below `localhost` are this machine, as git and browsers have it (RFC 6761),
// while Node asks the system's resolver, which need not know them.
import dns from 'node:dns';

dns.lookup = new Proxy(dns.lookup, {
  apply: (lookup, self, [host, ...more]) =>
    Reflect.apply(lookup, self, [String(host).endsWith('.localhost') ? '127.0.0.1' : host, ...more]),
});
