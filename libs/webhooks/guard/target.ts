import { isIP } from 'node:net';
import { isLoopback, isPublic } from './addresses.js';

/** Where calls may go. */
export interface Reach {
  /** For development: receivers on loopback, at any port, without TLS. Everything else stays as strict as it is. */
  allowLoopback: boolean;
}

/** An address that nothing is sent to. The message is for whoever gave it, and says nothing of what our network knows. */
export class ForbiddenTarget extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ForbiddenTarget';
  }
}

const PORTS: ReadonlySet<string> = new Set(['443', '8443']);
const LONGEST = 2_000;

/**
 * Reads the address of a receiver as browsers do, so that `0x7f.1` and `2130706433` are seen for what they are.
 *
 * @throws {ForbiddenTarget} for what can be refused without asking the network; names are tested when they are connected to
 */
export const readTarget = (text: string, reach: Reach): URL => {
  const url = text.length <= LONGEST ? URL.parse(text) : null;
  if (!url) throw new ForbiddenTarget(`This is no address of a receiver. Give one like https://example.org/hooks, of at most ${LONGEST} characters.`);
  if (url.protocol !== 'https:' && !(reach.allowLoopback && url.protocol === 'http:')) throw new ForbiddenTarget('The address of a receiver begins with https://.');
  if (url.username || url.password) throw new ForbiddenTarget('The address of a receiver holds no user and no password: verify our signature instead.');
  if (url.hostname.endsWith('.')) throw new ForbiddenTarget('Leave out the dot at the end of the host name.');
  if (!reach.allowLoopback && !PORTS.has(portOf(url))) throw new ForbiddenTarget(`A receiver listens on port ${[...PORTS].join(' or ')}.`);
  const literal = addressIn(url);
  if (literal !== null) refuseForbidden([literal], url, reach);
  url.hash = '';
  return url;
};

/** The address that stands in place of a name; null for a name. */
export const addressIn = ({ hostname }: Pick<URL, 'hostname'>): string | null => {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 0 ? null : bare;
};

/**
 * All that a name leads to, or none of it: an answer that mixes what may be called with what may not is an attack.
 *
 * @throws {ForbiddenTarget}
 */
export const refuseForbidden = (addresses: readonly string[], url: Pick<URL, 'protocol' | 'port'>, reach: Reach): void => {
  const toOurselves = (address: string): boolean => reach.allowLoopback && isLoopback(address);
  const asAnybody = url.protocol === 'https:' && PORTS.has(portOf(url));
  if (addresses.length === 0 || !addresses.every((address) => toOurselves(address) || (asAnybody && isPublic(address)))) {
    throw new ForbiddenTarget('This leads to an address that nothing is sent to: receivers are reached over https at public addresses.');
  }
};

const portOf = ({ port, protocol }: Pick<URL, 'protocol' | 'port'>): string => port || (protocol === 'https:' ? '443' : '80');
