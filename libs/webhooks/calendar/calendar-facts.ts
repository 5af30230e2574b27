import { v5 } from 'uuid';
import { type AssessedState, type Day, plus, type TreatyRules, writtenFact } from '#treaty';
import { calendarStream } from '../catalogue/public-event.js';

/** What nobody records, because a day brings it: in the log, so that whoever reads on finds it in its place. */
export interface CalendarFact {
  /** From the State, the obligation and its date: whoever works it out again finds the same. */
  id: string;
  stream: string;
  type: string;
  data: object;
  /** Where the rule stands. */
  citation: string;
}

/**
 * What has come by a day, since the day on which the record went live: the treaty entered into force for a State, or a
 * deadline passed without what was due. Filing dates of requests are none: a State that is on time needs no extension.
 */
export const calendarFacts = (rules: TreatyRules, assessed: readonly AssessedState[], liveSince: Day, today: Day): CalendarFact[] =>
  assessed.flatMap(([iso3, { participation, obligations }]) => {
    const stream = calendarStream(rules.id, iso3);
    const facts: CalendarFact[] = [];
    const { inForceOn, status } = participation;
    if (status === 'party' && inForceOn !== null && inForceOn >= liveSince && inForceOn <= today) {
      const { first, later } = rules.entryIntoForce;
      facts.push({ id: v5(`in force ${rules.id} ${iso3} ${inForceOn}`, NAMESPACE), stream, type: 'EnteredIntoForce.v1', data: dated(inForceOn, today, { inForceOn }), citation: first.citation === later.citation ? first.citation : `${first.citation}, ${later.citation}` });
    }
    for (const { kind, article, year, dueOn, status: stands, citation } of obligations) {
      if (dueOn === null || dueOn < liveSince || dueOn >= today || kind === 'extension-request' || (stands !== 'overdue' && stands !== 'decision-pending')) continue;
      const said = { article, kind, ...(year === undefined ? {} : { year }), dueOn, status: stands };
      facts.push({ id: v5(`deadline ${rules.id} ${iso3} ${kind} ${article} ${year ?? ''} ${dueOn}`, NAMESPACE), stream, type: 'DeadlinePassed.v1', data: dated(plus(dueOn, { days: 1 }), today, said), citation });
    }
    return facts;
  });

const dated = (effectiveOn: Day, today: Day, data: object): object => writtenFact({ effectiveOn, knownBy: null, knownOn: today, data });

const NAMESPACE = '7a0f7b52-9c0e-4a53-9d8b-6a7b1d1f4c02';
