import { type AssessedState, type Day, isContracting, MET, type Obligation, plus, type TreatyAt } from '#treaty';
import { inOffice } from './offices.js';
import { obligationKey, rungsOn, watch, type Watched } from './watch.js';
import { weekday } from './working-days.js';

export type RecipientRole = 'focal-point' | 'deputy' | 'permanent-mission' | 'coordinator' | 'registrar';

export interface Recipient {
  role: RecipientRole;
  contactId: string;
  /** Of the message: the contact's own, or what it falls back to. */
  language: string;
}

/** Who is to be written to, on a day. */
export interface Directory {
  /** The State's focal point, else its deputy, else its Permanent Mission; null where nobody is known. */
  ofState(iso3: string): Recipient | null;
  /** The coordinators that a State in office has named; none where it has named nobody. */
  coordinatorsOf(iso3: string): Recipient[];
  registrar: Recipient;
}

/** One thing that a message speaks of. */
export interface Subject {
  iso3: string;
  article: number;
  kind: string;
  year?: number;
  dueOn: Day | null;
  step: string;
}

export interface Message {
  on: Day;
  recipient: Recipient;
  about: Subject[];
}

export interface DayInput {
  today: Day;
  assessed: readonly AssessedState[];
  treaty: TreatyAt;
  directory: Directory;
  /** Themes that have coordinators. */
  themes: readonly string[];
  /** What has been seen of each obligation so far; brought up to date here. */
  watched: Map<string, Watched>;
  /** Rungs that went out, by obligation, due date and step; added to here. */
  sent: Set<string>;
}

/** All that goes out on one day, one message a contact. */
export const planDay = ({ today, assessed, treaty, directory, themes, watched, sent }: DayInput): Message[] => {
  const messages = new Map<string, Message>();
  const tell = (recipient: Recipient | null, subject: Subject): void => {
    if (!recipient) return;
    const message = messages.get(recipient.contactId) ?? { on: today, recipient, about: [] };
    messages.set(recipient.contactId, message.about.some((one) => same(one, subject)) ? message : { ...message, about: [...message.about, subject] });
  };
  const coordinators = new Map(themes.map((theme) => [theme, coordinatorsOf(theme, treaty, directory, today)]));
  const tellCoordinators = (theme: string, subject: Subject): void => coordinators.get(theme)?.forEach((one) => tell(one, subject));

  for (const [iso3, { participation, obligations }] of assessed) {
    if (!isContracting(participation)) continue;
    for (const obligation of obligations) {
      const key = obligationKey(iso3, obligation);
      const seen = watch(watched.get(key), obligation.dueOn, today);
      watched.set(key, seen);
      for (const rung of rungsOn(obligation, seen, today)) {
        const once = `${key} ${seen.dueOn} ${rung.step}`;
        if (sent.has(once)) continue;
        sent.add(once);
        const subject = subjectOf(iso3, obligation, rung.step);
        tell(directory.ofState(iso3), subject);
        if (rung.escalates) tellCoordinators(obligation.theme, subject);
      }
      if (weekday(today) === 1 && isNews(obligation, today)) tellCoordinators(obligation.theme, subjectOf(iso3, obligation, 'digest'));
    }
  }
  return [...messages.values()];
};

/** The digest of going live: all that is open, once for each contact; what would fall on the same day is in it. */
export const planGoLive = ({ today, assessed, treaty, directory, themes, watched }: Omit<DayInput, 'sent'>): Message[] => {
  const messages = new Map<string, Message>();
  const tell = (recipient: Recipient | null, subject: Subject): void => {
    if (!recipient) return;
    const message = messages.get(recipient.contactId) ?? { on: today, recipient, about: [] };
    messages.set(recipient.contactId, { ...message, about: [...message.about, subject] });
  };
  const coordinators = new Map(themes.map((theme) => [theme, coordinatorsOf(theme, treaty, directory, today)]));
  for (const [iso3, { participation, obligations }] of assessed) {
    if (!isContracting(participation)) continue;
    for (const obligation of obligations) {
      watched.set(obligationKey(iso3, obligation), { dueOn: obligation.dueOn, since: null });
      if (obligation.dueOn === null || (obligation.status !== 'pending' && obligation.status !== 'overdue')) continue;
      const subject = subjectOf(iso3, obligation, 'go-live');
      tell(directory.ofState(iso3), subject);
      coordinators.get(obligation.theme)?.forEach((one) => tell(one, subject));
    }
  }
  return [...messages.values()];
};

/** A theme with nobody in office, or with nobody named, is the registrar's. */
const coordinatorsOf = (theme: string, treaty: TreatyAt, directory: Directory, today: Day): Recipient[] => {
  const found = inOffice(treaty.appointments, treaty.meetings, theme, today).flatMap((iso3) => directory.coordinatorsOf(iso3));
  return found.length > 0 ? found : [directory.registrar];
};

/** What a coordinator hears of on Mondays: due within sixty days, overdue, or received since the Monday before. */
const isNews = ({ status, dueOn, metOn, metBy }: Obligation, today: Day): boolean => {
  if (status === 'overdue') return true;
  if (status === 'pending') return dueOn !== null && dueOn <= plus(today, { days: 60 });
  return MET.has(status) && metBy !== undefined && metOn !== undefined && metOn > plus(today, { days: -7 });
};

const subjectOf = (iso3: string, { article, kind, year, dueOn }: Obligation, step: string): Subject => ({ iso3, article, kind, ...(year === undefined ? {} : { year }), dueOn, step });

const same = (a: Subject, b: Subject): boolean => a.iso3 === b.iso3 && a.article === b.article && a.kind === b.kind && a.year === b.year && a.step === b.step;
