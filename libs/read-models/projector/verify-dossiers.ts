import { hash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { dossierStream, readFact } from '#treaty';
import type { TreatyEvent } from './project.js';
import { SERVING } from './schema.js';
import type { Findings } from './verify-findings.js';

/** A dossier as its revision and a digest chained over its facts: that is all that is kept of it while the log goes by. */
interface Digest {
  revision: number;
  chain: string;
}

/** Holds each State's row of facts against what the log gives. */
export class DossiersCheck {
  private readonly due = new Map<string, Digest>();

  constructor(
    private readonly client: PoolClient,
    private readonly findings: Findings,
  ) {}

  take(events: readonly TreatyEvent[]): void {
    for (const event of events) {
      if (event.about.kind !== 'dossier') continue;
      const before = this.due.get(event.stream);
      this.due.set(event.stream, { revision: event.revision, chain: chained(before?.chain ?? '', readFact(event)) });
    }
  }

  async finish(): Promise<void> {
    for (let after = ['', '']; ; ) {
      const { rows } = await this.client.query<Row>(PAGE, after);
      for (const row of rows) this.compare(row);
      const last = rows.at(-1);
      if (!last) break;
      after = [last.treaty, last.state];
    }
    for (const stream of this.due.keys()) this.findings.add(`The read models have no row for ${stream}.`);
  }

  private compare({ treaty, state, revision, facts }: Row): void {
    const stream = dossierStream(treaty, state);
    const due = this.due.get(stream);
    this.due.delete(stream);
    if (!due) return this.findings.add(`The read models have a row for ${stream}, and the log has no such stream.`);
    if (revision !== due.revision) this.findings.add(`The row for ${stream} says revision ${revision}, the log ${due.revision}.`);
    if (chainOf(facts) !== due.chain) this.findings.add(`The facts in the row for ${stream} are not those of the log.`);
  }
}

interface Row {
  treaty: string;
  state: string;
  revision: number;
  facts: string;
}

const PAGE = `SELECT treaty, state, revision, facts FROM ${SERVING}.dossiers WHERE (treaty, state) > ($1, $2) ORDER BY treaty, state LIMIT 200`;

const chained = (chain: string, fact: object): string => hash('sha1', chain + JSON.stringify(fact), 'base64');

/** Of a row; null if it is not even JSON. */
const chainOf = (facts: string): string | null => {
  try {
    return (JSON.parse(`[${facts}]`) as object[]).reduce<string>(chained, '');
  } catch {
    return null;
  }
};
