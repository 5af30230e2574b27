import type { AllStreamResolvedEvent, AppendRecordInput, JSONEventData, ResolvedEvent } from '@kurrent/kurrentdb-client';
import type { PreparedEvent } from '../prepared-write.js';
import type { JsonObject, RecordedEvent } from '../port.js';
import { positionOf } from './positions.js';

/** Metadata of a record are flat texts there, and the server adds two of its own, so ours lie in one of them as JSON. */
export const toRecord = ({ stream, id, type, data, metadata, recordedAt }: PreparedEvent & { stream: string }): AppendRecordInput => ({
  streamName: stream,
  record: { id, type, contentType: 'application/json', data: JSON.parse(data) as JsonObject, metadata: { recordedAt, metadata } },
});

/** For a stream alone metadata may be any JSON. As bytes the client hands them on as they are. */
export const toEvent = ({ id, type, data, metadata, recordedAt }: PreparedEvent): JSONEventData => ({
  id,
  type,
  contentType: 'application/json',
  data: JSON.parse(data) as JsonObject,
  metadata: utf8.encode(`{"recordedAt":"${recordedAt}","metadata":${metadata}}`),
});

const utf8 = new TextEncoder();

/** Null where the server has nothing but a place, as of an event that was scavenged. */
export const fromServer = ({ event }: AllStreamResolvedEvent | ResolvedEvent): RecordedEvent | null => {
  if (!event?.position) return null;
  const { recordedAt, metadata, ...others } = (event.metadata ?? {}) as Record<string, unknown>;
  return {
    id: event.id,
    type: event.type,
    data: event.data as JsonObject,
    metadata: metadataOf(metadata) ?? (others as JsonObject),
    recordedAt: typeof recordedAt === 'string' ? recordedAt : event.created.toISOString(),
    stream: event.streamId,
    revision: Number(event.revision),
    position: positionOf(event.position),
  };
};

/** None where another program wrote beside us: its metadata are of its own kind. */
const metadataOf = (metadata: unknown): JsonObject | undefined => {
  if (typeof metadata === 'string') return JSON.parse(metadata) as JsonObject;
  return typeof metadata === 'object' && metadata !== null ? (metadata as JsonObject) : undefined;
};
