import { describe, expect, it } from '@jest/globals';
import { type Participation, TREATIES, type TreatyRules } from '#treaty';
import { compareWithRecord, type StatusRow } from './index.js';

const ccm = TREATIES.get('ccm') as TreatyRules;

const row = (iso3: string, facts: Partial<StatusRow>): StatusRow => ({ iso3, name: iso3, row: 1, signedOn: null, provisionalOn: null, deposit: null, bracketed: false, ...facts });
const stands = (facts: Partial<Participation>): Participation => ({
  status: 'none', signedOn: null, depositedOn: null, instrument: null, inForceOn: null, provisionallyApplying: false,
  withdrawalNotifiedOn: null, withdrawalTakesEffectOn: null, derivation: [], ...facts,
});
const compare = (rows: StatusRow[], record: Record<string, Partial<Participation>>) =>
  compareWithRecord({ rows, unknown: [] }, new Map(Object.entries(record).map(([iso3, facts]) => [iso3, stands(facts)])), ccm, { reference: 'XXVI-6', asOf: '2026-11-24' });

const belgium = { signedOn: '2008-12-03', depositedOn: '2009-12-22', instrument: 'ratification', status: 'party' } as const;
const belgiumThere = row('BEL', { signedOn: '2008-12-03', deposit: { on: '2009-12-22', instrument: 'ratification' } });

describe('compareWithRecord', () => {
  it('counts the facts on which the two agree', () => {
    expect(compare([belgiumThere], { BEL: belgium })).toEqual({ agree: 2, proposals: [], disagreements: [], missingFromDepositary: [] });
  });

  it('proposes what only the depositary has, in the order of its dates', () => {
    const { proposals, disagreements } = compare(
      [row('VUT', { row: 7, deposit: { on: '2025-09-05', instrument: 'accession' } }), row('NOR', { signedOn: '2008-12-03', provisionalOn: '2008-12-03', deposit: { on: '2008-12-03', instrument: 'ratification' } })],
      { VUT: {} },
    );
    expect(disagreements).toEqual([]);
    expect(proposals.map(({ iso3, proposal: { type, effectiveOn, data } }) => [iso3, type, effectiveOn, data])).toEqual([
      ['NOR', 'signed', '2008-12-03', {}],
      ['NOR', 'instrument-deposited', '2008-12-03', { instrument: 'ratification' }],
      ['NOR', 'provisional-application-declared', '2008-12-03', {}],
      ['VUT', 'instrument-deposited', '2025-09-05', { instrument: 'accession' }],
    ]);
    expect(proposals[3]).toMatchObject({ about: 'state', source: { title: 'UN Treaty Collection, status of treaties XXVI-6, as at 24 Nov 2026' }, from: { file: 'XXVI-6', line: 7 } });
  });

  it('proposes the ratification of a State that we know as a signatory', () => {
    const { agree, proposals } = compare([belgiumThere], { BEL: { status: 'signatory', signedOn: '2008-12-03' } });
    expect(agree).toBe(1);
    expect(proposals.map(({ proposal }) => proposal.type)).toEqual(['instrument-deposited']);
  });

  it('never corrects a date or an instrument', () => {
    expect(compare([belgiumThere], { BEL: { ...belgium, depositedOn: '2009-12-23' } })).toMatchObject({
      proposals: [], disagreements: [{ iso3: 'BEL', subject: 'deposit', record: 'ratification on 23 Dec 2009', depositary: 'ratification on 22 Dec 2009' }],
    });
    expect(compare([belgiumThere], { BEL: { ...belgium, instrument: 'approval' } }).disagreements).toMatchObject([{ subject: 'deposit', record: 'approval on 22 Dec 2009' }]);
    expect(compare([belgiumThere], { BEL: { ...belgium, signedOn: '2008-12-04' } }).disagreements).toEqual([{ iso3: 'BEL', subject: 'signature', record: 'signed on 4 Dec 2008', depositary: 'signed on 3 Dec 2008' }]);
  });

  it('shows what the record has and the depositary has not', () => {
    expect(compare([row('BEL', {})], { BEL: belgium }).disagreements.map(({ subject, depositary }) => [subject, depositary])).toEqual([['signature', 'not signed'], ['deposit', 'no deposit']]);
    expect(compare([row('NOR', {})], { NOR: { provisionallyApplying: true } }).disagreements).toEqual([{ iso3: 'NOR', subject: 'provisional-application', record: 'declared', depositary: 'not declared' }]);
  });

  it('proposes nothing that could not be recorded', () => {
    const signed = { status: 'signatory', signedOn: '2008-12-03' } as const;
    const acceded = { status: 'party', depositedOn: '2015-10-01', instrument: 'accession' } as const;
    for (const [there, here, subject] of [
      [row('MUS', { signedOn: '2008-12-03', deposit: { on: '2015-10-01', instrument: 'accession' } }), acceded, 'signature'],
      [row('BEL', { signedOn: '2008-12-03', deposit: { on: '2009-12-22', instrument: 'accession' } }), signed, 'deposit'],
      [row('BEL', { deposit: { on: '2009-12-22', instrument: 'ratification' } }), {}, 'deposit'],
      [row('NOR', { signedOn: '2008-12-03', provisionalOn: '2008-12-03' }), signed, 'provisional-application'],
    ] as const) {
      expect(compare([there], { [there.iso3]: here })).toMatchObject({ proposals: [], disagreements: [{ subject }] });
    }
  });

  it('leaves a succession to a person', () => {
    const succeeded = row('MNE', { deposit: { on: '2006-10-23', instrument: 'succession' } });
    expect(compare([succeeded], {})).toMatchObject({ proposals: [], disagreements: [{ iso3: 'MNE', subject: 'deposit', record: 'no deposit, not signed', depositary: 'succession on 23 Oct 2006' }] });
  });

  it('takes brackets for a withdrawal that the record should show, and proposes nothing from them', () => {
    const left = { ...belgiumThere, bracketed: true };
    expect(compare([left], {})).toMatchObject({ proposals: [], disagreements: [{ subject: 'withdrawal', record: 'no withdrawal' }] });
    expect(compare([left], { BEL: belgium }).disagreements).toMatchObject([{ subject: 'withdrawal' }]);
    const withdrawn = { ...belgium, withdrawalNotifiedOn: '2024-09-06', withdrawalTakesEffectOn: '2025-03-06' } as const;
    expect(compare([left], { BEL: withdrawn }).disagreements).toEqual([]);
    expect(compare([belgiumThere], { BEL: withdrawn }).disagreements).toEqual([]);
    expect(compare([belgiumThere], { BEL: { ...withdrawn, status: 'withdrawn' } }).disagreements).toMatchObject([{ subject: 'withdrawal', record: 'withdrawn with effect from 6 Mar 2025' }]);
  });

  it('does not look for provisional application where the treaty is in force', () => {
    expect(compare([{ ...belgiumThere, provisionalOn: '2009-12-22' }], { BEL: belgium })).toMatchObject({ agree: 2, proposals: [], disagreements: [] });
  });

  it('names the States that the depositary does not, but for those that have left or never joined', () => {
    expect(compare([belgiumThere], { BEL: belgium, AFG: belgium, ABW: {}, LTU: { ...belgium, status: 'withdrawn' }, AGO: { status: 'signatory', signedOn: '2008-12-03' } }).missingFromDepositary).toEqual(['AFG', 'AGO']);
  });
});
