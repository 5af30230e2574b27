import { status } from '@grpc/grpc-js';
import { bytesOf, encode, type Message } from '../wire/codec.js';
import { ANY, type Database, EXISTS, NO_STREAM, type Proposed, TOMBSTONED, type Write } from './database.js';

interface Options {
  stream_identifier: { stream_name?: string };
  revision?: string;
  stream_position?: string;
  no_stream?: object;
  stream_exists?: object;
  deadline_21_10_0?: { seconds?: string; nanos?: number };
}

interface ProposedMessage {
  id: { string: string };
  metadata?: Record<string, string>;
  custom_metadata?: unknown;
  data?: unknown;
}

/** The older calls: one stream at a time, over a call of its own or over one that stays open. */
export class Appending {
  constructor(private readonly database: Database) {}

  /** @returns `AppendResp` */
  append([head, ...rest]: readonly Message[]): Message {
    const options = head?.['options'] as Options;
    const write = { stream: nameOf(options), expected: expectedBy(options), events: rest.map((message) => proposed(message['proposed_message'] as ProposedMessage)) };
    const { verdicts: [verdict], done } = this.database.write([write]);
    if (done && verdict && 'position' in verdict) return { success: success(verdict) };
    const actual = verdict && 'actual' in verdict ? verdict.actual : NO_STREAM;
    return {
      wrong_expected_version: {
        ...(actual >= 0 ? { current_revision_20_6_0: actual } : {}), ...(write.expected >= 0 ? { expected_revision_20_6_0: write.expected } : {}),
        ...(actual >= 0 ? { current_revision: actual } : { current_no_stream: {} }),
        ...(write.expected >= 0 ? { expected_revision: write.expected } : { [EXPECTED[write.expected]!]: {} }),
      },
    };
  }

  /** As the source of the server has it for a node that is in no state to write; not recorded. */
  withoutLeader(messages: readonly Message[]): Message {
    const stream = nameOf(messages[0]?.['options'] as Options);
    return { correlation_id: messages[0]!['correlation_id'], error: { message: 'Server Is Not Ready', details: { type_url: 'type.googleapis.com/google.protobuf.Empty', value: Buffer.alloc(0) } }, stream_identifier: { stream_name: stream } };
  }

  /** @returns `BatchAppendResp` to all messages of one correlation id */
  batchAppend(messages: readonly Message[]): Message {
    const options = messages[0]?.['options'] as Options;
    const stream = nameOf(options);
    const answer = (more: Message): Message => ({ correlation_id: messages[0]!['correlation_id'], ...more, stream_identifier: stream === '' ? {} : { stream_name: stream } });
    const error = (code: keyof typeof status, message: string, type: string, value: Message): Message =>
      answer({ error: { code, message, details: { type_url: `type.googleapis.com/event_store.client.${type}`, value: encode(type, value) } } });
    const events = messages.flatMap((message) => ((message['proposed_messages'] as ProposedMessage[] | undefined) ?? []).map(proposed));
    if (events.some(({ type }) => type === '')) return error('INVALID_ARGUMENT', 'BadRequest', 'BadRequest', { message: "Empty eventType provided. (Parameter 'eventType')" });
    if (stream === '') return error('INVALID_ARGUMENT', 'BadRequest', 'BadRequest', { message: "Invalid stream ID:  (Parameter 'eventStreamIds')" });
    const { seconds, nanos = 0 } = options.deadline_21_10_0 ?? {};
    if (seconds !== undefined && Number(seconds) * 1_000 + nanos / 1e6 < Date.now()) return error('DEADLINE_EXCEEDED', 'Timeout', 'Timeout', {});
    const expected = expectedBy(options);
    const { verdicts: [verdict], done } = this.database.write([{ stream, expected, events }]);
    if (done && verdict && 'position' in verdict) return answer({ success: success(verdict) });
    const actual = verdict && 'actual' in verdict ? verdict.actual : NO_STREAM;
    if (actual === TOMBSTONED) return error('NOT_FOUND', 'StreamDeleted', 'StreamDeleted', { stream_identifier: { stream_name: stream } });
    return error('ALREADY_EXISTS', 'WrongExpectedVersion', 'WrongExpectedVersion', {
      ...(actual >= 0 ? { current_stream_revision: actual } : { current_no_stream: {} }),
      ...(expected >= 0 ? { expected_stream_position: expected } : { [EXPECTED[expected]!]: {} }),
    });
  }
}

const EXPECTED: Record<number, string> = { [NO_STREAM]: 'expected_no_stream', [ANY]: 'expected_any', [EXISTS]: 'expected_stream_exists' };

const success = ({ revision, position }: { revision: number; position: number }): Message => ({ current_revision: revision, position: { commit_position: position, prepare_position: position } });

const nameOf = (options: Options): string => options.stream_identifier.stream_name ?? '';

const expectedBy = ({ revision, stream_position, no_stream, stream_exists }: Options): Write['expected'] =>
  no_stream ? NO_STREAM : stream_exists ? EXISTS : Number(revision ?? stream_position ?? ANY);

const proposed = ({ id, metadata = {}, custom_metadata, data }: ProposedMessage): Proposed => ({
  id: id.string, type: metadata['type'] ?? '', contentType: metadata['content-type'] ?? '',
  data: data ? bytesOf(data) : Buffer.alloc(0), metadata: custom_metadata ? bytesOf(custom_metadata) : Buffer.alloc(0),
});
