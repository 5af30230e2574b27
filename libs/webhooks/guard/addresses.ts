import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [Address, number];

const ranges = (cidrs: string): Range[] => cidrs.trim().split(/\s+/).map((cidr) => ipaddr.parseCIDR(cidr));

/** Networks that are somebody's own, or nobody's: what is sent there is sent to ourselves or to our neighbours (RFC 6890 and what came after). */
const BLOCKED_IPV4 = ranges(`
  0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24
  192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
  168.63.129.16/32`); // The last one is a public address that a large cloud answers its own machines on.

/** All that is routed to anyone lies in 2000::/3; the rest is refused whole, with all forms that carry an IPv4 address inside. */
const ROUTED_IPV6 = ranges('2000::/3');
const BLOCKED_IPV6 = ranges(`
  2001::/23 2001:db8::/32 2002::/16 3fff::/20
  ::/128 ::1/128 fe80::/10 fc00::/7 ff00::/8 100::/64 64:ff9b::/96 64:ff9b:1::/48 5f00::/16`);

const LOOPBACK = { ipv4: ranges('127.0.0.0/8'), ipv6: ranges('::1/128') };

const within = (address: Address, networks: readonly Range[]): boolean => networks.some((network) => address.match(network));

/** An IPv4 address mapped into IPv6 is that IPv4 address. Null for what is no address, and for one with a scope. */
const read = (text: string): Address | null => {
  const family = text.includes('%') ? 0 : isIP(text);
  if (family === 0) return null;
  // The parser takes `::8.8.8.8` for a mapped address, which it is not: in hexadecimal digits it cannot.
  return ipaddr.process(family === 4 ? text : new URL(`http://[${text}]/`).hostname.slice(1, -1));
};

export const isLoopback = (text: string): boolean => {
  const address = read(text);
  return address !== null && within(address, LOOPBACK[address.kind()]);
};

/** Whether anybody's receiver may be at an address: it is routed to everyone, and to nobody in particular. */
export const isPublic = (text: string): boolean => {
  const address = read(text);
  if (address === null) return false;
  return address.kind() === 'ipv4' ? !within(address, BLOCKED_IPV4) : within(address, ROUTED_IPV6) && !within(address, BLOCKED_IPV6);
};
