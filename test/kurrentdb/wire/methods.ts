import type { MethodDefinition } from '@grpc/grpc-js';
import { decode, encode, type Message } from './codec.js';

/** A call of the protocol: where it is, and what goes each way. */
export interface Method {
  service: string;
  request: string;
  response: string;
  /** Whether many go in or out. */
  streams: { in: boolean; out: boolean };
}

const V1 = 'event_store.client.streams.Streams';
const V2 = 'kurrentdb.protocol.v2.streams.StreamsService';

export const METHODS = {
  Read: { service: V1, request: 'ReadReq', response: 'ReadResp', streams: { in: false, out: true } },
  Append: { service: V1, request: 'AppendReq', response: 'AppendResp', streams: { in: true, out: false } },
  BatchAppend: { service: V1, request: 'BatchAppendReq', response: 'BatchAppendResp', streams: { in: true, out: true } },
  Delete: { service: V1, request: 'DeleteReq', response: 'DeleteResp', streams: { in: false, out: false } },
  Tombstone: { service: V1, request: 'DeleteReq', response: 'DeleteResp', streams: { in: false, out: false } },
  AppendSession: { service: V2, request: 'AppendRequest', response: 'AppendSessionResponse', streams: { in: true, out: false } },
  AppendRecords: { service: V2, request: 'AppendRecordsRequest', response: 'AppendRecordsResponse', streams: { in: false, out: false } },
  GetSupportedMethods: { service: 'event_store.client.server_features.ServerFeatures', request: 'Empty', response: 'SupportedMethods', streams: { in: false, out: false } },
  GossipRead: { service: 'event_store.client.gossip.Gossip', request: 'Empty', response: 'ClusterInfo', streams: { in: false, out: false } },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof METHODS;

/** As gRPC wants it; what is bytes already goes out as it is. */
export const definition = (name: MethodName): MethodDefinition<Message, Message | Buffer> => {
  const { service, request, response, streams } = METHODS[name];
  return {
    path: `/${service}/${name === 'GossipRead' ? 'Read' : name}`,
    requestStream: streams.in, responseStream: streams.out,
    requestSerialize: (message) => encode(request, message), requestDeserialize: (bytes) => decode(request, bytes),
    responseSerialize: (message) => (Buffer.isBuffer(message) ? message : encode(response, message)), responseDeserialize: (bytes) => decode(response, bytes),
  };
};
