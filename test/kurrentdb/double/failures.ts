import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { encode, type Message } from '../wire/codec.js';

/** A refusal as gRPC carries it. */
export const failure = (code: status, details: string, headers: Record<string, string | Buffer> = {}): ServiceError => {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(headers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
};

/** A refusal of the newer calls: a reason, and details of a type of their own. */
const refusal = (code: status, message: string, reason: string, domain: string, details?: { package: string; type: string; value: Message }): ServiceError => {
  const any = (type: string, value: Buffer): Message => ({ type_url: `type.googleapis.com/${type}`, value });
  const bytes = encode('Status', {
    code, message,
    details: [
      any('google.rpc.ErrorInfo', encode('ErrorInfo', { reason, domain })),
      ...(details ? [any(`${details.package}.${details.type === 'FieldViolations' ? 'BadRequest' : details.type}`, encode(details.type, details.value))] : []),
    ],
  });
  return failure(code, message, { 'grpc-status-details-bin': bytes });
};

const STREAMS = 'kurrentdb.protocol.v2.streams.errors';

export const ofStreams = (code: status, message: string, reason: string, details?: { type: string; value: Message }): ServiceError =>
  refusal(code, message, reason, 'streams', details && { package: STREAMS, ...details });

export const badRequest = (field: string, description: string): ServiceError =>
  refusal(status.INVALID_ARGUMENT, `The 'AppendRecordsRequest' is invalid: ${description}`, 'BAD_REQUEST', 'server', { package: 'google.rpc', type: 'FieldViolations', value: { field_violations: [{ field, description }] } });

export const streamDeleted = (stream: string): ServiceError =>
  failure(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, { exception: 'stream-deleted', 'stream-name': stream });

export interface Place {
  host: string;
  port: number;
}

export const notLeaderNode = ({ host, port }: Place): ServiceError =>
  refusal(status.FAILED_PRECONDITION, `The server is not the leader node and cannot handle the request. Please retry your request against the leader node directly at ${host}:${port}`,
    'NOT_LEADER_NODE', 'server', { package: 'kurrent.rpc', type: 'NotLeaderNodeErrorDetails', value: { current_leader: { host, port, node_id: '00000000-0000-4000-8000-000000000000' } } });

export const notLeader = ({ host, port }: Place): ServiceError =>
  failure(status.NOT_FOUND, 'Leader info available', { exception: 'not-leader', 'leader-endpoint-host': host, 'leader-endpoint-port': String(port) });

/** As a client sees a stream that was reset under it. */
export const reset = (): ServiceError => failure(status.INTERNAL, 'Received RST_STREAM with code 2 (Internal server error)');
