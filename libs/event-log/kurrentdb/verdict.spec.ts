import { describe, expect, it } from '@jest/globals';
import { NoAnswer, type Verdict, verdictOn } from './verdict.js';

const thrown = (fields: object, reason = ''): Error => Object.assign(new Error('as thrown'), { _raw: { metadata: { get: () => [Buffer.from(`\x08\x09${reason}`)] } } }, fields);

describe('what to do about a failure of KurrentDB', () => {
  it.each<[string, Error, Verdict]>([
    ['a check that fails', thrown({ type: 'append-consistency-violation', violations: [{ actualState: 3n }] }), 'conflict'],
    ['a stale revision', thrown({ type: 'wrong-expected-version' }), 'conflict'],
    ['a stream deleted for ever', thrown({ type: 'append-consistency-violation', violations: [{ actualState: -6n }] }), 'give up'],
    ['an append that a follower refuses', thrown({ type: 'unknown', code: 9 }, 'NOT_LEADER_NODE'), 'retry on a new client'],
    ['a read that a follower refuses', thrown({ type: 'not-leader' }), 'retry on a new client'],
    ['a connection that was dropped', thrown({ type: 'unavailable', code: 13 }), 'retry on a new client'],
    ['a plain gRPC error without a type', thrown({ code: 14, message: '14 UNAVAILABLE: No connection established' }), 'retry on a new client'],
    ['a cluster in which no node is found', thrown({ message: 'Failed to discover after 10 attempts.' }), 'retry on a new client'],
    ['an append that was cancelled with the client that others gave up', thrown({ type: 'unknown', code: 1, message: '1 CANCELLED: Cancelled on client' }), 'retry on a new client'],
    ['a node that has lost its leader, inside of a batch', thrown({ type: 'unknown', message: 'Could not recognize Server Is Not Ready' }), 'retry on a new client'],
    ['a node that does not know its leader yet', thrown({ type: 'unknown', message: 'Could not recognize No leader info available in response' }), 'retry on a new client'],
    ['an event without a name, inside of a batch', thrown({ type: 'unknown', message: 'Could not recognize BadRequest' }), 'give up'],
    ['the first question of a client, reset', thrown({ code: 13, message: '13 INTERNAL: Received RST_STREAM with code 2' }), 'retry on a new client'],
    ['a server that reads for too long', thrown({ type: 'unknown', message: 'Unmapped gRPC error: Operation timed out' }), 'retry on a new client'],
    ['silence', new NoAnswer(4_000), 'retry on a new client'],
    ['a deadline', thrown({ type: 'deadline-exceeded' }), 'retry'],
    ['a server that is still starting', thrown({ type: 'unavailable' }, 'SERVER_NOT_READY'), 'retry'],
    ['ABORTED, which the client calls a timeout', thrown({ type: 'timeout', code: 10 }, 'STREAM_ALREADY_IN_APPEND_SESSION'), 'give up'],
    ['a user that may not', thrown({ type: 'access-denied' }), 'give up'],
    ['a record that is too large', thrown({ type: 'append-record-size-exceeded' }), 'give up'],
    ['a bug of ours', new TypeError('undefined is not a function'), 'give up'],
  ])('%s', (_, error, verdict) => expect(verdictOn(error)).toBe(verdict));
});
