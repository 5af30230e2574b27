import type { Sender } from './notice.js';
import { oneLine } from './letter/clean.js';

const ID = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/;
const ADDRESS = /^[^\s<>()[\],;:\\"@]+@([^\s<>()[\],;:\\"@]+)$/u;

/** Reads MAIL_FROM: `Implementation Support Unit <isu@example.org>`, or an address alone. */
export const senderOf = (mailFrom: string): Sender => {
  const found = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(mailFrom);
  const [name, address] = found ? [found[1] as string, found[2] as string] : ['', mailFrom.trim()];
  domainOf(address);
  return { name: oneLine(name.replace(/^"(.*)"$/, '$1')), address };
};

/** Whether this is one address and nothing else: no name, no list, no further command. */
export const isAddress = (text: string): boolean => ADDRESS.test(text);

/** The domain of an address that can stand in a header and in an envelope. */
export const domainOf = (address: string): string => {
  const domain = ADDRESS.exec(address)?.[1];
  if (!domain) throw new Error('This is not an e-mail address that a message can be sent to or from.');
  return domain;
};

/** The same notice always has the same Message-ID. */
export const messageIdFor = (noticeId: string, domain: string): string => `<${checkedId(noticeId)}@${domain}>`;

const checkedId = (noticeId: string): string => {
  if (!ID.test(noticeId)) throw new Error('The id of a notice is made of 1 to 64 letters, digits, dots, hyphens and underscores.');
  return noticeId;
};
