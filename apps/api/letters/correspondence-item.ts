import type { MessageRow } from '#notices';

/** What became of a message, as a State's correspondence shows it. */
export interface CorrespondenceItem extends Pick<MessageRow, 'status' | 'messageId' | 'id' | 'on' | 'contactId' | 'language' | 'about' | 'reason' | 'sha256' | 'insteadOf'> {
  at: string;
  to: MessageRow['role'];
  sendAfter: string;
}

export const itemOf = ({ changedAt, status, messageId, id, on, role, contactId, language, reason, sha256, sendAfter, insteadOf }: MessageRow, about: MessageRow['about']): CorrespondenceItem => ({
  at: changedAt.toISOString(), status, messageId, id, on, to: role, contactId, language, about, reason, sha256, sendAfter: sendAfter.toISOString(), insteadOf,
});
