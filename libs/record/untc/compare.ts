import { type Day, inWords, type Participation, type TreatyRules } from '#treaty';
import type { StateEntry } from '../entry.js';
import { provisionalApplication, withdrawal } from './compare-standing.js';
import type { StatusRow, StatusTable } from './read-status-xml.js';

export interface Disagreement {
  iso3: string;
  subject: 'signature' | 'deposit' | 'provisional-application' | 'withdrawal';
  /** What each of the two says, in words. */
  record: string;
  depositary: string;
}

export interface Comparison {
  /** Facts (not States) on which the two agree. */
  agree: number;
  /** What the depositary has and the record has not, in the order of their dates, for a person to confirm. */
  proposals: StateEntry[];
  /** What a person must look into: nothing is corrected by itself. */
  disagreements: Disagreement[];
  /** States that signed or are bound by the record, and that the depositary does not name. */
  missingFromDepositary: string[];
}

/** Of which status page it is (`XXVI-6`), and from which day; the source of each proposal names them. */
export interface StatusFile {
  reference?: string;
  asOf?: Day;
}

/** What one fact of a row comes to. */
export type Finding = { agrees: true } | { proposes: StateEntry['proposal'] } | { disagrees: Omit<Disagreement, 'iso3'> };

/**
 * The depositary's table beside the record. The record holds the participation of a State as at today; provisional
 * application ends with entry into force, so of States Parties it is not compared.
 */
export const compareWithRecord = (table: StatusTable, participations: ReadonlyMap<string, Participation>, rules: TreatyRules, file: StatusFile = {}): Comparison => {
  const source = { title: `UN Treaty Collection, status of treaties ${file.reference ?? `(${rules.title})`}${file.asOf ? `, as at ${inWords(file.asOf)}` : ''}` };
  const comparison: Comparison = { agree: 0, proposals: [], disagreements: [], missingFromDepositary: [] };
  for (const row of table.rows) {
    for (const finding of findingsOf(row, participations.get(row.iso3), file)) {
      if ('agrees' in finding) comparison.agree++;
      else if ('disagrees' in finding) comparison.disagreements.push({ iso3: row.iso3, ...finding.disagrees });
      else comparison.proposals.push({ about: 'state', iso3: row.iso3, proposal: finding.proposes, source, from: { file: file.reference ?? 'depositary', line: row.row } });
    }
  }
  // A stable sort: of one day, a State's signature stays before its deposit.
  comparison.proposals.sort((a, b) => ((a.proposal.effectiveOn ?? '') < (b.proposal.effectiveOn ?? '') ? -1 : a.proposal.effectiveOn === b.proposal.effectiveOn ? 0 : 1));
  const named = new Set(table.rows.map(({ iso3 }) => iso3));
  // A State that has left may rightly be gone from the depositary's table.
  comparison.missingFromDepositary = [...participations].flatMap(([iso3, { status }]) => (status === 'none' || status === 'withdrawn' || named.has(iso3) ? [] : [iso3])).sort();
  return comparison;
};

const findingsOf = (row: StatusRow, record: Participation | undefined, file: StatusFile): Finding[] => {
  const findings = [signature(row, record), deposit(row, record), provisionalApplication(row, record), withdrawal(row, record, file.asOf)].filter((finding) => finding !== null);
  // Brackets say that these facts no longer count, and not why: a person finds out before anything is recorded.
  return row.bracketed ? findings.filter((finding) => !('proposes' in finding)) : findings;
};

const signature = ({ signedOn }: StatusRow, record: Participation | undefined): Finding | null => {
  const known = record?.signedOn ?? null;
  if (signedOn === known) return signedOn === null ? null : { agrees: true };
  // Whoever has acceded on our record cannot have signed: one of the two is wrong.
  if (signedOn !== null && known === null && !record?.depositedOn) return { proposes: { type: 'signed', effectiveOn: signedOn, data: {} } };
  return { disagrees: { subject: 'signature', record: inWordsOr(known, 'no signature'), depositary: inWordsOr(signedOn, 'no signature') } };
};

const deposit = (row: StatusRow, record: Participation | undefined): Finding | null => {
  const known = record?.depositedOn ? `${record.instrument ?? 'instrument'} on ${inWords(record.depositedOn)}` : 'no deposit';
  if (row.deposit === null) return record?.depositedOn ? { disagrees: { subject: 'deposit', record: known, depositary: 'no deposit' } } : null;
  const { on, instrument } = row.deposit;
  if (record?.depositedOn === on && record.instrument === instrument) return { agrees: true };
  const signed = row.signedOn !== null || Boolean(record?.signedOn);
  // A succession has no command, and who has signed does not accede: what could not be recorded is not proposed.
  if (!record?.depositedOn && instrument !== 'succession' && signed === (instrument !== 'accession')) {
    return { proposes: { type: 'instrument-deposited', effectiveOn: on, data: { instrument } } };
  }
  const kept = record?.depositedOn || !record?.signedOn ? known : `${known}, signed on ${inWords(record.signedOn)}`;
  return { disagrees: { subject: 'deposit', record: kept, depositary: `${instrument} on ${inWords(on)}` } };
};

const inWordsOr = (day: Day | null, otherwise: string): string => (day === null ? otherwise : `signed on ${inWords(day)}`);
