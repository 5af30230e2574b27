import { hash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { projectDossiers } from '../dossiers/project.js';
import { projectRecords } from '../records/project.js';
import type { TreatyEvent } from './project.js';
import { SERVING } from './schema.js';
import type { Findings } from './verify-findings.js';

/** A table whose rows hold JSON parted by commas, to which a projection only ever appends. */
interface Appended {
  table: string;
  key: readonly string[];
  /** Column that says how far the row is. */
  version: string;
  text: string;
  project: (client: PoolClient, schema: string, events: readonly TreatyEvent[]) => Promise<void>;
}

const DOSSIERS: Appended = { table: 'dossiers', key: ['treaty', 'state'], version: 'revision', text: 'facts', project: projectDossiers };
const RECORDS: Appended = { table: 'records', key: ['treaty'], version: 'version', text: 'events', project: projectRecords };

/** A row as its version and a digest chained over what it holds: that is all that is kept of it while the log goes by. */
interface Digest {
  version: number;
  chain: string;
}

/** Holds rows against what the projection itself makes of the log's pages in a table of this transaction. */
export class RowsCheck {
  private readonly due = new Map<string, Digest>();

  private constructor(
    private readonly client: PoolClient,
    private readonly findings: Findings,
    private readonly of: Appended,
  ) {}

  static all(client: PoolClient, findings: Findings): Promise<RowsCheck[]> {
    return Promise.all([DOSSIERS, RECORDS].map(async (of) => {
      await client.query(`CREATE TEMP TABLE ${of.table} (LIKE ${SERVING}.${of.table} INCLUDING INDEXES) ON COMMIT DROP`);
      return new RowsCheck(client, findings, of);
    }));
  }

  async take(events: readonly TreatyEvent[]): Promise<void> {
    if (events.length === 0) return;
    const { table, project } = this.of;
    await project(this.client, 'pg_temp', events);
    for (const { key, version, text } of await this.rows('pg_temp', 'true', [])) {
      this.due.set(key.join(' '), { version: Number(version), chain: chained(this.due.get(key.join(' '))?.chain ?? '', text) ?? '' });
    }
    await this.client.query(`TRUNCATE pg_temp.${table}`);
  }

  async finish(): Promise<void> {
    const { key, table } = this.of;
    const beyond = `(${key.join(', ')}) > (${key.map((_, index) => `$${index + 1}`).join(', ')})`;
    for (let after = key.map(() => ''); ; ) {
      const rows = await this.rows(SERVING, beyond, after);
      for (const row of rows) this.compare(row);
      const last = rows.at(-1);
      if (!last) break;
      after = last.key;
    }
    for (const name of this.due.keys()) this.findings.add(`Row ${name} of ${table} is missing.`);
  }

  private compare({ key, version, text }: Row): void {
    const name = key.join(' ');
    const row = `Row ${name} of ${this.of.table}`;
    const due = this.due.get(name);
    this.due.delete(name);
    if (!due) return this.findings.add(`${row} is not in the log.`);
    if (Number(version) !== due.version) this.findings.add(`${row} says ${this.of.version} ${version}, the log ${due.version}.`);
    if (chained('', text) !== due.chain) this.findings.add(`${row} does not hold what the log says.`);
  }

  private async rows(schema: string, condition: string, values: readonly string[]): Promise<Row[]> {
    const { table, key, version, text } = this.of;
    const columns = `ARRAY[${key.join(', ')}] AS key, ${version} AS version, ${text} AS text`;
    const { rows } = await this.client.query<Row>(`SELECT ${columns} FROM ${schema}.${table} WHERE ${condition} ORDER BY ${key.join(', ')} ${schema === SERVING ? 'LIMIT 100' : ''}`, [...values]);
    return rows;
  }
}

interface Row {
  key: string[];
  version: number | string;
  text: string;
}

/** Null if the text is not even JSON. */
const chained = (chain: string, text: string): string | null => {
  try {
    return (JSON.parse(`[${text}]`) as unknown[]).reduce<string>((before, item) => hash('sha1', before + JSON.stringify(item), 'base64'), chain);
  } catch {
    return null;
  }
};
