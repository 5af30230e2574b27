import type { RecipientRole, Subject } from '../plan/day-plan.js';

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
}

export const MESSAGE_COLUMNS = `id, treaty, on_day::text AS "on", role, contact_id AS "contactId", language, about, states, status, reason, send_after AS "sendAfter",
  attempts, message_id AS "messageId", sha256, response, changed_at AS "changedAt"`;
