import type { Readable } from 'node:stream';

/** What became of one message handed to one server for one recipient. */
export type Outcome =
  | { kind: 'sent'; response: string }
  /** The server said: not now. */
  | { kind: 'deferred'; code: number; response: string }
  /** The server said: never. Only `recipient` speaks of the address; the others are for whoever runs this service. */
  | { kind: 'rejected'; code: number; response: string; at: 'sender' | 'recipient' | 'message' }
  /** Nothing was handed over: sending it again cannot deliver it twice. */
  | { kind: 'unreachable'; error: string }
  /** It may have been accepted: shown to a person, never sent again by itself. */
  | { kind: 'unknown'; error: string };

/** How far a message came: the stream that the library reads it from, once there is one. */
export interface Progress {
  stream?: Readable;
}

interface SmtpError extends Error {
  code?: string;
  command?: string;
  responseCode?: number;
  response?: string;
}

/**
 * Reads an outcome from the library's error and from how far the message came.
 *
 * A reply counts where it answers what this message asked: MAIL FROM, RCPT TO, DATA (`EENVELOPE`), or the message itself
 * (`EMESSAGE`). Of every other failure (a lost connection, a timeout, a reply out of turn) only the bytes can tell: the
 * library begins to read a message when the server has agreed to DATA. From then on it may all be with the server, since
 * the stored bytes leave in one piece.
 */
export const outcomeOf = (cause: unknown, { stream }: Progress): Outcome => {
  const error: SmtpError = cause instanceof Error ? cause : new Error(String(cause));
  const answered = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  if (answered && error.responseCode !== undefined) return replied(error, error.responseCode);
  // Refused by the library before it asked: an address that SMTP cannot carry, or one that is missing.
  if (error.code === 'EENVELOPE') return { kind: 'rejected', code: 553, response: error.message, at: 'recipient' };
  if (error.code === 'EMESSAGE') return { kind: 'rejected', code: 552, response: error.message, at: 'message' };
  if (stream?.readableDidRead) return { kind: 'unknown', error: described(error) };
  const { responseCode } = error;
  // 4xx to the greeting or to EHLO. A 5xx there, or to AUTH, speaks of this service and not of the message: it waits.
  if (responseCode !== undefined && responseCode >= 400 && responseCode < 500 && error.code !== 'EAUTH') return { kind: 'deferred', code: responseCode, response: error.response ?? error.message };
  return { kind: 'unreachable', error: described(error) };
};

const replied = (error: SmtpError, code: number): Outcome => {
  const response = error.response ?? error.message;
  // 503 says that the session was out of step; 530 to 538 that it must log in first. Neither speaks of the message.
  if (code >= 530 && code <= 538) return { kind: 'unreachable', error: described(error) };
  if (code < 500 || code === 503) return { kind: 'deferred', code, response };
  return { kind: 'rejected', code, response, at: error.command === 'MAIL FROM' ? 'sender' : error.command === 'RCPT TO' ? 'recipient' : 'message' };
};

const described = ({ code, message }: SmtpError): string => (code === undefined ? message : `${code}: ${message}`);
