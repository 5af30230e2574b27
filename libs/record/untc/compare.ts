import { type Day, inWords, type Participation, type TreatyRules } from '#treaty';
import type { StateEntry } from '../entry.js';
import { compareDeposit, compareProvisionalApplication, compareSignature, compareWithdrawal } from './compare-facts.js';
import type { Disagreement, Finding } from './finding.js';
import type { StatusRow, StatusTable } from './read-status-xml.js';

export interface Comparison {
  /** Number of facts (not of States) on which the two agree. */
  agree: number;
  /** What the depositary has and the record has not, in the order of its dates, for a person to confirm. */
  proposals: StateEntry[];
  /** What a person must look into: nothing is corrected by itself. */
  disagreements: Disagreement[];
  /** States that signed or are bound by our record, and that the depositary does not name. */
  missingFromDepositary: string[];
}

/** Which status page the file is (`XXVI-6`) and of which day; the source of each proposal says so. */
export interface StatusFile {
  reference?: string;
  asOf?: Day;
}

/**
 * The depositary's table beside the record. `participations` are those of today: of a State for which the treaty is in
 * force they no longer say whether it once applied it provisionally, so this is compared only until then.
 */
export const compareWithRecord = (table: StatusTable, participations: ReadonlyMap<string, Participation>, rules: TreatyRules, file: StatusFile = {}): Comparison => {
  const source = { title: `UN Treaty Collection, status of ${file.reference ? `treaties ${file.reference}` : `the ${rules.title}`}${file.asOf ? `, as at ${inWords(file.asOf)}` : ''}` };
  const comparison: Comparison = { agree: 0, proposals: [], disagreements: [], missingFromDepositary: [] };
  for (const row of table.rows) {
    const { iso3 } = row;
    for (const finding of findingsOf(row, participations.get(iso3), file)) {
      if (finding === null) continue;
      if ('agrees' in finding) comparison.agree++;
      else if ('disagrees' in finding) comparison.disagreements.push({ iso3, ...finding.disagrees });
      else comparison.proposals.push({ about: 'state', iso3, proposal: finding.proposes, source, from: { file: file.reference ?? 'depositary', line: row.row } });
    }
  }
  // A stable sort: what a State did on one day stays in its order, the signature before the deposit.
  comparison.proposals.sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : 0));
  const named = new Set(table.rows.map(({ iso3 }) => iso3));
  // A State that has left may rightly be gone from the depositary's table.
  comparison.missingFromDepositary = [...participations].flatMap(([iso3, { status }]) => (status === 'none' || status === 'withdrawn' || named.has(iso3) ? [] : [iso3])).sort();
  return comparison;
};

const findingsOf = (row: StatusRow, record: Participation | undefined, { asOf }: StatusFile): Finding[] => {
  const deposit = compareDeposit(row, record);
  const deposited = Boolean(record?.depositedOn) || (deposit !== null && 'proposes' in deposit);
  const findings = [compareSignature(row, record), deposit, compareProvisionalApplication(row, record, deposited), compareWithdrawal(row, record, asOf)];
  // Brackets say that these facts no longer count, but not why: a person finds out before any of them is recorded.
  return row.bracketed ? findings.filter((finding) => finding !== null && !('proposes' in finding)) : findings;
};

const dayOf = ({ proposal }: StateEntry): string => proposal.effectiveOn ?? '';
