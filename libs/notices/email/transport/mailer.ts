import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Mailbox, openMailbox } from './mailbox.js';
import type { Outcome } from './outcome.js';
import type { MailSettings, WireEnvelope } from './settings.js';
import { smtpMailer } from './smtp.js';

/** The way out for stored messages. */
export interface Mailer {
  /** Hands over the bytes as they are. Never throws for what a server or a disk does: the outcome says it. */
  send: (mime: Buffer, envelope: WireEnvelope) => Promise<Outcome>;
  /** Throws where messages could not leave now. */
  verify: () => Promise<void>;
  close: () => void;
  /** Only without an SMTP server: where the messages went. */
  mailbox?: Mailbox;
}

export const createMailer = (settings: MailSettings): Mailer => {
  const { smtpUrl } = settings;
  return smtpUrl === undefined ? mailboxMailer(settings.home) : smtpMailer({ ...settings, smtpUrl });
};

const mailboxMailer = (home: string): Mailer => {
  const mailbox = openMailbox(home);
  const send = async (mime: Buffer): Promise<Outcome> => {
    try {
      return { kind: 'sent', response: (await mailbox.put(mime)) ? 'kept in the embedded mailbox' : 'already in the embedded mailbox' };
    } catch (cause) {
      return { kind: 'unreachable', error: cause instanceof Error ? cause.message : String(cause) };
    }
  };
  return { send, verify: async () => void (await mkdir(join(home, 'mailbox'), { recursive: true, mode: 0o700 })), close: () => undefined, mailbox };
};
