import { domainOf } from './addresses.js';
import type { Links, Notice, Sender } from './notice.js';

/** What tells mail programs and servers that nobody typed this, and how to stop it (RFC 3834, RFC 2919, RFC 8058). */
export const headersOf = (notice: Pick<Notice, 'treaty'>, language: string, links: Pick<Links, 'unsubscribe'>, from: Sender): Record<string, string> => ({
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'OOF, AutoReply',
  'List-Id': `<${notice.treaty.id.replace(/[^A-Za-z0-9-]/g, '-')}.reminders.${domainOf(from.address)}>`,
  'List-Unsubscribe': `<${unsubscribeAddress(links.unsubscribe)}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  'Content-Language': language,
});

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** One-click unsubscription is https; only on one's own machine may it be tried without. */
export const unsubscribeAddress = (address: string): string => {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && LOOPBACK.has(url.hostname))) throw new Error('The address to unsubscribe at must start with https://.');
  return url.href;
};
