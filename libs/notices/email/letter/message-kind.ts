import type { MessageKind } from '../languages/catalogue.js';
import type { Notice } from '../notice.js';

/** What a message is, from whom it is for and what it is about: decides its subject line and its opening. */
export const messageKind = ({ recipient, about, on, confirms, meantFor }: Pick<Notice, 'about' | 'on' | 'confirms' | 'meantFor'> & { recipient: Pick<Notice['recipient'], 'role'> }): MessageKind => {
  const all = (test: (subject: Notice['about'][number]) => boolean): boolean => about.every(test);
  if (confirms !== undefined) return 'confirmation';
  if (recipient.role === 'registrar') return meantFor === undefined ? 'registrar' : 'undeliverable';
  if (recipient.role === 'coordinator') {
    if (all(({ step }) => step === 'go-live')) return 'goLiveCoordinator';
    return about.some(({ step }) => step === 'digest' || step === 'go-live') ? 'digest' : 'escalation';
  }
  if (all(({ step }) => step === 'go-live')) return 'goLive';
  if (all(({ kind }) => kind === 'extension-request')) return 'filing';
  if (all(({ status }) => status === 'overdue')) return 'overdue';
  if (all(({ status, dueOn }) => status === 'pending' && dueOn === on)) return 'today';
  return all(({ status }) => status === 'pending') ? 'before' : 'mixed';
};
