import { type Day, MET, type Obligation, plus, type TreatyAt } from '#treaty';
import { inOffice } from './offices.js';
import { obligationKey, rungsOn, watch, type Watched } from './watch.js';
import { isWeekend, weekday } from './working-days.js';

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
  assessed: readonly (readonly [iso3: string, { obligations: readonly Obligation[] }])[];
  treaty: Pick<TreatyAt, 'appointments' | 'meetings'>;
  directory: Directory;
  /** Themes that have coordinators. */
  themes: readonly string[];
  /** What has been seen of each obligation so far; brought up to date here. */
  watched: Map<string, Watched>;
  /** Rungs that went out, by obligation, due date and step, and what was told as received; added to here. */
  sent: Set<string>;
}

/** All that goes out on one day, one message a contact. On a weekend nothing does, but what changes is seen. */
export const planDay = (input: DayInput): Message[] => {
  const { today, assessed, directory, watched, sent } = input;
  const post = new Post(input);
  const isFirstTime = (what: string): boolean => !sent.has(what) && Boolean(sent.add(what));
  const isWorkingDay = !isWeekend(today);
  const monday = weekday(today) === 1 ? { horizon: plus(today, { days: DIGEST_DAYS }), before: plus(today, { days: -7 }) } : null;
  const present = new Set<string>();

  for (const [iso3, { obligations }] of assessed) {
    for (const obligation of obligations) {
      const key = obligationKey(iso3, obligation);
      const seen = watch(watched.get(key), obligation.dueOn, today);
      watched.set(key, seen);
      present.add(key);
      if (!isWorkingDay) continue;
      for (const rung of rungsOn(obligation, seen, today)) {
        if (!isFirstTime(`${key} ${seen.dueOn} ${rung.step}`)) continue;
        post.tell(directory.ofState(iso3), subjectOf(iso3, obligation, rung.step));
        if (rung.escalates) post.tellCoordinators(obligation.theme, subjectOf(iso3, obligation, rung.step));
      }
      if (!monday) continue;
      const isNews = isDueBy(obligation, monday.horizon) || (isReceivedSince(obligation, monday.before) && isFirstTime(`${key} ${obligation.metBy} received`));
      if (isNews) post.tellCoordinators(obligation.theme, subjectOf(iso3, obligation, 'digest'));
    }
  }
  // What is there no more has no date; should it come back, it appears anew.
  if (present.size < watched.size) for (const [key, seen] of watched) if (!present.has(key)) watched.set(key, watch(seen, null, today));
  return post.messages();
};

/** The digest of going live: all that is open, once for each contact; what would fall on the same day is in it. */
export const planGoLive = (input: Omit<DayInput, 'sent'>): Message[] => {
  const post = new Post(input);
  for (const [iso3, { obligations }] of input.assessed) {
    for (const obligation of obligations) {
      input.watched.set(obligationKey(iso3, obligation), { dueOn: obligation.dueOn, since: null });
      if (obligation.dueOn === null || (obligation.status !== 'pending' && obligation.status !== 'overdue')) continue;
      post.tell(input.directory.ofState(iso3), subjectOf(iso3, obligation, 'go-live'));
      post.tellCoordinators(obligation.theme, subjectOf(iso3, obligation, 'go-live'));
    }
  }
  return post.messages();
};

/** A coordinator looks this many days ahead, the last of them included. */
const DIGEST_DAYS = 60;

const isDueBy = ({ status, dueOn }: Obligation, horizon: Day): boolean => status === 'overdue' || (status === 'pending' && dueOn !== null && dueOn <= horizon);

/**
 * From the Monday before on, that day included: what was recorded on it after its digest went out is told a week later.
 * A filing date that was met with the obligation itself has nothing that was received.
 */
const isReceivedSince = ({ status, metKnownOn }: Obligation, mondayBefore: Day): boolean => MET.has(status) && metKnownOn !== undefined && metKnownOn >= mondayBefore;

const subjectOf = (iso3: string, { article, kind, year, dueOn }: Obligation, step: string): Subject => ({ iso3, article, kind, ...(year === undefined ? {} : { year }), dueOn, step });

/** Gathers what falls together for one contact on a day. */
class Post {
  private readonly byContact = new Map<string, Message>();
  private readonly coordinators: ReadonlyMap<string, readonly Recipient[]>;

  constructor(private readonly day: Pick<DayInput, 'today' | 'treaty' | 'themes' | 'directory'>) {
    this.coordinators = new Map(day.themes.map((theme) => [theme, this.inOffice(theme)]));
  }

  tell(recipient: Recipient | null, subject: Subject): void {
    if (!recipient) return;
    const message = this.byContact.get(recipient.contactId) ?? { on: this.day.today, recipient, about: [] };
    this.byContact.set(recipient.contactId, message);
    // Somebody may stand for a State and coordinate its theme.
    if (!message.about.some((one) => same(one, subject))) message.about.push(subject);
  }

  tellCoordinators(theme: string, subject: Subject): void {
    this.coordinators.get(theme)?.forEach((one) => this.tell(one, subject));
  }

  messages(): Message[] {
    return [...this.byContact.values()];
  }

  /** A theme with nobody in office, or with nobody named, is the registrar's. */
  private inOffice(theme: string): Recipient[] {
    const { treaty, directory, today } = this.day;
    const named = inOffice(treaty.appointments, treaty.meetings, theme, today).flatMap((iso3) => directory.coordinatorsOf(iso3));
    return named.length > 0 ? named : [directory.registrar];
  }
}

const same = (a: Subject, b: Subject): boolean => a.iso3 === b.iso3 && a.article === b.article && a.kind === b.kind && a.year === b.year && a.step === b.step;
