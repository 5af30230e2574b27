import { hash } from 'node:crypto';
import type { EventLog, RecordedEvent } from '#event-log';
import { eventTypeOf, isCoarseDate, isDay, parseStream, readFact } from '#treaty';
import type { Findings } from './verify-findings.js';
import { KNOWN_TYPES } from './verify-types.js';

/** Holds the log against its own promises: positions in order and without gaps where they count, revisions without gaps, no event twice, all facts readable. */
export class LogCheck {
  private position = 0;
  private readonly revisions = new Map<string, number>();
  /** Eight bytes an event say whether any stream has an event twice; a million whole ids would fill the memory. */
  private marks = new BigUint64Array(1_024);
  events = 0;

  constructor(
    private readonly findings: Findings,
    /** Whether positions count the events. */
    private readonly dense: boolean,
  ) {}

  get streams(): number {
    return this.revisions.size;
  }

  /** The events of the page that can be read. */
  take(page: readonly RecordedEvent[]): RecordedEvent[] {
    return page.filter((event) => {
      this.checkPlace(event);
      this.mark(event);
      const problem = parseStream(event.stream) ? problemOf(event) : null;
      if (problem) this.findings.add(`Event at position ${event.position} (${event.type} in ${event.stream}) cannot be read: ${problem}.`);
      return !problem;
    });
  }

  /** Reads the log again only if it has to say which events stand twice. */
  async finish(log: EventLog, head: number): Promise<void> {
    if (this.position < head) this.findings.add(`The log says that its newest event is at position ${head}, but the last one there is at ${this.position}.`);
    const marks = this.marks.subarray(0, this.events).sort();
    const twice = new Set(marks.filter((mark, index) => mark === marks[index - 1]));
    const seen = new Set<bigint>();
    for (let after = 0; twice.size > 0 && after < head; ) {
      const { events, next } = await log.readAll({ after, max: 1_000 });
      for (const event of events) {
        const mark = markOf(event);
        if (seen.has(mark)) this.findings.add(`Event ${event.id} stands in ${event.stream} again at position ${event.position}.`);
        if (twice.has(mark)) seen.add(mark);
      }
      after = next;
    }
  }

  private checkPlace({ position, stream, revision }: RecordedEvent): void {
    if (this.dense ? position !== this.position + 1 : position <= this.position) this.findings.add(`Position ${position} follows ${this.position}: ${position > this.position ? 'what was between them is gone' : 'the order is broken'}.`);
    this.position = position;
    const due = this.revisions.get(stream) ?? 0;
    if (revision !== due) this.findings.add(`${stream} has revision ${revision} where ${due} is due (position ${position}).`);
    this.revisions.set(stream, revision + 1);
  }

  private mark(event: RecordedEvent): void {
    if (this.events === this.marks.length) {
      const more = new BigUint64Array(this.marks.length * 2);
      more.set(this.marks);
      this.marks = more;
    }
    this.marks[this.events++] = markOf(event);
  }
}

const markOf = ({ stream, id }: RecordedEvent): bigint => hash('sha1', `${stream}\n${id}`, 'buffer').readBigUInt64LE();

/** Why an event cannot be read; null where it can. */
const problemOf = (event: RecordedEvent): string | null => {
  try {
    return problemOfFact(event);
  } catch (error) {
    return `reading it fails (${(error as Error).message})`;
  }
};

const problemOfFact = (event: RecordedEvent): string | null => {
  const { type, effectiveOn, knownBy, knownOn, data } = readFact(event);
  if (!(type in KNOWN_TYPES)) return 'no fact of this type is known';
  if (versionOf(event.type) > versionOf(eventTypeOf(type))) return 'its version is newer than this program';
  if (!isText(knownOn) || !isDay(knownOn)) return 'knownOn is no day';
  if (effectiveOn !== null && !(isText(effectiveOn) && isCoarseDate(effectiveOn))) return 'effectiveOn is no date';
  if (knownBy !== null && !(isText(knownBy) && isDay(knownBy))) return 'knownBy is no day';
  return typeof data === 'object' && data !== null ? null : 'it has no data';
};

const isText = (value: unknown): value is string => typeof value === 'string';

/** `SomethingHappened.v2` → 2. */
const versionOf = (eventType: string): number => Number(/\.v(\d+)$/.exec(eventType)?.[1] ?? Infinity);
