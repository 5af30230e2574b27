import { ForbiddenTarget } from './target.js';

/**
 * Why there was no answer, for the owner of the endpoint: enough to mend it, and nothing that maps our own network. What
 * the system says of addresses and name servers is not repeated.
 */
export const inWords = (error: Error): string => {
  if (error instanceof ForbiddenTarget) return error.message;
  const { code } = error as { code?: string };
  const known = code === undefined ? undefined : SENTENCES[code];
  if (known) return known;
  if (code?.startsWith('ERR_TLS') || code?.startsWith('CERT_') || code?.includes('CERT') || code?.startsWith('ERR_SSL')) return `The certificate was not accepted (${code}).`;
  return 'The connection failed.';
};

const CLOSED = 'The connection was closed before there was an answer.';
const UNREACHABLE = 'The address cannot be reached.';
const NO_ANSWER = 'No answer in time.';

const SENTENCES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'The host name leads nowhere.',
  EAI_AGAIN: 'The host name could not be looked up just now.',
  ECONNREFUSED: 'Nothing listens there (connection refused).',
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ETIMEDOUT: NO_ANSWER,
  UND_ERR_CONNECT_TIMEOUT: 'No connection in time.',
  UND_ERR_HEADERS_TIMEOUT: NO_ANSWER,
  UND_ERR_BODY_TIMEOUT: NO_ANSWER,
  UND_ERR_HEADERS_OVERFLOW: 'The headers of the answer are too long.',
  ECONNRESET: CLOSED,
  EPIPE: CLOSED,
  UND_ERR_SOCKET: CLOSED,
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate is signed by nobody we know.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate is signed by nobody we know.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The certificate is signed by nobody we know.',
  CERT_HAS_EXPIRED: 'The certificate has expired.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate is for another host name.',
};
