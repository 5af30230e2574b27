import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock, todayOf } from '#platform';
import type { Meeting, TreatyRules } from '#treaty';
import type { DossierReader } from '../dossiers/reader.js';
import { DOSSIER_READER } from '../tokens.js';
import { type AskedCut, resolveCut } from './cut.js';
import type { Page } from './page.js';

/** Meetings by the schedule known at a cut, in order; those without dates last. */
export class ListMeetings extends Query<Page<Meeting>> {
  constructor(
    readonly rules: TreatyRules,
    readonly asked: AskedCut,
  ) {
    super();
  }
}

@QueryHandler(ListMeetings)
export class ListMeetingsHandler implements IQueryHandler<ListMeetings> {
  constructor(
    @Inject(DOSSIER_READER) private readonly reader: DossierReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ rules, asked }: ListMeetings): Promise<Page<Meeting>> {
    const cut = resolveCut(asked, todayOf(this.clock));
    const { record, position } = await this.reader.state(rules.id, '');
    const latest = new Map(record.meetings.filter(({ knownOn, recordedAt }) => knownOn <= cut.knownOn && recordedAt <= cut.recordedBy).map((meeting) => [meeting.id, meeting]));
    const items = [...latest.values()].sort((a, b) => ((a.start ?? '9') < (b.start ?? '9') ? -1 : 1));
    return { items, next: null, position };
  }
}
