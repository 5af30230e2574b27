import type { EventLog, Position } from '#event-log';
import { emptyRecord, foldRecord, type FoldedRecord, parseStream, type TreatyRecord, treatyStreams } from '#treaty';

interface Kept {
  record: FoldedRecord;
  position: Position;
}

/**
 * What a decision about one State must know of the treaty: everybody's deposits, the meetings, the coverage. Folded
 * from the log itself, and caught up with it before every decision; no read model stands between.
 */
export class TreatyRegister {
  private readonly kept = new Map<string, Promise<Kept>>();

  constructor(private readonly log: EventLog) {}

  async at(treaty: string): Promise<TreatyRecord> {
    const before = this.kept.get(treaty) ?? Promise.resolve({ record: emptyRecord(), position: 0 });
    const caughtUp = before.then((kept) => this.catchUp(treaty, kept));
    // A failure must not stay: whoever comes next starts again from the beginning.
    this.kept.set(treaty, caughtUp);
    caughtUp.catch(() => this.kept.delete(treaty));
    return (await caughtUp).record;
  }

  private async catchUp(treaty: string, kept: Kept): Promise<Kept> {
    const filter = { streamPrefixes: treatyStreams(treaty) };
    for (let { position } = kept; ; ) {
      const page = await this.log.readAll({ after: position, filter, max: PAGE });
      for (const event of page.events) {
        const stream = parseStream(event.stream);
        if (stream) foldRecord(kept.record, stream, event);
      }
      kept.position = position = page.next;
      if (page.events.length < PAGE) return kept;
    }
  }
}

const PAGE = 1000;
