import { type AppendStreamState, type ConsistencyCheck, NO_STREAM, STREAM_STATE } from '@kurrent/kurrentdb-client';
import { decideBatch, type Append, type Row } from '../appending/decide-batch.js';
import { AppendRefused, type Appended, type Position, type Revision } from '../port.js';
import type { Connection } from './connection.js';
import type { KnownStreams } from './known-streams.js';
import { Lanes } from './lanes.js';
import { positionOf } from './positions.js';
import { toEvent, toRecord } from './stored-event.js';
import { verdictOn } from './verdict.js';

/** Milliseconds for which an append is tried again: a cluster that lost its leader has another by then. */
const PATIENCE = 20_000;

/** Milliseconds without an answer after which an append is sent again over a new client, which is safe: a leader that died may have been asked last. */
const ANSWER_WITHIN = 2_000;

/** Milliseconds that the server is told to keep to, by our clock; more than clocks differ. The limit of our own is what counts. */
const DEADLINE = 60_000;

/** Bytes of an event; the server takes 16 MiB, and one that is larger would end all appends that are under way. */
const LARGEST = 15 * 1024 * 1024;

/**
 * Appends, each with the exact state of every stream that it writes to, so that the very same request may be sent again
 * whatever became of the first: after a lost reply, to another node, after a restart.
 *
 * Decided on what is known of the streams. What others wrote meanwhile shows in the check, or in an append that would
 * have to be turned down; then those streams are read again and the append is decided anew.
 */
export class Writer {
  private readonly lanes = new Lanes();

  constructor(
    private readonly connection: Connection,
    private readonly known: KnownStreams,
    private readonly limit = ANSWER_WITHIN,
  ) {}

  append(append: Append): Promise<{ appended: Appended[]; written: number }> {
    refuseUnfit(append);
    return this.lanes.run(append.map(({ stream }) => stream), () => this.write(append));
  }

  async close(): Promise<void> {
    await this.lanes.empty();
  }

  private async write(append: Append): Promise<{ appended: Appended[]; written: number }> {
    this.known.forgetOldest((stream) => this.lanes.isBusy(stream));
    // A stream that is to be new needs no reading: the check says if it is not.
    const unread = append.filter(({ stream, expected }) => expected !== 'none' && !this.known.has(stream)).map(({ stream }) => stream);
    if (unread.length > 0) await this.known.refresh(unread, PATIENCE);
    for (let started = performance.now(), fresh = unread; ;) {
      const streams = this.known.state(append);
      if (!streams) {
        await this.known.place(append, PATIENCE);
        continue;
      }
      const { outcomes: [outcome], rows } = decideBatch([append], { head: 0, streams });
      if (outcome instanceof Error) {
        const doubtful = append.map(({ stream }) => stream).filter((stream) => !fresh.includes(stream));
        if (doubtful.length === 0) throw outcome;
        await this.known.refresh(doubtful, PATIENCE);
        fresh = [...fresh, ...doubtful];
        continue;
      }
      if (rows.length === 0) return { appended: outcome!, written: 0 };
      try {
        return { appended: await this.send(append, rows), written: rows.length };
      } catch (error) {
        if (verdictOn(error) !== 'conflict' || performance.now() - started > PATIENCE) throw error;
        fresh = append.map(({ stream }) => stream);
        await this.known.refresh(fresh, PATIENCE);
      }
    }
  }

  private async send(append: Append, rows: readonly Row[]): Promise<Appended[]> {
    const places = append.length === 1 ? [await this.sendAlone(append[0]!.stream, rows)] : await this.sendTogether(append, rows);
    return append.map(({ stream }, index) => {
      const { revision, position } = places[index]!;
      const own = append.length === 1 ? rows : rows.filter((row) => row.stream === stream);
      // Nought, but in a stream that somebody deleted: it looks new, and its revisions go on where they ended.
      const shift = revision - own.at(-1)!.revision;
      this.known.learn(stream, own.map((row, at) => ({ id: row.id, revision: row.revision + shift, position: at === own.length - 1 ? position : null })));
      return { stream, revision, position };
    });
  }

  /** Over the older call, which is the faster one, says the position by itself, and is forwarded by followers. */
  private async sendAlone(stream: string, rows: readonly Row[]): Promise<{ revision: Revision; position: Position }> {
    const events = rows.map(toEvent);
    const options = { streamState: stateBefore(rows[0]!), deadline: DEADLINE };
    const { nextExpectedRevision, position } = await this.connection.call((client) => client.appendToStream(stream, events, options), { limit: this.limit, patience: PATIENCE });
    if (!position) throw new Error(`KurrentDB did not say where it wrote to ${stream}.`);
    return { revision: Number(nextExpectedRevision), position: positionOf(position) };
  }

  private async sendTogether(append: Append, rows: readonly Row[]): Promise<{ revision: Revision; position: Position }[]> {
    const records = rows.map(toRecord);
    const checks = append.map(({ stream }): ConsistencyCheck => ({ type: STREAM_STATE, streamName: stream, expectedState: stateBefore(rows.find((row) => row.stream === stream)!) }));
    const { responses, position } = await this.connection.call((client) => client.appendRecords(records, checks), { limit: this.limit, patience: PATIENCE });
    const last = positionOf({ commit: position, prepare: position });
    const revisions = new Map(responses.map(({ streamName, revision }) => [streamName, Number(revision)]));
    return Promise.all(append.map(async ({ stream, events }) => {
      const revision = revisions.get(stream);
      if (revision === undefined) throw new Error(`KurrentDB did not say that it wrote to ${stream}.`);
      // The server says one position, of the last record; the others are looked up.
      return { revision, position: rows.at(-1)!.stream === stream ? last : await this.known.positionOf(stream, events.at(-1)!.id, revision, PATIENCE) };
    }));
  }
}

const stateBefore = ({ revision }: Row): AppendStreamState => (revision === 0 ? NO_STREAM : BigInt(revision - 1));

const refuseUnfit = (append: Append): void => {
  for (const { stream, events } of append) {
    if (stream.startsWith('$')) throw new AppendRefused(`The stream name ${stream} begins with $, which KurrentDB keeps for itself.`);
    // A character has three bytes at the most.
    const large = events.find(({ data, metadata }) => (data.length + metadata.length) * 3 > LARGEST && Buffer.byteLength(data) + Buffer.byteLength(metadata) > LARGEST);
    if (large) throw new AppendRefused(`Event ${large.id} has more than ${LARGEST / 1024 ** 2} MiB, which is more than KurrentDB takes.`);
  }
};
