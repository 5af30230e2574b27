import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { addressIn, ForbiddenTarget, type Reach, refuseForbidden } from './target.js';

/** All addresses of a name, as they are at this moment. */
export type Resolve = (name: string) => Promise<LookupAddress[]>;

export const resolveBySystem: Resolve = (name) =>
  new Promise((resolve, reject) => systemLookup(name, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses))));

export interface ConnectOptions {
  reach: Reach;
  resolve: Resolve;
  /** Milliseconds until a connection must be there, TLS included. */
  timeout: number;
}

/**
 * Connects to what was tested and to nothing else. A name is resolved inside the connection's own lookup, all of its
 * addresses are tested there, and the socket takes one of exactly those: between test and connection nothing is asked a
 * second time. The name stays what the certificate is checked against.
 */
export const guardedConnector = ({ reach, resolve, timeout }: ConnectOptions): buildConnector.connector => {
  const shared = sharing(resolve);
  return (options, callback) => {
    // What the library calls a port is '' for the protocol's own.
    const at = { protocol: options.protocol, port: options.port, hostname: options.hostname };
    const refused = attempt(() => {
      const literal = addressIn(at);
      // A socket does not look up what is an address already.
      if (literal !== null) refuseForbidden([literal], at, reach);
    });
    if (refused) return callback(refused, null);
    const lookup: LookupFunction = (name, { all }, answer) => {
      shared(name).then(
        (addresses) => {
          const forbidden = attempt(() => refuseForbidden(addresses.map(({ address }) => address), at, reach));
          if (forbidden) answer(forbidden, '', 0);
          else if (all) answer(null, addresses);
          else answer(null, (addresses[0] as LookupAddress).address, (addresses[0] as LookupAddress).family);
        },
        (error: NodeJS.ErrnoException) => answer(error, '', 0),
      );
    };
    buildConnector({ lookup, timeout, allowH2: false })(options, (...outcome) => {
      const [error, socket] = outcome;
      const elsewhere = error ?? attempt(() => refuseForbidden([socket.remoteAddress ?? ''], at, reach));
      if (!elsewhere) return callback(...outcome);
      socket?.destroy();
      callback(elsewhere, null);
    });
  };
};

const attempt = (work: () => void): Error | null => {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof ForbiddenTarget ? error : new ForbiddenTarget('This address could not be tested.');
  }
};

/** Connections that are opened at the same moment share one question: slow name servers must not fill the few threads that ask. */
const sharing = (resolve: Resolve): Resolve => {
  const asked = new Map<string, Promise<LookupAddress[]>>();
  return (name) => {
    const known = asked.get(name);
    if (known) return known;
    const answer = resolve(name).finally(() => asked.delete(name));
    asked.set(name, answer);
    return answer;
  };
};
