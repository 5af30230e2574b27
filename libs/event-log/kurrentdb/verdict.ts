/** What to do about a failure. */
export type Verdict = 'conflict' | 'retry' | 'retry on a new client' | 'give up';

/** The server did not say anything for too long. The client itself may wait for ever. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  constructor(milliseconds: number) {
    super(`KurrentDB did not answer within ${milliseconds / 1_000} s.`);
  }
}

/** As the client throws: most of its errors have a type; some come from gRPC as they are, with a code alone. */
interface Thrown {
  type?: string;
  code?: number;
  message?: string;
  violations?: { actualState: unknown }[];
  _raw?: { metadata?: { get?: (key: string) => unknown[] } };
}

export const verdictOn = (error: unknown): Verdict => {
  if (error instanceof NoAnswer) return 'retry on a new client';
  if (!(error instanceof Error)) return 'give up';
  const { type, code, message = '', violations } = error as Thrown;
  const reason = reasonOf(error);
  // A follower says so by a reason that the client does not act on: it would go on asking the same follower for ever.
  if (type === 'not-leader' || reason.includes('NOT_LEADER_NODE') || message.includes('not the leader node')) return 'retry on a new client';
  if (PASSING.some((word) => reason.includes(word))) return 'retry';
  switch (type) {
    case 'append-consistency-violation': return violations?.some(({ actualState }) => actualState === TOMBSTONED) ? 'give up' : 'conflict';
    case 'wrong-expected-version': return 'conflict';
    case 'unavailable':
    case 'cancelled': return 'retry on a new client';
    case 'deadline-exceeded': return 'retry';
    // ABORTED is what the client calls a timeout, whatever was aborted; a real one has its reason above.
    case 'timeout': return 'give up';
    case 'unknown': return (code !== undefined && CUT_OFF.includes(code)) || LOST.test(message) ? 'retry on a new client' : 'give up';
    case undefined: return (code !== undefined && BROKEN.includes(code)) || LOST.test(message) ? 'retry on a new client' : 'give up';
    default: return 'give up';
  }
};

/** What a server says when it is still starting or has too much to do. */
const PASSING = ['OPERATION_TIMEOUT', 'SERVER_NOT_READY', 'SERVER_OVERLOADED'];

/** `actualState` of a stream that somebody deleted for ever. */
const TOMBSTONED = -6n;

/** Codes of gRPC: cancelled, as every append is whose client was given up for another's sake; and unknown, as a server says that shuts down. */
const CUT_OFF = [1, 2];

/** Also deadline exceeded, internal (a stream that was reset) and unavailable, where they come without a type. */
const BROKEN = [...CUT_OFF, 4, 13, 14];

/** Failures of the connection, of finding a node, and of a node that has no leader, that come without a type of their own. */
const LOST = /^Could not recognize (?:Server Is|No leader info)|Operation timed out|No connection established|Connection dropped|Failed to discover|client error \(Connect\)|transport error|h2 protocol error|connection (?:error|refused|reset)|Channel has been shut down/i;

/** The reason in the status that gRPC sends along, in bytes of which only names matter here. */
const reasonOf = (error: Error): string => {
  const [details] = (error as Thrown)._raw?.metadata?.get?.('grpc-status-details-bin') ?? [];
  return details instanceof Uint8Array ? Buffer.from(details).toString('latin1') : '';
};
