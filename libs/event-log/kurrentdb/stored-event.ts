import type { AllStreamResolvedEvent, AppendRecordInput, ResolvedEvent } from '@kurrent/kurrentdb-client';
import type { PreparedEvent } from '../prepared-write.js';
import type { JsonObject, RecordedEvent } from '../port.js';
import { positionOf } from './positions.js';

/**
 * As it is stored. The metadata of a record are flat texts there, and the server adds two of its own, so ours lie in one
 * of them as JSON, and the moment of recording in another.
 */
export const toServer = ({ stream, id, type, data, metadata, recordedAt }: PreparedEvent & { stream: string }): AppendRecordInput => ({
  streamName: stream,
  record: { id, type, contentType: 'application/json', data: JSON.parse(data) as JsonObject, metadata: { recordedAt, metadata } },
});

/** Null where the server has nothing but a place, as of an event that was scavenged. */
export const fromServer = ({ event }: AllStreamResolvedEvent | ResolvedEvent): RecordedEvent | null => {
  if (!event?.position) return null;
  const { recordedAt, metadata, ...others } = (event.metadata ?? {}) as Record<string, unknown>;
  return {
    id: event.id,
    type: event.type,
    data: event.data as JsonObject,
    // What another program wrote beside us has metadata of its own kind.
    metadata: typeof metadata === 'string' ? (JSON.parse(metadata) as JsonObject) : (others as JsonObject),
    recordedAt: typeof recordedAt === 'string' ? recordedAt : event.created.toISOString(),
    stream: event.streamId,
    revision: Number(event.revision),
    position: positionOf(event.position),
  };
};
