import type { Pool } from 'pg';
import type { EventLog, JsonObject } from '#event-log';
import { type Clock, instantOf, todayOf } from '#platform';
import { type Assessor, liveTreaties, untilCurrent } from '#read-models';
import { type Day, END_OF_TIME, plus, type TreatyRules } from '#treaty';
import { type CalendarFact, calendarFacts } from './calendar-facts.js';

export interface SweepParts {
  pool: Pool;
  log: EventLog;
  clock: Clock;
  treaties: ReadonlyMap<string, TreatyRules>;
  assessor: Assessor;
}

/** How long a round waits for the read models before it leaves the day to the next. */
const PATIENCE_MS = 5_000;

/**
 * Writes into the log what each day brings, from going live on. Days that were missed are made up one after the other,
 * each by what was known on it. A second sweep of the same day finds the same ids, and the log knows them.
 */
export class CalendarSweep {
  constructor(private readonly parts: SweepParts) {}

  /** @returns how many events were new */
  async throughToday(): Promise<number> {
    const { pool, log, clock, treaties } = this.parts;
    const today = todayOf(clock);
    let told = 0;
    for (const [treaty, since] of await liveTreaties(pool)) {
      const rules = treaties.get(treaty);
      if (!rules) continue;
      let day = await this.nextDay(treaty, since);
      if (day > today) continue;
      // A moment behind is waited for: where a lot is recorded they always are.
      if (!(await untilCurrent(pool, log, AbortSignal.timeout(PATIENCE_MS)))) return told;
      for (; day <= today; day = plus(day, { days: 1 })) told += await this.sweep(rules, since, day);
    }
    return told;
  }

  private async nextDay(treaty: string, since: Day): Promise<Day> {
    const { rows } = await this.parts.pool.query<{ through: string }>('SELECT through::text FROM webhooks.swept WHERE treaty = $1', [treaty]);
    return rows[0] ? plus(rows[0].through, { days: 1 }) : since;
  }

  private async sweep(rules: TreatyRules, since: Day, day: Day): Promise<number> {
    const { pool, assessor } = this.parts;
    const { assessed } = await assessor.treaty(rules, { asAt: day, knownOn: day, recordedBy: END_OF_TIME });
    const facts = calendarFacts(rules, assessed, since, day);
    const { rows } = await pool.query<{ id: string }>('SELECT id FROM webhooks.announced WHERE id = ANY($1::uuid[])', [facts.map(({ id }) => id)]);
    const announced = new Set(rows.map(({ id }) => id));
    const news = facts.filter(({ id }) => !announced.has(id));
    for (const fact of news) await this.append(fact);
    // Between the log and this line a process may die: the next one appends the same ids, which writes nothing.
    await pool.query('INSERT INTO webhooks.announced (id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING', [news.map(({ id }) => id)]);
    await pool.query('INSERT INTO webhooks.swept (treaty, through) VALUES ($1, $2) ON CONFLICT (treaty) DO UPDATE SET through = GREATEST(swept.through, excluded.through)', [rules.id, day]);
    return news.length;
  }

  private async append({ id, stream, type, data, citation }: CalendarFact): Promise<void> {
    const { log, clock } = this.parts;
    const event = { id, type, data: data as JsonObject, recordedAt: instantOf(clock), metadata: { actor: 'pacta', correlation: id, source: { title: 'Computed from the record', reference: citation } } };
    await log.append(stream, [event], { expected: 'any' });
  }
}
