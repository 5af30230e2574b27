import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { v5, v7 } from 'uuid';
import { AppendConflict, type EventLog, type JsonObject } from '#event-log';
import { instantOf, Problem, type Clock } from '#platform';
import { loadStream, type LoadedStream } from './dossier.js';
import type { Provenance } from './provenance.js';
import { inTurn } from './turns.js';

/** How a caller guards a command: against a repeat, against another registrar, against its own haste. */
export interface Guards {
  /** The same key repeats the same command: nothing is written again, and the first answer comes back. */
  idempotencyKey?: string;
  /** Only if the stream is still at this revision (−1: still empty). */
  ifRevision?: number;
  /** Say what would be recorded, and record nothing. */
  dryRun?: boolean;
}

export interface Recorded {
  position: number;
  revision: number;
  events: string[];
  flags: string[];
  /** True where this was a repeat and nothing was written now. */
  repeated: boolean;
}

interface Draft {
  type: string;
  data: JsonObject;
  flags: string[];
}

interface Recording {
  log: EventLog;
  clock: Clock;
  stream: string;
  provenance: Provenance;
  guards: Guards;
  /** What was asked, for telling a repeat from a different command under the same key. */
  asked: object;
  /** Decides on the stream as it is; throws a refusal. Called again when another writer came first. */
  decide: (loaded: LoadedStream) => Draft | Promise<Draft>;
}

/**
 * Load, decide, append; once more when another process appended in between. The event's id comes from the idempotency key,
 * and the stream is looked through for it first: a repeat is known from the log itself, however long ago and whichever
 * process wrote it, also if that process died before it could answer.
 */
export const record = (recording: Recording): Promise<Recorded> => inTurn(recording.log, recording.stream, () => recordNow(recording));

const recordNow = async (recording: Recording): Promise<Recorded> => {
  const { log, clock, stream, provenance, guards } = recording;
  const { idempotencyKey, ifRevision } = guards;
  const id = idempotencyKey === undefined ? v7() : v5(`${provenance.actor}\n${stream}\n${idempotencyKey}`, NAMESPACE);
  const request = fingerprint(recording.asked, provenance);
  for (let attempt = 1; ; attempt++) {
    const loaded = await loadStream(log, stream);
    const repeated = repeatOf(loaded, id, request);
    if (repeated) return repeated;
    if (ifRevision !== undefined && ifRevision !== loaded.revision) throw staleRevision(ifRevision, loaded.revision);
    const { type, data, flags } = await recording.decide(loaded);
    const metadata = { ...provenance, source: { ...provenance.source }, flags, ...(idempotencyKey === undefined ? {} : { request }) } as JsonObject;
    try {
      const expected = loaded.revision === -1 ? 'none' : loaded.revision;
      const { position, revision } = await log.append(stream, [{ id, type, data, metadata, recordedAt: instantOf(clock) }], { expected });
      if (idempotencyKey !== undefined) await refuseOther(log, stream, id, request);
      return { position, revision, events: [id], flags, repeated: false };
    } catch (error) {
      if (!(error instanceof AppendConflict)) throw error;
      if (attempt === MOST_ATTEMPTS) throw new Problem(503, 'too-many-at-once', 'Too many others are recording about the same at this moment. Nothing was recorded; send it again shortly.');
      await sleep(Math.random() * Math.min(50, 4 * attempt));
    }
  }
};

/** With the pauses between them, about a second. */
const MOST_ATTEMPTS = 50;
const NAMESPACE = '1f0f6c0a-5f3c-4a0e-9a57-3a1d5f0b7c11';

/** Of history, source and note may have been worded anew since; it is the same fact all the same. */
const fingerprint = (asked: object, { source, note, history }: Provenance): string =>
  createHash('sha256').update(JSON.stringify(history ? asked : [asked, source, note])).digest('hex').slice(0, 32);

const repeatOf = ({ events }: LoadedStream, id: string, request: string): Recorded | null => {
  const earlier = events.find((event) => event.id === id);
  if (!earlier) return null;
  if (earlier.metadata['request'] !== request) {
    throw new Problem(422, 'idempotency-key-reused', 'This Idempotency-Key came with a different command before. Use a new key for a new command.');
  }
  return { position: earlier.position, revision: earlier.revision, events: [id], flags: (earlier.metadata['flags'] ?? []) as string[], repeated: true };
};

/** To the log the same id is the same event: that another process came first with another command only the event itself shows. */
const refuseOther = async (log: EventLog, stream: string, id: string, request: string): Promise<void> => {
  repeatOf(await loadStream(log, stream), id, request);
};

const staleRevision = (expected: number, actual: number): Problem =>
  new Problem(412, 'stale-revision', `Somebody else recorded something in between (revision ${actual}, you saw ${expected}). Read again, then decide again.`);
