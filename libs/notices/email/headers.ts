import { domainOf } from './addresses.js';
import type { Links, Notice, Sender } from './notice.js';

/** What tells mail programs and servers that nobody typed this, and how to stop it (RFC 3834, RFC 2919, RFC 8058). */
export const headersOf = (notice: Pick<Notice, 'treaty'>, language: string, links: Pick<Links, 'unsubscribe'>, from: Sender): Record<string, string> => ({
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'OOF, AutoReply',
  'List-Id': `<${notice.treaty.id.replace(/[^A-Za-z0-9-]/g, '-')}.reminders.${domainOf(from.address)}>`,
  'List-Unsubscribe': `<${clickAddress(links.unsubscribe)}>`,
  ...(mayBeOneClick(links.unsubscribe) ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
  'Content-Language': language,
});

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** @throws {Error} for anything that is no address of the web */
export const clickAddress = (address: string): string => {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') throw new Error('The address of a link to click must start with https://.');
  return url.href;
};

/** One click is https (RFC 8058), or one's own machine, to try it; anywhere else the link leads to a page that asks. */
const mayBeOneClick = (address: string): boolean => address.startsWith('https:') || LOOPBACK.has(new URL(address).hostname);
