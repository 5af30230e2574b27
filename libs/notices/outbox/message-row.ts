import { v5 } from 'uuid';
import type { Message, RecipientRole, Subject } from '../plan/day-plan.js';

export const MESSAGE_STATUSES = ['planned', 'held', 'skipped', 'suppressed', 'rendered', 'sending', 'sent', 'failed', 'unknown', 'bounced'] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** A message that is owed, or was. */
export interface MessageRow {
  id: string;
  treaty: string;
  on: string;
  role: RecipientRole;
  contactId: string;
  language: string;
  about: Subject[];
  states: string[];
  status: MessageStatus;
  /** Why it was held, skipped or suppressed, or what went wrong. */
  reason: string | null;
  sendAfter: Date;
  attempts: number;
  messageId: string;
  sha256: string | null;
  /** What the mail server said. */
  response: string | null;
  changedAt: Date;
  /** `pacta`, or the key of a person who held, released or skipped it. */
  changedBy: string;
  /** The first message of this content, where that and all others since did not reach anybody. */
  insteadOf: string | null;
  /** The role that the first one was for. */
  meantFor: RecipientRole | null;
}

/** A registrar's own step: on record with the key that took it. */
export interface ByPerson {
  actor: string;
  reason: string | null;
}

export const MESSAGE_COLUMNS = `id, treaty, on_day::text AS "on", role, contact_id AS "contactId", language, about, states, status, reason, send_after AS "sendAfter",
  attempts, message_id AS "messageId", sha256, response, changed_at AS "changedAt", changed_by AS "changedBy", instead_of AS "insteadOf", meant_for AS "meantFor"`;

/** The same message has the same id, planned again or foreseen: one a treaty, day and contact. It becomes its Message-ID. */
export const messageRowId = (treaty: string, { on, recipient }: Pick<Message, 'on' | 'recipient'>): string => v5(`${treaty} ${on} ${recipient.role} ${recipient.contactId}`, NAMESPACE);

const NAMESPACE = '0b6f7c52-58d5-4e53-8a9c-6c3a3f0f7d21';
