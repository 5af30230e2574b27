/**
 * The messages of KurrentDB's protocol that an event log needs: of each field its number and type, `name: number type`.
 * `*` stands for many, `a>b` for a map. What is sent is read and written by these tables, not by the client's own code, so
 * that a test of what the client makes of it is one.
 */
const TABLES = `
Empty
UUID { structured: 1 Structured, string: 2 string }
Structured { most_significant_bits: 1 int64, least_significant_bits: 2 int64 }
StreamIdentifier { stream_name: 3 name }
Timestamp { seconds: 1 int64, nanos: 2 int32 }
Position { commit_position: 1 uint64, prepare_position: 2 uint64 }
Any { type_url: 1 string, value: 2 bytes }
Status { code: 1 int32, message: 2 string, details: 3 Any* }
Value { stringValue: 3 string }

ReadReq { options: 1 ReadOptions }
ReadOptions { stream: 1 StreamOptions, all: 2 AllOptions, read_direction: 3 Direction, resolve_links: 4 bool, count: 5 uint64, subscription: 6 Empty, filter: 7 FilterOptions, no_filter: 8 Empty, uuid_option: 9 UuidOption, control_option: 10 ControlOption }
StreamOptions { stream_identifier: 1 StreamIdentifier, revision: 2 uint64, start: 3 Empty, end: 4 Empty }
AllOptions { position: 1 Position, start: 2 Empty, end: 3 Empty }
FilterOptions { stream_identifier: 1 Expression, event_type: 2 Expression, max: 3 uint32, count: 4 Empty, checkpointIntervalMultiplier: 5 uint32 }
Expression { regex: 1 string, prefix: 2 string* }
UuidOption { structured: 1 Empty, string: 2 Empty }
ControlOption { compatibility: 1 uint32 }
ReadResp { event: 1 ReadEvent, confirmation: 2 Confirmation, checkpoint: 3 Checkpoint, stream_not_found: 4 StreamNotFound, first_stream_position: 5 uint64, last_stream_position: 6 uint64, caught_up: 8 CaughtUp }
ReadEvent { event: 1 RecordedEvent, link: 2 RecordedEvent, commit_position: 3 uint64, no_position: 4 Empty }
RecordedEvent { id: 1 UUID, stream_identifier: 2 StreamIdentifier, stream_revision: 3 uint64, prepare_position: 4 uint64, commit_position: 5 uint64, metadata: 6 string>string, custom_metadata: 7 bytes, data: 8 bytes }
Confirmation { subscription_id: 1 string }
Checkpoint { commit_position: 1 uint64, prepare_position: 2 uint64, timestamp: 3 Timestamp }
StreamNotFound { stream_identifier: 1 StreamIdentifier }
CaughtUp { timestamp: 1 Timestamp, stream_revision: 2 int64, position: 3 Position }

AppendReq { options: 1 AppendOptions, proposed_message: 2 ProposedMessage }
AppendOptions { stream_identifier: 1 StreamIdentifier, revision: 2 uint64, no_stream: 3 Empty, any: 4 Empty, stream_exists: 5 Empty }
ProposedMessage { id: 1 UUID, metadata: 2 string>string, custom_metadata: 3 bytes, data: 4 bytes }
AppendResp { success: 1 Success, wrong_expected_version: 2 WrongVersion }
Success { current_revision: 1 uint64, no_stream: 2 Empty, position: 3 Position, no_position: 4 Empty }
WrongVersion { current_revision_20_6_0: 1 uint64, no_stream_20_6_0: 2 Empty, expected_revision_20_6_0: 3 uint64, any_20_6_0: 4 Empty, stream_exists_20_6_0: 5 Empty, current_revision: 6 uint64, current_no_stream: 7 Empty, expected_revision: 8 uint64, expected_any: 9 Empty, expected_stream_exists: 10 Empty, expected_no_stream: 11 Empty }
BatchAppendReq { correlation_id: 1 UUID, options: 2 BatchOptions, proposed_messages: 3 ProposedMessage*, is_final: 4 bool }
BatchOptions { stream_identifier: 1 StreamIdentifier, stream_position: 2 uint64, no_stream: 3 Empty, any: 4 Empty, stream_exists: 5 Empty, deadline_21_10_0: 6 Timestamp, deadline: 7 Timestamp }
BatchAppendResp { correlation_id: 1 UUID, error: 2 BatchError, success: 3 Success, stream_identifier: 4 StreamIdentifier }
BatchError { code: 1 Code, message: 2 string, details: 3 Any }
WrongExpectedVersion { current_stream_revision: 1 uint64, current_no_stream: 2 Empty, expected_stream_position: 3 uint64, expected_any: 4 Empty, expected_stream_exists: 5 Empty, expected_no_stream: 6 Empty }
StreamDeleted { stream_identifier: 1 StreamIdentifier }
Timeout
BadRequest { message: 1 string }
DeleteReq { options: 1 AppendOptions }
DeleteResp { position: 1 Position }

AppendRequest { stream: 1 string, records: 2 AppendRecord*, expected_revision: 3 sint64 }
AppendRecord { record_id: 1 string, properties: 2 string>Value, schema: 3 SchemaInfo, data: 4 bytes, stream: 5 string }
SchemaInfo { format: 1 SchemaFormat, name: 2 string, id: 3 string }
AppendSessionResponse { output: 1 AppendResponse*, position: 2 sint64 }
AppendResponse { stream: 1 string, stream_revision: 2 sint64 }
AppendRecordsRequest { records: 1 AppendRecord*, checks: 2 ConsistencyCheck* }
ConsistencyCheck { stream_state: 1 StreamStateCheck }
StreamStateCheck { stream: 1 string, expected_state: 2 sint64 }
AppendRecordsResponse { revisions: 1 StreamRevision*, position: 2 sint64 }
StreamRevision { stream: 1 string, revision: 2 sint64 }
ErrorInfo { reason: 1 string, domain: 2 string }
FieldViolations { field_violations: 1 FieldViolation* }
FieldViolation { field: 1 string, description: 2 string }
StreamRevisionConflictErrorDetails { stream: 1 string, expected_revision: 2 sint64, actual_revision: 3 sint64 }
StreamTombstonedErrorDetails { stream: 1 string }
StreamAlreadyInAppendSessionErrorDetails { stream: 1 string }
AppendRecordSizeExceededErrorDetails { stream: 1 string, record_id: 2 string, size: 3 int32, max_size: 4 int32 }
AppendConsistencyViolationErrorDetails { violations: 1 ConsistencyViolation* }
ConsistencyViolation { check_index: 1 int32, stream_state: 2 StreamStateViolation }
StreamStateViolation { stream: 1 string, expected_state: 2 sint64, actual_state: 3 sint64 }
NotLeaderNodeErrorDetails { current_leader: 1 NodeInfo }
NodeInfo { host: 1 string, port: 2 int32, node_id: 3 string }

SupportedMethods { methods: 1 SupportedMethod*, event_store_server_version: 2 string }
SupportedMethod { method_name: 1 string, service_name: 2 string, features: 3 string* }
ClusterInfo { members: 1 MemberInfo* }
MemberInfo { instance_id: 1 UUID, time_stamp: 2 int64, state: 3 int32, is_alive: 4 bool, http_end_point: 5 EndPoint }
EndPoint { address: 1 string, port: 2 uint32 }
`;

export interface Field {
  name: string;
  number: number;
  type: string;
  many: boolean;
  /** Of a map: the type of its values; its keys are texts. */
  map: boolean;
}

/** Numbers of names that are sent as such. */
export const ENUMS: Record<string, Record<string, number>> = {
  Direction: { Forwards: 0, Backwards: 1 },
  SchemaFormat: { SCHEMA_FORMAT_JSON: 1, SCHEMA_FORMAT_BYTES: 4 },
  Code: { INVALID_ARGUMENT: 3, DEADLINE_EXCEEDED: 4, NOT_FOUND: 5, ALREADY_EXISTS: 6, PERMISSION_DENIED: 7, UNAVAILABLE: 14 },
};

const fieldsIn = (text: string): Field[] =>
  text.split(',').map((field) => {
    const [, name = '', number, key, type = '', many] = /^\s*([\w]+): (\d+) (?:(string)>)?(\w+)(\*?)\s*$/.exec(field) ?? [];
    return { name, number: Number(number), type, many: many === '*', map: key !== undefined };
  });

export const MESSAGES = new Map(TABLES.split('\n').filter(Boolean).map((line): [string, Field[]] => {
  const [, name = '', , fields] = /^(\w+)( \{ (.*) \})?$/.exec(line) ?? [];
  return [name, fields ? fieldsIn(fields) : []];
}));
