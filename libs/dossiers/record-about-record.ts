import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { EVENT_LOG, type EventLog, type JsonObject } from '#event-log';
import { CLOCK, type Clock, todayOf } from '#platform';
import { eventTypeOf, type RecordFactData, recordStream, type TreatyRules, writtenFact } from '#treaty';
import type { Provenance } from './provenance.js';
import { type Guards, record, type Recorded } from './recording.js';

export type RecordProposal = { [T in keyof RecordFactData]: { type: T; data: RecordFactData[T] } }[keyof RecordFactData];

/** Record something about the record itself: until when it is complete, or where a source says otherwise. */
export class RecordAboutRecord extends Command<Recorded> {
  constructor(
    readonly rules: TreatyRules,
    readonly proposal: RecordProposal,
    readonly provenance: Provenance,
    readonly guards: Guards = {},
  ) {
    super();
  }
}

@CommandHandler(RecordAboutRecord)
export class RecordAboutRecordHandler implements ICommandHandler<RecordAboutRecord> {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ rules, proposal, provenance, guards }: RecordAboutRecord): Promise<Recorded> {
    const fact = { effectiveOn: null, knownBy: null, knownOn: todayOf(this.clock), data: proposal.data };
    return record({
      log: this.log, clock: this.clock, stream: recordStream(rules.id), provenance, guards, asked: proposal,
      decide: () => ({ type: eventTypeOf(proposal.type), data: writtenFact(fact) as unknown as JsonObject, flags: [] }),
    });
  }
}
