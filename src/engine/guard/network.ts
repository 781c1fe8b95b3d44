import { lookup as dnsLookup } from 'node:dns/promises';
import { connect, type Socket } from 'node:net';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** The part of the network that the address guard needs. */
export interface Network {
  /** All addresses of a name or IP literal. Rejects when there is none. */
  lookup(hostname: string): Promise<readonly ResolvedAddress[]>;
  /** Opens a connection to one of the addresses and to nothing else. */
  connect(addresses: readonly ResolvedAddress[], port: number): Socket;
}

export const systemNetwork: Network = {
  lookup: (hostname) => dnsLookup(hostname, { all: true }),
  connect: (addresses, port) =>
    connect({
      // Never resolved: `lookup` below gives the addresses that were checked.
      host: 'checked.invalid',
      port,
      lookup: (_host, options, done) => {
        const [first] = addresses;
        if (options.all === true) {
          done(null, [...addresses]);
        } else {
          done(null, first?.address ?? '', first?.family ?? 0);
        }
      },
    }),
};
