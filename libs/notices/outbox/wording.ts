import { todayOf, type Clock } from '#platform';
import type { DossierReader } from '#read-models';
import { assess, type Assessment, type DatedMeeting, type Day, END_OF_TIME, MET, type Obligation, plus, type TreatyAt, treatyAt, type TreatyRules } from '#treaty';
import { type NameOf, type NoticeSubject, type Rendered, render, type Sender } from '../email/index.js';
import type { Subject } from '../plan/day-plan.js';
import { templateLanguage } from '../simulation/sample-directory.js';
import type { MessageRow } from './message-row.js';
import { sequenceOf } from './sequence.js';

export interface WordingSettings {
  from: Sender;
  /** Base of links: PUBLIC_URL. */
  publicUrl: string;
}

/** Puts a planned message into words, by what is known at the moment of sending. */
export class Wording {
  constructor(
    private readonly treaties: ReadonlyMap<string, TreatyRules>,
    private readonly reader: DossierReader,
    private readonly nameOf: NameOf,
    private readonly unsubscribeToken: (contactId: string) => string,
    private readonly clock: Clock,
    private readonly settings: WordingSettings,
  ) {}

  /** Null where nothing is left of what it was to speak of. */
  async of(row: MessageRow, to: { name: string | null; office: string | null; email: string | null }): Promise<{ about: Subject[]; rendered: Rendered } | null> {
    const rules = this.treaties.get(row.treaty);
    if (!rules) return null;
    const subjects = (await Promise.all(row.states.map((iso3) => this.subjectsOf(rules, iso3, row.about.filter((one) => one.iso3 === iso3))))).flat();
    if (subjects.length === 0) return null;
    const language = templateLanguage(row.language);
    const { publicUrl, from } = this.settings;
    const rendered = render(
      {
        id: row.id, treaty: { id: rules.id, title: rules.title }, on: row.on, about: subjects.map(({ subject }) => subject), stampedAt: `${row.on}T00:00:00Z`,
        recipient: { role: row.role, contactId: row.contactId, language, name: to.name ?? undefined, office: to.office ?? undefined, address: to.email ?? '' },
      },
      language,
      { state: (iso3) => `${publicUrl}/v1/treaties/${rules.id}/states/${iso3}`, unsubscribe: `${publicUrl}/u/${this.unsubscribeToken(row.contactId)}` },
      from,
      this.nameOf,
    );
    return { about: subjects.map(({ about }) => about), rendered };
  }

  /** What still stands as the message says, with what a text about it needs. */
  private async subjectsOf(rules: TreatyRules, iso3: string, about: readonly Subject[]): Promise<{ about: Subject; subject: NoticeSubject }[]> {
    const today = todayOf(this.clock);
    const cut = { asAt: today, knownOn: today, recordedBy: END_OF_TIME };
    const { facts, record } = await this.reader.state(rules.id, iso3);
    const treaty = treatyAt(rules, record, cut);
    const assessment = assess(rules, facts, treaty, cut);
    return about.flatMap((one) => {
      const obligation = assessment.obligations.find(({ article, kind, year }) => article === one.article && kind === one.kind && year === one.year);
      if (!obligation || !stillStands(one, obligation)) return [];
      return [{ about: one, subject: { ...subjectOf(rules, one, obligation, assessment, treaty, today), sequence: sequenceOf(facts, record, obligation) } }];
    });
  }
}

/** A reminder speaks of something open with the same due date; a digest may also tell what was received. */
const stillStands = ({ step, dueOn }: Subject, { status, dueOn: now }: Obligation): boolean =>
  dueOn === now && (status === 'pending' || status === 'overdue' || (step === 'digest' && MET.has(status)));

const subjectOf = (rules: TreatyRules, about: Subject, obligation: Obligation, { obligations }: Assessment, treaty: TreatyAt, today: Day): NoticeSubject => {
  const rule = rules.obligations.find(({ kind }) => kind === obligation.kind);
  const filing = rule && obligations.find(({ kind, article }) => kind === 'extension-request' && article === rule.article);
  const meeting = rule && obligation.dueOn ? lastBefore(treaty.meetings, obligation.dueOn, today) : undefined;
  return {
    ...about, citation: obligation.citation, title: rule?.title ?? '', status: obligation.status, derivation: obligation.derivation,
    ...(meeting ? { lastMeeting: { id: meeting.id, title: meeting.title, start: meeting.start } } : {}),
    ...(filing?.dueOn ? { filingDueOn: filing.dueOn } : {}),
    ...(rule ? { extendable: rule.extension !== null } : {}),
  };
};

/** The last meeting in the year before a due date, as far as it is known. */
const lastBefore = (meetings: readonly DatedMeeting[], dueOn: Day, today: Day): DatedMeeting | undefined =>
  meetings.filter((one) => one.knownOn <= today && one.start < dueOn && one.start >= plus(dueOn, { months: -12 })).sort((a, b) => (a.start < b.start ? -1 : 1)).at(-1);
