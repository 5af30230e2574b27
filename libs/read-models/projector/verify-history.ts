import type { PoolClient } from 'pg';
import { readFact } from '#treaty';
import { projectHistory } from '../history/project.js';
import type { TreatyEvent } from './project.js';
import { SERVING } from './schema.js';
import type { Findings } from './verify-findings.js';

/**
 * Holds the history, page by page, against what the projection itself makes of the log's page in a table of this
 * transaction: no rule of the projection is said a second time.
 */
export class HistoryCheck {
  /** By what a fact was overtaken last. Amendments come pages later than what they amend, so these are held against the end. */
  private readonly superseded = new Map<string, string>();

  private constructor(
    private readonly client: PoolClient,
    private readonly findings: Findings,
  ) {}

  static async on(client: PoolClient, findings: Findings): Promise<HistoryCheck> {
    await client.query(`CREATE TEMP TABLE history (LIKE ${SERVING}.history) ON COMMIT DROP`);
    return new HistoryCheck(client, findings);
  }

  /** `events`: those of the positions after `after` up to `upTo` that the read models have taken in. */
  async take(events: readonly TreatyEvent[], after: number, upTo: number): Promise<void> {
    if (upTo <= after) return;
    if (events.length > 0) await projectHistory(this.client, 'pg_temp', events);
    const { rows } = await this.client.query<{ position: string; problem: string }>(COMPARED, [after, upTo]);
    for (const { position, problem } of rows) this.findings.add(`The history at position ${position} ${problem}.`);
    await this.client.query('TRUNCATE pg_temp.history');
    for (const event of events) {
      const fact = readFact(event);
      if (fact.type === 'fact-corrected' || fact.type === 'fact-retracted') this.superseded.set(key(event.about.treaty, event.about.of, fact.data.fact), event.id);
    }
  }

  async finish(end: number): Promise<void> {
    const { rows: beyond } = await this.client.query<{ count: string }>(`SELECT count(*) FROM ${SERVING}.history WHERE position > $1`, [end]);
    if (Number(beyond[0]?.count) > 0) this.findings.add(`The history has ${beyond[0]?.count} rows beyond position ${end}, up to which it was taken in.`);
    const { rows } = await this.client.query<{ position: string; treaty: string; subject: string; id: string; superseded_by: string }>(
      `SELECT position, treaty, subject, id, superseded_by FROM ${SERVING}.history WHERE superseded_by IS NOT NULL`,
    );
    for (const { position, treaty, subject, id, superseded_by } of rows) {
      const due = this.superseded.get(key(treaty, subject, id));
      this.superseded.delete(key(treaty, subject, id));
      if (due !== superseded_by) this.findings.add(`The history at position ${position} is marked as overtaken by ${superseded_by}, and ${due ? `the log says ${due}` : 'nothing in the log overtakes it'}.`);
    }
    for (const [fact, by] of this.superseded) this.findings.add(`The history does not mark ${fact.split('\n').join(' ')} as overtaken by ${by}.`);
  }
}

const key = (treaty: string, subject: string, fact: string): string => `${treaty}\n${subject}\n${fact}`;

const COMPARED = `
  SELECT coalesce(due.position, stored.position) AS position,
    CASE WHEN stored.position IS NULL THEN 'is missing' WHEN due.position IS NULL THEN 'is not in the log' ELSE 'is not what the log says' END AS problem
  FROM pg_temp.history AS due
  FULL JOIN (SELECT * FROM ${SERVING}.history WHERE position > $1 AND position <= $2) AS stored ON stored.position = due.position
  WHERE (to_jsonb(due) - 'superseded_by') IS DISTINCT FROM (to_jsonb(stored) - 'superseded_by')
  ORDER BY 1`;
