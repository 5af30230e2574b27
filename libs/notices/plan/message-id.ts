import { createHash } from 'node:crypto';
import type { Message } from './day-plan.js';

/** The same message has the same id, whoever works it out and however often: one a treaty, day and contact. */
export const messageIdOf = (treaty: string, { on, recipient }: Pick<Message, 'on' | 'recipient'>, domain: string): string =>
  `<${createHash('sha256').update(`${treaty}\n${on}\n${recipient.role}\n${recipient.contactId}`).digest('hex').slice(0, 32)}@${domain}>`;
