import type { Pool, PoolClient } from 'pg';
import { v7 } from 'uuid';
import { type Clock, inTransaction, instantOf, migrate, Problem } from '#platform';
import type { Day } from '#treaty';
import type { ByPerson } from '../outbox/message-row.js';
import { type Hold, HOLD_COLUMNS, holdKind, type Scope } from './hold.js';
import { holdBack, holdsInForce, lockHolds, reconcile, skipAll } from './reconcile.js';
import { listRuns, type Run } from './runs.js';
import { HOLD_STEPS } from './tables.js';

/** A hold with the number of messages that wait under it. */
export interface WaitingHold extends Hold {
  waiting: number;
}

/** What came of holding, releasing or skipping. */
export interface HoldOutcome {
  /** Null where what was skipped was not on hold. */
  hold: WaitingHold | null;
  /** Messages that were held back, let go or skipped by this. */
  turned: number;
  /** Messages that had been handed to the mail server already. */
  onTheirWay: number;
}

type ByWhom = ByPerson & { reason: string };

/** Holds of States, of runs and of a whole treaty. What is planned while they are in force is held as well. */
export class Holds {
  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {}

  /** After the tables of messages. */
  prepare(): Promise<void> {
    return migrate(this.pool, 'holds', HOLD_STEPS);
  }

  /** Those in force, the oldest first. */
  async list(treaty: string): Promise<WaitingHold[]> {
    const { rows } = await this.pool.query<WaitingHold>(`${WITH_WAITING} WHERE treaty = $1 AND released_at IS NULL ORDER BY held_at, id`, [treaty]);
    return rows;
  }

  /** Days with messages, the newest first. */
  runs(treaty: string, asked: { on?: Day; limit: number }): Promise<Run[]> {
    return listRuns(this.pool, treaty, asked);
  }

  /** Holding what is on hold changes nothing, and answers with the hold there is. */
  hold(scope: Scope, by: ByWhom): Promise<HoldOutcome> {
    return this.within(scope, async (client, at) => {
      const known = await inForce(client, scope);
      const { hold, turned } = known ? { hold: known, turned: 0 } : await begin(client, scope, by, at);
      return { id: hold.id, turned };
    });
  }

  /** Lets go what waited: one message a contact, with all that waited for it. Again, it answers with the hold that has ended. */
  release(scope: Scope, by: ByPerson): Promise<HoldOutcome> {
    return this.within(scope, async (client, at) => {
      const hold = await inForce(client, scope);
      if (!hold) return { id: (await lastOf(client, scope)).id, turned: 0 };
      await end(client, hold.id, by, at);
      return { id: hold.id, turned: (await reconcile(client, scope.treaty, at)).released };
    });
  }

  /** What is planned or waits is not sent, however it was held. A hold of a State or a treaty stays for what comes; a run is done with. */
  skip(scope: Scope, by: ByWhom): Promise<HoldOutcome> {
    return this.within(scope, async (client, at) => {
      const known = await inForce(client, scope);
      const turned = await skipAll(client, scope, { ...by, at });
      if (known && scope.on !== undefined) await end(client, known.id, by, at);
      return { id: known?.id ?? null, turned };
    });
  }

  /** Turns what came in by other ways than the planner's; cheap where nothing is on hold. */
  async sweep(): Promise<void> {
    const { rows } = await this.pool.query<{ treaty: string }>('SELECT DISTINCT treaty FROM notices.holds WHERE released_at IS NULL');
    for (const { treaty } of rows) {
      await inTransaction(this.pool, async (client) => {
        await lockHolds(client, treaty);
        await reconcile(client, treaty, instantOf(this.clock));
      });
    }
  }

  private within({ treaty, iso3, on }: Scope, work: (client: PoolClient, at: string) => Promise<{ id: string | null; turned: number }>): Promise<HoldOutcome> {
    return inTransaction(this.pool, async (client) => {
      await lockHolds(client, treaty);
      const { id, turned } = await work(client, instantOf(this.clock));
      const { rows } = await client.query<WaitingHold>(`${WITH_WAITING} WHERE id = $1`, [id]);
      const away = await client.query<{ count: number }>(
        `SELECT count(*)::integer AS count FROM notices.messages WHERE treaty = $1 AND status = 'sending' AND ($2::text IS NULL OR states @> ARRAY[$2]) AND ($3::date IS NULL OR on_day = $3)`, [treaty, iso3 ?? null, on ?? null],
      );
      return { hold: rows[0] ?? null, turned, onTheirWay: away.rows[0]?.count ?? 0 };
    });
  }
}

const WITH_WAITING = `SELECT ${HOLD_COLUMNS}, (SELECT count(*)::integer FROM notices.messages WHERE hold_id = holds.id AND status = 'held') AS waiting FROM notices.holds`;

const inForce = async (client: PoolClient, { treaty, iso3 = null, on = null }: { treaty: string; iso3?: string | null; on?: string | null }): Promise<Hold | undefined> =>
  (await holdsInForce(client, treaty)).find((one) => one.iso3 === iso3 && one.on === on);

const lastOf = async (client: PoolClient, { treaty, iso3, on }: Scope): Promise<Hold> => {
  const { rows } = await client.query<Hold>(
    `SELECT ${HOLD_COLUMNS} FROM notices.holds WHERE treaty = $1 AND iso3 IS NOT DISTINCT FROM $2 AND on_day IS NOT DISTINCT FROM $3 ORDER BY released_at DESC LIMIT 1`, [treaty, iso3 ?? null, on ?? null],
  );
  if (rows[0]) return rows[0];
  throw new Problem(409, 'not-on-hold', `${NAMES[holdKind({ iso3, on })]} is not on hold. Messages that were held one by one are released one by one.`);
};

const NAMES = { state: 'This State', run: 'This day’s run', treaty: 'This treaty' };

const begin = async (client: PoolClient, scope: Scope, by: ByWhom, at: string): Promise<{ hold: Hold; turned: number }> => {
  const hold = await insertHold(client, scope, by, at);
  const ofRun = scope.on === undefined ? 0 : await holdBack(client, hold, at);
  return { hold, turned: ofRun + (await reconcile(client, scope.treaty, at)).held };
};

/**
 * A day's messages that have just been written down, in the same transaction: they are held where anything of them is
 * on hold, or where they are too many.
 *
 * @param tooMany why they wait for a registrar; null where they are not too many
 */
export const takeInRun = async (client: PoolClient, treaty: string, on: Day, at: string, tooMany: string | null): Promise<void> => {
  await lockHolds(client, treaty);
  if (tooMany !== null && !(await inForce(client, { treaty, on }))) await insertHold(client, { treaty, on }, { actor: 'pacta', reason: tooMany }, at);
  await reconcile(client, treaty, at, on);
};

const insertHold = async (client: PoolClient, { treaty, iso3, on }: Scope, { actor, reason }: ByWhom, at: string): Promise<Hold> => {
  const { rows } = await client.query<Hold>(
    `INSERT INTO notices.holds (id, treaty, iso3, on_day, reason, held_at, held_by) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${HOLD_COLUMNS}`, [v7(), treaty, iso3 ?? null, on ?? null, reason, at, actor],
  );
  return rows[0] as Hold;
};

const end = async (client: PoolClient, id: string, { actor, reason }: ByPerson, at: string): Promise<void> => {
  await client.query('UPDATE notices.holds SET released_at = $2, released_by = $3, release_reason = $4 WHERE id = $1', [id, at, actor, reason]);
};
