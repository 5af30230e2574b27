import type { Comparison } from '#record';
import { counted, listed, table } from '../output.js';

type Proposal = Comparison['proposals'][number];

export const comparisonInText = ({ agree, proposals, disagreements, missingFromDepositary }: Comparison, unknown: readonly { name: string; row: number }[]): string =>
  [
    `Depositary and record agree on ${counted(agree, 'fact')}.`,
    ...(proposals.length > 0 ? [`${counted(proposals.length, 'fact')} that the depositary has and the record has not:`, table(proposals.map((one) => [one.iso3, ...saying(one), `row ${one.from.line}`]), '  ')] : []),
    ...(disagreements.length > 0 ? [`${counted(disagreements.length, 'disagreement')}, for a person to look into:`] : []),
    ...disagreements.map(({ iso3, subject, record, depositary }) => `  ${iso3} ${subject}: the record has "${record}", the depositary "${depositary}"`),
    ...(missingFromDepositary.length > 0 ? [listed('On record, and not named by the depositary: ', missingFromDepositary, '  ')] : []),
    ...(unknown.length > 0 ? [`Not compared, because the name is no State's: ${unknown.map(({ name, row }) => `${name} (row ${row})`).join(', ')}`] : []),
  ].join('\n');

/** Date and type, and of a deposit the instrument. */
export const saying = ({ proposal }: Proposal): [string, string] => [
  proposal.effectiveOn ?? '', proposal.type === 'instrument-deposited' ? `${proposal.type} (${proposal.data.instrument})` : proposal.type,
];

export const proposalsInJson = ({ proposals }: Comparison): object[] => proposals.map(({ iso3, proposal, from }) => ({ iso3, ...proposal, row: from.line }));
