import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { EVENT_LOG, type EventLog, type JsonObject } from '#event-log';
import { CLOCK, type Clock, todayOf } from '#platform';
import { decideMeeting, eventTypeOf, type MeetingProposal, meetingStream, Refusal, type TreatyRules, writtenFact } from '#treaty';
import type { Provenance } from './provenance.js';
import { type Guards, record, type Recorded } from './recording.js';
import { TREATY_REGISTER } from './tokens.js';
import type { TreatyRegister } from './treaty-register.js';

/** Record that a meeting was scheduled, moved or held. */
export class RecordMeetingFact extends Command<Recorded | { dryRun: true; wouldRecord: object; flags: string[] }> {
  constructor(
    readonly rules: TreatyRules,
    readonly meeting: string,
    readonly proposal: MeetingProposal & { knownOn?: string; effectiveOn?: string | null },
    readonly provenance: Provenance,
    readonly guards: Guards = {},
  ) {
    super();
  }
}

@CommandHandler(RecordMeetingFact)
export class RecordMeetingFactHandler implements ICommandHandler<RecordMeetingFact> {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(TREATY_REGISTER) private readonly register: TreatyRegister,
  ) {}

  async execute({ rules, meeting, proposal, provenance, guards }: RecordMeetingFact): Promise<Recorded | { dryRun: true; wouldRecord: object; flags: string[] }> {
    const today = todayOf(this.clock);
    const { type, data } = proposal;
    if (proposal.knownOn && proposal.knownOn > today) throw new Refusal('date-in-the-future', `knownOn is ${proposal.knownOn}, which lies in the future.`);
    const fact = { effectiveOn: proposal.effectiveOn ?? null, knownBy: null, knownOn: proposal.knownOn ?? today, data };
    const check = async (): Promise<void> => decideMeeting(proposal, meeting, (await this.register.at(rules.id)).meetings.findLast(({ id }) => id === meeting));
    if (guards.dryRun) {
      await check();
      return { dryRun: true, wouldRecord: { type, ...fact }, flags: [] };
    }
    return record({
      log: this.log, clock: this.clock, stream: meetingStream(rules.id, meeting), provenance, guards, asked: { proposal, source: provenance.source },
      decide: async () => {
        await check();
        return { type: eventTypeOf(type), data: writtenFact(fact) as unknown as JsonObject, flags: [] };
      },
    });
  }
}
