import { todayOf, type Clock } from '#platform';
import type { DossierReader } from '#read-models';
import { assess, END_OF_TIME, MET, type Obligation, treatyAt, type TreatyRules } from '#treaty';
import { confirmationOf } from '../contacts/confirmation.js';
import { type NameOf, type NoticeSubject, type Rendered, render, type Sender } from '../email/index.js';
import type { Subject } from '../plan/day-plan.js';
import { templateLanguage } from '../simulation/sample-directory.js';
import { asksToConfirm } from './confirmations.js';
import type { MessageRow } from './message-row.js';
import { noticeSubject } from './notice-subject.js';
import { sequenceOf } from './sequence.js';

export interface WordingSettings {
  from: Sender;
  /** Base of links: PUBLIC_URL. */
  publicUrl: string;
}

/** Whom a message goes to; a contact has said on a day that it is still the right one. */
interface Addressed {
  name: string | null;
  office: string | null;
  email: string | null;
  confirmedOn?: string | null;
}

/** Puts a planned message into words, by what is known at the moment of sending. */
export class Wording {
  constructor(
    private readonly treaties: ReadonlyMap<string, TreatyRules>,
    private readonly reader: DossierReader,
    private readonly nameOf: NameOf,
    private readonly tokenOf: (contactId: string) => string,
    private readonly clock: Clock,
    private readonly settings: WordingSettings,
  ) {}

  /** Null where nothing is left of what it was to speak of. */
  async of(row: MessageRow, to: Addressed): Promise<{ about: Subject[]; rendered: Rendered } | null> {
    const rules = this.treaties.get(row.treaty);
    if (!rules) return null;
    const subjects = (await Promise.all(row.states.map((iso3) => this.subjectsOf(rules, iso3, row.about.filter((one) => one.iso3 === iso3))))).flat();
    const asks = asksToConfirm(row) && confirmationOf({ confirmedOn: to.confirmedOn ?? null }, todayOf(this.clock)) !== 'confirmed';
    if (subjects.length === 0 && !asks) return null;
    const token = this.tokenOf(row.contactId);
    const language = templateLanguage(row.language);
    const { publicUrl, from } = this.settings;
    const rendered = render(
      {
        id: row.id, treaty: { id: rules.id, title: rules.title }, on: row.on, about: subjects.map(({ subject }) => subject), stampedAt: `${row.on}T00:00:00Z`,
        recipient: { role: row.role, contactId: row.contactId, language, name: to.name ?? undefined, office: to.office ?? undefined, address: to.email ?? '' },
        ...(asks ? { confirms: row.states[0] } : {}), ...(row.meantFor ? { meantFor: row.meantFor } : {}),
      },
      language,
      { state: (iso3) => `${publicUrl}/v1/treaties/${rules.id}/states/${iso3}`, unsubscribe: `${publicUrl}/u/${token}`, confirm: `${publicUrl}/c/${token}` },
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
      return [{ about: one, subject: { ...noticeSubject(rules, one, obligation, assessment, treaty, today), sequence: sequenceOf(facts, record, obligation) } }];
    });
  }
}

/** A reminder speaks of something open with the same due date; a digest may also tell what was received. */
const stillStands = ({ step, dueOn }: Subject, { status, dueOn: now }: Obligation): boolean =>
  dueOn === now && (status === 'pending' || status === 'overdue' || (step === 'digest' && MET.has(status)));
