import type { Pool } from 'pg';
import { v7 } from 'uuid';
import { type Clock, inTransaction, migrate, Problem, todayOf } from '#platform';
import { CONTACT_COLUMNS as COLUMNS, type Contact, type NewContact } from './contact.js';

/** What an imported list came to. */
export interface TakenIn {
  added: number;
  changed: number;
  unchanged: number;
}

/** What may be changed of a contact; null takes a name or an office away. */
export type ContactChanges = Partial<Pick<NewContact, 'name' | 'office' | 'email' | 'language' | 'timeZone'>>;

const STEPS = [
  `CREATE SCHEMA IF NOT EXISTS notices;
   CREATE TABLE notices.contacts (
     id uuid PRIMARY KEY,
     role text NOT NULL,
     iso3 text NOT NULL,
     name text,
     office text,
     email text,
     language text NOT NULL,
     time_zone text NOT NULL,
     confirmed_on date,
     unreachable_since date,
     unsubscribed_on date,
     erased_on date
   );
   CREATE INDEX contacts_by_state ON notices.contacts (iso3, role)`,
  `CREATE UNIQUE INDEX contacts_once ON notices.contacts (iso3, role, lower(email)) WHERE erased_on IS NULL`,
];

/** The contact list: a table that people can be erased from. */
export class Contacts {
  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {}

  prepare(): Promise<void> {
    return migrate(this.pool, 'contacts', STEPS);
  }

  /** A new contact counts as confirmed on the day it is entered. */
  async add({ role, iso3, name, office, email, language, timeZone }: NewContact): Promise<Contact> {
    const { rows } = await this.pool.query<Contact>(
      `INSERT INTO notices.contacts (id, role, iso3, name, office, email, language, time_zone, confirmed_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${COLUMNS}`,
      [v7(), role, iso3, name, office, email, language, timeZone, todayOf(this.clock)],
    ).catch(refuseTwice);
    return rows[0] as Contact;
  }

  /** All that were not erased, in a steady order. */
  async list(): Promise<Contact[]> {
    const { rows } = await this.pool.query<Contact>(`SELECT ${COLUMNS} FROM notices.contacts WHERE erased_on IS NULL ORDER BY iso3, role, id`);
    return rows;
  }

  async find(id: string): Promise<Contact | null> {
    const { rows } = await this.pool.query<Contact>(`SELECT ${COLUMNS} FROM notices.contacts WHERE id = $1`, [id]);
    return rows[0] ?? null;
  }

  /** In the order of the ids; null where there is nobody. */
  async findAll(ids: readonly string[]): Promise<(Contact | null)[]> {
    const { rows } = await this.pool.query<Contact>({ name: 'contacts-find', text: `SELECT ${COLUMNS} FROM notices.contacts WHERE id = ANY($1::uuid[])`, values: [ids] });
    const byId = new Map(rows.map((one) => [one.id, one]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  /** Changes what is given; a new address makes the contact reachable again. */
  async change(id: string, { name, office, email, language, timeZone }: ContactChanges): Promise<Contact | null> {
    const { rows } = await this.pool.query<Contact>(
      `UPDATE notices.contacts SET name = CASE WHEN $2 THEN $3 ELSE name END, office = CASE WHEN $4 THEN $5 ELSE office END, email = COALESCE($6, email), language = COALESCE($7, language),
         time_zone = COALESCE($8, time_zone), unreachable_since = CASE WHEN $6::text IS NULL OR $6 = email THEN unreachable_since END
       WHERE id = $1 AND erased_on IS NULL RETURNING ${COLUMNS}`,
      [id, name !== undefined, name, office !== undefined, office, email, language, timeZone],
    ).catch(refuseTwice);
    return rows[0] ?? null;
  }

  /**
   * A whole list, or nothing of it. Who is on the list already (the same State, role and address) is changed where the
   * list says otherwise, so that taking it in twice adds nobody twice.
   */
  takeIn(list: readonly NewContact[], { dryRun }: { dryRun: boolean }): Promise<TakenIn> {
    const today = todayOf(this.clock);
    return inTransaction(this.pool, async (client) => {
      await client.query('LOCK TABLE notices.contacts IN SHARE ROW EXCLUSIVE MODE');
      const { rows } = await client.query<Contact>(`SELECT ${COLUMNS} FROM notices.contacts WHERE erased_on IS NULL`);
      const known = new Map<string, Pick<Contact, 'id' | 'name' | 'office' | 'language' | 'timeZone'>>(rows.map((one) => [identityOf(one), one]));
      const taken: TakenIn = { added: 0, changed: 0, unchanged: 0 };
      for (const one of list) {
        const { role, iso3, name, office, email, language, timeZone } = one;
        const before = known.get(identityOf(one));
        const same = before && before.name === name && before.office === office && before.language === language && before.timeZone === timeZone;
        taken[before ? (same ? 'unchanged' : 'changed') : 'added']++;
        const id = before?.id ?? v7();
        known.set(identityOf(one), { ...one, id });
        if (dryRun || same) continue;
        if (before) await client.query('UPDATE notices.contacts SET name = $2, office = $3, language = $4, time_zone = $5 WHERE id = $1', [id, name, office, language, timeZone]);
        else await client.query('INSERT INTO notices.contacts (id, role, iso3, name, office, email, language, time_zone, confirmed_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)', [id, role, iso3, name, office, email, language, timeZone, today]);
      }
      return taken;
    });
  }

  confirm(id: string): Promise<boolean> {
    return this.mark(id, 'confirmed_on');
  }

  unreachable(id: string): Promise<boolean> {
    return this.mark(id, 'unreachable_since');
  }

  unsubscribe(id: string): Promise<boolean> {
    return this.mark(id, 'unsubscribed_on');
  }

  /** Forgets the person and keeps that there was one: what was sent stays on record, to nobody by name. */
  async erase(id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query('UPDATE notices.contacts SET name = NULL, office = NULL, email = NULL, erased_on = $2 WHERE id = $1 AND erased_on IS NULL', [id, todayOf(this.clock)]);
    return rowCount === 1;
  }

  private async mark(id: string, column: 'confirmed_on' | 'unreachable_since' | 'unsubscribed_on'): Promise<boolean> {
    const { rowCount } = await this.pool.query(`UPDATE notices.contacts SET ${column} = $2 WHERE id = $1 AND erased_on IS NULL`, [id, todayOf(this.clock)]);
    return rowCount === 1;
  }
}

const identityOf = ({ iso3, role, email }: Pick<Contact, 'iso3' | 'role' | 'email'>): string => `${iso3} ${role} ${email?.toLowerCase() ?? ''}`;

const UNIQUE_VIOLATION = '23505';

const refuseTwice = (error: unknown): never => {
  if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
  throw new Problem(409, 'contact-known-already', 'Somebody with this address has this role for this State already. Change that contact.');
};
