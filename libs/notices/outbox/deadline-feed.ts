import { type Clock, todayOf } from '#platform';
import type { DossierReader } from '#read-models';
import { assess, END_OF_TIME, type Obligation, treatyAt, type TreatyRules } from '#treaty';
import { type CalendarEvent, calendarOf, eventOn, type NameOf } from '../email/index.js';
import type { TemplateLanguage } from '../simulation/sample-directory.js';
import { sequenceOf } from './sequence.js';

export interface AskedFeed {
  iso3?: string;
  theme?: string;
  language: TemplateLanguage;
}

const REFRESH_HOURS = 12;

/** Open deadlines as a calendar that programs subscribe to. */
export class DeadlineFeed {
  constructor(
    private readonly reader: DossierReader,
    private readonly clock: Clock,
    private readonly nameOf: NameOf,
    private readonly publicUrl: string,
  ) {}

  /** The same bytes as long as the same deadlines are open. */
  async of(rules: TreatyRules, { iso3, theme, language }: AskedFeed): Promise<string> {
    const today = todayOf(this.clock);
    const cut = { asAt: today, knownOn: today, recordedBy: END_OF_TIME };
    const { dossiers, record } = await this.reader.treaty(rules.id);
    const treaty = treatyAt(rules, record, cut);
    const events: CalendarEvent[] = [];
    let stampedAt = `${rules.adoptedOn}T00:00:00Z`;
    for (const [state, { facts }] of dossiers) {
      if (iso3 !== undefined && state !== iso3) continue;
      const open = assess(rules, facts, treaty, cut).obligations.filter((one) => one.status === 'pending' && (theme === undefined || one.theme === theme));
      const found = open.flatMap((one) => this.eventOf(rules, state, one, sequenceOf(facts, record, one), language) ?? []);
      events.push(...found);
      const newest = facts.map(({ recordedAt }) => recordedAt).sort().at(-1);
      if (found.length > 0 && newest !== undefined && newest > stampedAt) stampedAt = newest;
    }
    events.sort((a, b) => (a.on === b.on ? (a.uid < b.uid ? -1 : 1) : a.on < b.on ? -1 : 1));
    const about = [rules.title, ...(iso3 === undefined ? [] : [this.nameOf(iso3, language)]), ...(theme === undefined ? [] : [theme.replaceAll('_', ' ')])];
    return calendarOf(events, { name: about.join(' · '), language, stampedAt, refreshHours: REFRESH_HOURS });
  }

  private eventOf(rules: TreatyRules, iso3: string, { article, kind, year, dueOn, citation }: Obligation, sequence: number, language: TemplateLanguage): CalendarEvent | null {
    const subject = { iso3, article, kind, ...(year === undefined ? {} : { year }), dueOn, citation, sequence };
    return eventOn(subject, { treaty: rules.id, language, state: this.nameOf(iso3, language), url: `${this.publicUrl}/v1/treaties/${rules.id}/states/${iso3}` });
  }
}
