import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { EVENT_LOG, type EventLog, type JsonObject } from '#event-log';
import { CLOCK, type Clock, todayOf } from '#platform';
import { type AnyProposal, decide, dossierStream, eventTypeOf, readFact, type TreatyRules, writtenFact } from '#treaty';
import { type Preview, preview } from './preview.js';
import type { Provenance } from './provenance.js';
import { type Guards, record, type Recorded } from './recording.js';
import { TREATY_REGISTER } from './tokens.js';
import type { TreatyRegister } from './treaty-register.js';

/** Record one fact about a State, or correct or retract one. */
export class RecordFact extends Command<Recorded | Preview> {
  constructor(
    readonly rules: TreatyRules,
    readonly iso3: string,
    readonly proposal: AnyProposal,
    readonly provenance: Provenance,
    readonly guards: Guards = {},
  ) {
    super();
  }
}

@CommandHandler(RecordFact)
export class RecordFactHandler implements ICommandHandler<RecordFact> {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(TREATY_REGISTER) private readonly register: TreatyRegister,
  ) {}

  async execute({ rules, iso3, proposal, provenance, guards }: RecordFact): Promise<Recorded | Preview> {
    const stream = dossierStream(rules.id, iso3);
    const today = todayOf(this.clock);
    const ground = { rules, iso3, record: await this.register.at(rules.id), today };
    if (guards.dryRun) return preview(this.log, stream, proposal, ground, guards);
    return record({
      log: this.log, clock: this.clock, stream, provenance, guards, asked: proposal,
      decide: ({ events }) => {
        const { fact, flags } = decide(proposal, { ...ground, facts: events.map(readFact) });
        return { type: eventTypeOf(fact.type), data: writtenFact(fact) as unknown as JsonObject, flags };
      },
    });
  }
}
