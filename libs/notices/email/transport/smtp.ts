import { createPrivateKey } from 'node:crypto';
import nodemailer from 'nodemailer';
import { isAddress } from '../addresses.js';
import type { Mailer } from './mailer.js';
import { type Outcome, outcomeOf, type Progress } from './outcome.js';
import { type DkimKey, type MailSettings, TIMEOUTS, type WireEnvelope } from './settings.js';

/** Header fields that the signature covers: without both List-Unsubscribe ones no one-click (RFC 8058, 4). */
const SIGNED = ['From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type', 'Content-Language', 'Auto-Submitted', 'List-Id', 'List-Unsubscribe', 'List-Unsubscribe-Post'];

/** Sends the stored bytes through an SMTP server, over connections that are kept open for a while. */
export const smtpMailer = ({ smtpUrl, dkim, maxConnections = 5, timeouts }: MailSettings & { smtpUrl: string }): Mailer => {
  const wait = { ...TIMEOUTS, ...timeouts };
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections,
    // Sending again is the queue's decision, with a record of it; never the library's.
    maxRequeues: 0,
    // Well below what servers allow an idle client, so that they are not the ones to hang up.
    idleTimeout: 20_000,
    connectionTimeout: wait.connection,
    greetingTimeout: wait.greeting,
    socketTimeout: wait.socket,
    requireTLS: needsTls(smtpUrl),
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim ? { dkim: { ...checked(dkim), headerFieldNames: SIGNED.join(':') } } : {}),
  });

  const closing = new AbortController();

  // The library makes the stream of a message when it hands it to a connection; its state tells how far it came.
  const underWay = new WeakMap<object, Progress>();
  transport.use('stream', ({ data, message }, done) => {
    const progress = underWay.get(data.raw as Buffer);
    if (progress && message) {
      const createReadStream = message.createReadStream.bind(message);
      message.createReadStream = (options) => (progress.stream = createReadStream(options));
    }
    done();
  });

  const send = async (mime: Buffer, envelope: WireEnvelope): Promise<Outcome> => {
    if (!isAddress(envelope.from)) return unusable('sender');
    if (!isAddress(envelope.to)) return unusable('recipient');
    // The same bytes, as an object of this one attempt.
    const raw = mime.subarray();
    const progress: Progress = {};
    underWay.set(raw, progress);
    try {
      const { response } = await transport.sendMail({ raw, envelope: { from: envelope.from, to: [envelope.to], size: mime.length }, signal: AbortSignal.any([AbortSignal.timeout(wait.whole), closing.signal]) });
      return { kind: 'sent', response };
    } catch (cause) {
      return outcomeOf(cause, progress);
    }
  };

  return {
    send,
    verify: async () => void (await transport.verify()),
    close: () => {
      closing.abort(new Error('The service was told to end before the mail server had answered.'));
      transport.close();
    },
  };
};

/** The library would make the best of what is no address, and send to what it takes for one. */
const unusable = (at: 'sender' | 'recipient'): Outcome => ({ kind: 'rejected', code: 553, response: `not asked: the address of the ${at} is not one`, at });

/** A password is not sent over a line that anyone could read, unless it never leaves the machine. */
const needsTls = (smtpUrl: string): boolean => {
  const { username, hostname } = new URL(smtpUrl);
  return username !== '' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname);
};

/** At start rather than with the first message; and without the key in the error. */
const checked = (dkim: DkimKey): DkimKey => {
  try {
    if (createPrivateKey(dkim.privateKey).asymmetricKeyType === 'rsa') return dkim;
  } catch {
    // Said below, without what was given.
  }
  throw new Error('The DKIM key must be an RSA private key in PEM.');
};
