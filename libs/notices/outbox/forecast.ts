import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Clock, todayOf } from '#platform';
import type { DossierReader } from '#read-models';
import { type AnyFact, assess, type AssessedState, type Cut, type Day, END_OF_TIME, plus, treatyAt, type TreatyRules } from '#treaty';
import type { Contacts } from '../contacts/contacts.js';
import { directoryOf } from '../contacts/directory.js';
import { messageIdFor } from '../email/index.js';
import { type Directory, type Message, planDay, planGoLive, type RecipientRole, type Subject } from '../plan/day-plan.js';
import { isWeekend, workingDayAfter } from '../plan/working-days.js';
import { templateLanguage } from '../simulation/sample-directory.js';
import { type Simulated, themesOf } from '../simulation/simulate.js';
import { messageRowId } from './message-row.js';

/** A message as it would go out, if nothing else became known until its day. */
export interface ForecastItem {
  on: Day;
  treaty: string;
  to: RecipientRole;
  /** Null where nobody is known to write to. */
  contactId: string | null;
  language: string;
  /** The one that it will have when it goes out. */
  messageId: string;
  about: Subject[];
}

export interface AskedForecast {
  months: number;
  /** Only messages that speak of this State, and only what they say of it. */
  iso3?: string;
  /** Of letters to each State, where nobody is known whose own language would count. */
  languages: ReadonlyMap<string, string>;
}

/** What would go out from tomorrow on, by what is known today. */
export class Forecast {
  private readonly recent = new Map<string, Promise<ForecastItem[]>>();

  constructor(
    private readonly reader: DossierReader,
    private readonly contacts: Contacts,
    private readonly clock: Clock,
    private readonly settings: { mailDomain: string },
  ) {}

  async of(rules: TreatyRules, { months, iso3, languages }: AskedForecast): Promise<ForecastItem[]> {
    const today = todayOf(this.clock);
    const { dossiers, record, position } = iso3 === undefined ? await this.reader.treaty(rules.id) : await this.stateAlone(rules, iso3);
    const contacts = await this.contacts.list();
    const liveFrom = record.coverage.liveFrom ?? null;
    // Not live yet, but soon: nothing before that day, and then first the digest of going live.
    const goLive = liveFrom !== null && workingDayAfter(liveFrom) > today;
    const tomorrow = plus(today, { days: 1 });
    const from = goLive && liveFrom > tomorrow ? liveFrom : tomorrow;
    const directory = withNobody(directoryOf(contacts), languages);
    const asked = JSON.stringify([rules.id, iso3, months, today, position, createHash('sha256').update(JSON.stringify(contacts)).digest('base64')]);
    return this.once(asked, async () => {
      const facts = new Map([...dossiers].map(([state, dossier]) => [state, dossier.facts] as const));
      const items: ForecastItem[] = [];
      for await (const message of unhurried({ rules, dossiers: facts, record, directory, from, to: plus(today, { months }), goLive, knownUntil: today })) items.push(this.itemOf(rules, message));
      return items;
    });
  }

  /** A year of a whole treaty takes seconds, and is the same for all who ask on the same day about the same record. */
  private once(asked: string, work: () => Promise<ForecastItem[]>): Promise<ForecastItem[]> {
    const known = this.recent.get(asked);
    if (known) return known;
    const working = work();
    working.catch(() => this.recent.delete(asked));
    if (this.recent.size >= MOST_RECENT) this.recent.delete(this.recent.keys().next().value as string);
    this.recent.set(asked, working);
    return working;
  }

  private async stateAlone(rules: TreatyRules, iso3: string) {
    const { facts, record, position } = await this.reader.state(rules.id, iso3);
    return { dossiers: new Map([[iso3, { facts }]]), record, position };
  }

  private itemOf(rules: TreatyRules, message: Message): ForecastItem {
    const { on, recipient: { role, contactId, language }, about } = message;
    return { on, treaty: rules.id, to: role, contactId: contactId.startsWith(NOBODY) ? null : contactId, language, messageId: messageIdFor(messageRowId(rules.id, message), this.settings.mailDomain), about };
  }
}

const MOST_RECENT = 20;
const NOBODY = 'nobody ';

/** Where nobody is known, a focal point who is yet to be named: what falls due shows, whether or not anyone would be told. */
const withNobody = (directory: Directory, languages: ReadonlyMap<string, string>): Directory => ({
  ...directory,
  ofState: (iso3) => directory.ofState(iso3) ?? { role: 'focal-point', contactId: `${NOBODY}${iso3}`, language: templateLanguage(languages.get(iso3)) },
});

/** Long enough for whatever a first day still makes up, as in a simulation. */
const WARM_UP_DAYS = 30;

/** The same messages as `simulate`, but others get their turn after each few States: a server must go on answering. */
async function* unhurried({ rules, dossiers, record, directory, from, to, goLive = false, knownUntil }: Simulated): AsyncGenerator<Message> {
  const plan = { directory, themes: themesOf(rules), watched: new Map(), sent: new Set<string>() };
  let live = !goLive;
  const start = live ? plus(from, { days: -WARM_UP_DAYS }) : from;
  for (let today = start; today <= to; today = plus(today, { days: 1 })) {
    const cut: Cut = { asAt: today, knownOn: knownUntil && knownUntil < today ? knownUntil : today, recordedBy: END_OF_TIME };
    const treaty = treatyAt(rules, record, cut);
    const day = { ...plan, today, treaty, assessed: await assessAll(rules, dossiers, treaty, cut) };
    if (live && today === start) planGoLive(day);
    if (live) {
      const messages = planDay(day);
      if (today >= from) yield* messages;
    } else if (!isWeekend(today)) {
      live = true;
      yield* planGoLive(day);
    }
  }
}

const AT_A_TIME = 25;

const assessAll = async (rules: TreatyRules, dossiers: ReadonlyMap<string, readonly AnyFact[]>, treaty: ReturnType<typeof treatyAt>, cut: Cut): Promise<AssessedState[]> => {
  const assessed: AssessedState[] = [];
  for (const [iso3, facts] of dossiers) {
    if (assessed.length % AT_A_TIME === 0) await nextTurn();
    assessed.push([iso3, assess(rules, facts, treaty, cut, { explain: false })]);
  }
  return assessed;
};
