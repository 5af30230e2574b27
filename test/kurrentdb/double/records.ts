import { status } from '@grpc/grpc-js';
import { bytesOf, type Message } from '../wire/codec.js';
import { ANY, type Database, EXISTS, NO_STREAM, type Proposed, TOMBSTONED, type Verdict } from './database.js';
import { badRequest, ofStreams } from './failures.js';

interface AppendRecord {
  record_id: string;
  stream?: string;
  schema?: { format?: string; name?: string };
  properties?: Record<string, { stringValue: string }>;
  data?: unknown;
}

interface Session {
  stream: string;
  records: AppendRecord[];
  expected_revision?: string;
}

interface Check {
  stream_state: { stream: string; expected_state?: string };
}

const LARGEST = 16 * 1024 * 1024;

/** The newer calls: several streams in one step. */
export class Records {
  constructor(private readonly database: Database) {}

  /** @returns `AppendRecordsResponse` */
  appendRecords(request: Message): Message {
    const { records = [], checks = [] } = request as unknown as { records?: AppendRecord[]; checks?: Check[] };
    if (records.length === 0) throw badRequest('Records', 'Append records request must contain at least one record.');
    const states = new Map(checks.map(({ stream_state: { stream, expected_state } }) => [stream, Number(expected_state ?? 0)]));
    if (states.size < checks.length) throw badRequest('Checks', 'Each stream can only appear once in consistency checks.');
    const order = records.map((record) => ({ stream: record.stream ?? '', event: proposed(record.stream ?? '', record) }));
    const written = [...new Set(order.map(({ stream }) => stream))];
    const writes = written.map((stream) => ({ stream, expected: states.get(stream) ?? ANY, events: order.filter((one) => one.stream === stream).map(({ event }) => event) }));
    this.refuseViolations([...states].map(([stream, expected]) => ({ stream, expected, actual: this.actualOf(stream, expected, writes) })));
    const { verdicts, done, position } = this.database.write(writes, order);
    this.refuseViolations(writes.map(({ stream, expected }, index) => {
      const verdict = verdicts[index];
      return { stream, expected, actual: !done && verdict && 'actual' in verdict ? verdict.actual : null };
    }));
    return {
      revisions: verdicts.map((verdict, index) => ({ stream: written[index], ...revisionOf('revision', verdict) })),
      position,
    };
  }

  /** @returns `AppendSessionResponse` */
  appendSession(requests: readonly Message[]): Message {
    const sessions = requests as unknown as Session[];
    if (sessions.length === 0) throw ofStreams(status.FAILED_PRECONDITION, 'Append session started, but no append requests were sent before ending the session.', 'APPEND_SESSION_NO_REQUESTS');
    const twice = sessions.find(({ stream }, index) => sessions.findIndex((session) => session.stream === stream) < index);
    if (twice) {
      throw ofStreams(status.ABORTED, `Stream '${twice.stream}' already has a different group of messages in this session. Appends for the same stream must currently be grouped together and not interleaved with appends for other streams.`,
        'STREAM_ALREADY_IN_APPEND_SESSION', { type: 'StreamAlreadyInAppendSessionErrorDetails', value: { stream: twice.stream } });
    }
    const writes = sessions.map(({ stream, records, expected_revision }) => ({ stream, expected: Number(expected_revision ?? 0), events: records.map((record) => proposed(stream, record)) }));
    const { verdicts, done, position } = this.database.write(writes);
    writes.forEach(({ stream, expected }, index) => {
      const verdict = verdicts[index];
      if (done || !verdict || !('actual' in verdict)) return;
      if (verdict.actual === TOMBSTONED) throw ofStreams(status.FAILED_PRECONDITION, `Stream '${stream}' has been tombstoned. It has been permanently removed from the system and cannot be restored.`, 'STREAM_TOMBSTONED', { type: 'StreamTombstonedErrorDetails', value: { stream } });
      throw ofStreams(status.FAILED_PRECONDITION, `Append failed due to a revision conflict on stream '${stream}'. Expected revision: ${expected}. Actual revision: ${verdict.actual}.`,
        'STREAM_REVISION_CONFLICT', { type: 'StreamRevisionConflictErrorDetails', value: { stream, expected_revision: expected, ...(verdict.actual === 0 ? {} : { actual_revision: verdict.actual }) } });
    });
    return { output: verdicts.map((verdict, index) => ({ stream: writes[index]!.stream, ...revisionOf('stream_revision', verdict) })), position };
  }

  /** Where a check fails: what is there instead. */
  private actualOf(stream: string, expected: number, writes: Parameters<Database['write']>[0]): number | null {
    const write = writes.find((one) => one.stream === stream);
    if (write) {
      const verdict = this.database.judge(write);
      return verdict && 'actual' in verdict ? verdict.actual : null;
    }
    const actual = this.database.revisionOf(stream);
    return expected === ANY || (expected === EXISTS ? actual >= 0 : actual === expected) ? null : actual;
  }

  private refuseViolations(checks: readonly { stream: string; expected: number; actual: number | null }[]): void {
    const failed = checks.flatMap(({ actual, ...check }, index) => actual === null ? [] : [{ ...check, actual, index }]);
    if (failed.length === 0) return;
    throw ofStreams(status.FAILED_PRECONDITION, `Append failed due to consistency violations.\n\n${failed.map(sentence).join('\n')}`, 'APPEND_CONSISTENCY_VIOLATION', {
      type: 'AppendConsistencyViolationErrorDetails',
      value: {
        violations: failed.map(({ stream, expected, actual, index }) => ({
          ...(index > 0 ? { check_index: index } : {}), stream_state: { stream, ...(expected === 0 ? {} : { expected_state: expected }), ...(actual === 0 ? {} : { actual_state: actual }) },
        })),
      },
    });
  }
}

/** Nought is not sent. */
const revisionOf = (field: string, verdict: Verdict | null): Message => (verdict && 'revision' in verdict && verdict.revision > 0 ? { [field]: verdict.revision } : {});

const sentence = ({ stream, expected, actual }: { stream: string; expected: number; actual: number }): string => {
  if (actual === TOMBSTONED) return ` - Stream '${stream}' is tombstoned.`;
  if (actual === NO_STREAM) return ` - Stream '${stream}' does not exist.`;
  if (expected === NO_STREAM) return ` - Stream '${stream}' already exists at revision ${actual}.`;
  return expected >= 0 ? ` - Stream '${stream}' is at revision ${actual}, expected revision ${expected}.` : ` - Stream '${stream}': expected state ${expected}, actual state ${actual}.`;
};

/** The metadata as this server writes them down, with two of its own. */
const proposed = (stream: string, { record_id, schema = {}, properties = {}, data }: AppendRecord): Proposed => {
  const { format, name = '' } = schema;
  const json = format === 'SCHEMA_FORMAT_JSON';
  const own = { ...Object.fromEntries(Object.entries(properties).map(([key, { stringValue }]) => [key, stringValue])), '$schema.name': name, '$schema.format': json ? 'Json' : 'Bytes' };
  const metadata = `{ ${Object.entries(own).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(', ')} }`;
  const bytes = data ? bytesOf(data) : Buffer.alloc(0);
  const size = bytes.length + name.length;
  if (size > LARGEST) {
    throw ofStreams(status.INVALID_ARGUMENT, `The size of record ${record_id} (${(size / 1024 ** 2).toFixed(3)} MB) exceeds the maximum allowed size of 16.000 MB bytes by ${((size - LARGEST) / 1024).toFixed(3)} KB`,
      'APPEND_RECORD_SIZE_EXCEEDED', { type: 'AppendRecordSizeExceededErrorDetails', value: { stream, record_id, size, max_size: LARGEST } });
  }
  return { id: record_id, type: name, contentType: json ? 'application/json' : 'application/octet-stream', data: bytes, metadata: Buffer.from(metadata) };
};
