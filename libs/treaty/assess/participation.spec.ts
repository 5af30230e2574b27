import { describe, it } from '@jest/globals';
import { given } from '../testing/given.js';
import { appliedProvisionally, completed, declared, deposited, granted, ratified, reportedAnnually, reportedInitially, requested, signed, withdrew } from '../testing/happenings.js';

const lithuania = [signed('LTU', '2008-12-03'), ratified('LTU', '2011-03-24'), appliedProvisionally('LTU', '2011-03-24'), reportedInitially('LTU', '2012-03-30')];

describe('participation', () => {
  it('is none of a State of which nothing is on record', () => given().assess('2020-09-28', 'NIU').then({ participation: 'none', signedOn: null, depositedOn: null, inForceOn: null, initialReport: null, annualReports: [] }));
  it('is none before the signature', () => given(signed('COD', '2009-03-18')).assess('2009-03-17').then({ participation: 'none' }));
  it('is that of a signatory from the day of signature, however long', () => {
    given(signed('COD', '2009-03-18')).assess('2009-03-18').then({ participation: 'signatory', signedOn: '2009-03-18', initialReport: null });
    given(signed('COD', '2009-03-18')).assess('2026-11-24').then({ participation: 'signatory' });
  });
  it('is that of a contracting State from deposit to entry into force, and of a Party from then on', () => {
    const history = [signed('COL', '2008-12-03'), ratified('COL', '2015-09-10')];
    given(...history).assess('2015-09-09').then({ participation: 'signatory', depositedOn: null });
    given(...history).assess('2015-09-10').then({ participation: 'contracting', instrument: 'ratification', inForceOn: '2016-03-01' });
    given(...history).assess('2016-02-29').then({ participation: 'contracting' });
    given(...history).assess('2016-03-01').then({ participation: 'party' });
  });
  it('lists what a contracting State will owe before the Convention is in force for it', () =>
    given(deposited('VUT', '2025-09-05'), declared('VUT', 3)).assess('2025-10-01').then({
      stockpiles: { dueOn: '2034-03-01', status: 'pending' }, initialReport: { dueOn: '2026-08-28', status: 'pending' }, annualReports: ['2026 pending'],
    }));
});

describe('provisional application', () => {
  it('is a flag until the Convention is in force for the State', () => {
    given(...lithuania).assess('2011-03-24').then({ participation: 'contracting', provisionallyApplying: true });
    given(...lithuania).assess('2011-08-31').then({ participation: 'contracting', provisionallyApplying: true });
    given(...lithuania).assess('2011-09-01').then({ participation: 'party', provisionallyApplying: false });
  });
  it('owes nothing earlier: the dates run from entry into force all the same', () =>
    given(signed('CHE', '2008-12-03'), ratified('CHE', '2012-07-17'), appliedProvisionally('CHE', '2012-07-17'), declared('CHE', 3)).assess('2012-12-01').then({
      provisionallyApplying: true, inForceOn: '2013-01-01', stockpiles: { dueOn: '2021-01-01' }, initialReport: { dueOn: '2013-06-30', status: 'pending' },
    }));
});

describe('withdrawal', () => {
  const leaving = [...lithuania, withdrew('LTU', '2024-09-06', '2025-03-06')];

  it('takes effect six months after it was notified: 6 September 2024, 6 March 2025', () => {
    given(...leaving).assess('2024-09-05').then({ participation: 'party', withdrawalNotifiedOn: null, withdrawalTakesEffectOn: null });
    given(...leaving).assess('2024-09-06').then({ participation: 'party', withdrawalNotifiedOn: '2024-09-06', withdrawalTakesEffectOn: '2025-03-06' });
    given(...leaving).assess('2025-03-05').then({ participation: 'party' });
    given(...leaving).assess('2025-03-06').then({ participation: 'withdrawn', inForceOn: '2011-09-01', depositedOn: '2011-03-24' });
  });
  it('takes effect later where the notice says so (a State in armed conflict), never earlier', () => {
    given(...lithuania, withdrew('LTU', '2024-09-06', '2025-12-01')).assess('2025-03-06').then({ participation: 'party', withdrawalTakesEffectOn: '2025-12-01' });
    given(...lithuania, withdrew('LTU', '2024-09-06', '2024-10-01')).assess('2024-10-01').then({ participation: 'party', withdrawalTakesEffectOn: '2025-03-06' });
  });
  it('ends what is not met on the day it takes effect, and leaves what was met', () => {
    const history = [...leaving, declared('LTU', 3), declared('LTU', 4), completed('LTU', 4, '2015-06-01')];
    given(...history).assess('2025-03-05').then({ stockpiles: { status: 'overdue' }, stockpileRequest: { status: 'lapsed' } });
    given(...history).assess('2025-03-06').then({
      stockpiles: { status: 'ended', dueOn: '2019-09-01' }, stockpileRequest: { status: 'ended' }, clearance: { status: 'met' }, clearanceRequest: { status: 'met' }, initialReport: { status: 'met-late' },
    });
  });
  it('leaves no further annual report owed', () => {
    given(...lithuania, withdrew('LTU', '2014-02-06')).assess('2014-08-05').then({ annualReports: ['2011 not-known', '2012 not-known', '2013 not-known', '2014 pending'] });
    given(...lithuania, withdrew('LTU', '2014-02-06')).assess('2014-08-06').then({ annualReports: ['2011 ended', '2012 ended', '2013 ended'] });
    given(...lithuania, withdrew('LTU', '2014-02-06'), reportedAnnually('LTU', '2013-04-30', 2012)).assess('2020-01-01').then({ annualReports: ['2011 ended', '2012 met', '2013 ended'] });
  });
});

describe('a State that comes back', () => {
  const back = [...lithuania, declared('LTU', 3), withdrew('LTU', '2014-02-06'), deposited('LTU', '2016-05-10')];

  it('is bound anew, by its second instrument', () => {
    given(...back).assess('2016-05-09').then({ participation: 'withdrawn' });
    given(...back).assess('2016-05-10').then({ participation: 'contracting', depositedOn: '2016-05-10', instrument: 'accession', inForceOn: '2016-11-01', withdrawalTakesEffectOn: null });
    given(...back).assess('2016-11-01').then({ participation: 'party' });
  });
  it('owes anew what it had left unfinished, and finds finished what it had finished', () => {
    given(...back).assess('2017-01-01').then({ stockpiles: { status: 'pending', dueOn: '2024-11-01' } });
    given(...back, completed('LTU', 3, '2013-01-01')).assess('2017-01-01').then({ stockpiles: { status: 'met' } });
  });
  it('owes an initial report anew: the one of its first membership described another time', () => {
    given(...back).assess('2017-04-30').then({ initialReport: { dueOn: '2017-04-30', status: 'pending' }, annualReports: ['2017 pending'] });
    given(...back).when(reportedInitially('LTU', '2017-04-01')).thenRecorded();
    given(...back, reportedInitially('LTU', '2017-04-01')).assess('2017-05-01').then({ initialReport: { status: 'met', metOn: '2017-04-01' } });
  });
  it('does not apply it provisionally because it did the first time', () => given(...back).assess('2016-06-01').then({ provisionallyApplying: false }));
  it('has no more time because of what was granted the first time', () => {
    const extended = [
      signed('BIH', '2008-12-03'), ratified('BIH', '2010-09-07'), declared('BIH', 4), requested('BIH', 4, '2020-09', { meeting: '2RC' }), granted('BIH', 4, '2021-02', { months: 18, meeting: '2RC', mode: 'silence' }),
      requested('BIH', 4, '2022', { meeting: '10MSP' }), withdrew('BIH', '2023-01-10'), deposited('BIH', '2024-02-01'),
    ];
    given(...extended).assess('2024-10-01').then({ clearance: { dueOn: '2034-08-01', status: 'pending', extended: false }, clearanceRequest: { status: 'pending' } });
    given(...extended).when(granted('BIH', 4, '2024-09-13', { months: 12, meeting: '12MSP' })).thenRefused('no-request-to-decide', /Record the request first/);
  });
});
