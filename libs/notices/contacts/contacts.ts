import type { Pool } from 'pg';
import { v7 } from 'uuid';
import { type Clock, migrate, todayOf } from '#platform';
import type { Contact, NewContact } from './contact.js';

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
];

const COLUMNS = `id, role, iso3, name, office, email, language, time_zone AS "timeZone", confirmed_on::text AS "confirmedOn",
  unreachable_since::text AS "unreachableSince", unsubscribed_on::text AS "unsubscribedOn", erased_on::text AS "erasedOn"`;

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
    );
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

  /** Changes what is given; a new address makes the contact reachable again. */
  async change(id: string, changes: Partial<NewContact>): Promise<Contact | null> {
    const { rows } = await this.pool.query<Contact>(
      `UPDATE notices.contacts SET name = COALESCE($2, name), office = COALESCE($3, office), email = COALESCE($4, email), language = COALESCE($5, language), time_zone = COALESCE($6, time_zone),
         unreachable_since = CASE WHEN $4::text IS NULL OR $4 = email THEN unreachable_since END
       WHERE id = $1 AND erased_on IS NULL RETURNING ${COLUMNS}`,
      [id, changes.name, changes.office, changes.email, changes.language, changes.timeZone],
    );
    return rows[0] ?? null;
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
